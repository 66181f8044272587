#include "wideband/experiment/result_files.hpp"

#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "wideband/core/error.hpp"
#include "wideband/data/csv.hpp"

namespace wideband {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

Index size_of(const ArrayView& array) {
  Index size = 1;
  for (const Index extent : array.shape) size *= extent;
  return size;
}

double element(const ArrayView& array, Index i) {
  return std::visit([&](const auto* values) { return static_cast<double>(values[i]); },
                    array.values);
}

Json json_number(double value) {
  if (std::isnan(value)) return nullptr;
  if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
  return value;
}

Json nested(const ArrayView& array, std::size_t dimension, Index& next) {
  if (dimension == array.shape.size()) return json_number(element(array, next++));
  Json list = Json::array();
  for (Index i = 0; i < array.shape[dimension]; ++i) {
    list.push_back(nested(array, dimension + 1, next));
  }
  return list;
}

Json json_of(const AttributeValue& value) {
  if (const auto* number = std::get_if<double>(&value)) return json_number(*number);
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return *whole;
  const auto& text = std::get<std::string>(value);
  return text.starts_with('{') ? Json::parse(text) : Json(text);
}

}  // namespace

fs::path beside(const fs::path& path, std::string_view suffix) {
  return path.parent_path() / (path.stem().string() + std::string(suffix));
}

void add_hdf5(OutputFiles& files, const fs::path& path, const Hdf5Output& results) {
  const std::string temporary = files.add_foreign(path).string();
  try {
    write_hdf5(temporary, results);
  } catch (const UnavailableError& error) {
    std::string message = error.what();
    const std::size_t at = message.find(temporary);
    if (at != std::string::npos) message.replace(at, temporary.size(), path.string());
    throw UnavailableError(message);
  }
}

void add_npy(OutputFiles& files, const fs::path& path, const ArrayView& array) {
  OutputFiles::File& file = files.add(path);
  const bool single = std::holds_alternative<const float*>(array.values);
  file.append(npy_header(array.shape, single));
  const auto count = static_cast<std::size_t>(size_of(array));
  std::visit(
      [&](const auto* values) {
        file.append({reinterpret_cast<const char*>(values), count * sizeof *values});
      },
      array.values);
}

void add_csv(OutputFiles& files, const fs::path& path, const ArrayView& array) {
  OutputFiles::File& file = files.add(path);
  require(array.shape.size() == 2, "[csv] expected a matrix");
  const auto write = [&](std::string_view text) { file.append(text); };
  if (const auto* const* values = std::get_if<const double*>(&array.values)) {
    write_csv(Eigen::Map<const Matrix>(*values, array.shape[0], array.shape[1]), write);
    return;
  }
  const auto* singles = std::get<const float*>(array.values);
  for (Index i = 0; i < array.shape[0]; ++i) {  // a row at a time is widened
    const Eigen::Map<const MatrixOf<float>> row(singles + i * array.shape[1], 1, array.shape[1]);
    write_csv(row.cast<double>(), write);
  }
}

std::string json_text(const Hdf5Output& results) {
  std::string text;
  const auto add = [&](const std::string& name, const Json& value) {
    text += fmt::format("{} {}: {}", text.empty() ? "{\n" : ",\n", Json(name).dump(), value.dump());
  };
  for (const auto& [name, value] : results.attributes) add(name, json_of(value));
  for (const auto& [name, list] : results.texts) add(name, list);
  for (const auto& [name, array] : results.arrays) {
    Index next = 0;
    add(name, nested(array, 0, next));
  }
  return text.empty() ? "{}\n" : text + "\n}\n";
}

void add_json(OutputFiles& files, const fs::path& path, const Hdf5Output& results) {
  files.add(path).append(json_text(results));
}

}  // namespace wideband
