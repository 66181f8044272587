#include "wideband/experiment/matrix_file.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "wideband/core/error.hpp"
#include "wideband/data/csv.hpp"
#include "wideband/experiment/hdf5_store.hpp"

namespace wideband {
namespace {

StoredMatrix read_h5(const std::string& path, const std::string& name) {
  const Hdf5Input file(path);
  if (!name.empty()) return file.matrix(name);
  const auto& matrices = file.matrices();
  if (matrices.size() == 1) return file.matrix(matrices.front());
  throw std::invalid_argument(fmt::format(
      "[h5] {}: it has {} datasets of two dimensions{}{}", path, matrices.size(),
      matrices.empty() ? "" : fmt::format(" ({})", fmt::join(matrices, ", ")),
      matrices.empty() ? "" : fmt::format("; name one, as in {}:{}", path, matrices.front())));
}

}  // namespace

std::pair<std::string, std::string> split_dataset(const std::string& argument) {
  const std::size_t colon = argument.find(".h5:");
  if (colon == std::string::npos) return {argument, ""};
  return {argument.substr(0, colon + 3), argument.substr(colon + 4)};
}

MatrixFormat format_of(const std::string& path, const std::string& purpose) {
  if (path.ends_with(".npy")) return MatrixFormat::npy;
  if (path.ends_with(".csv")) return MatrixFormat::csv;
  if (path.ends_with(".h5")) return MatrixFormat::h5;
  throw std::invalid_argument(fmt::format(
      "[file] {} {}: expected a name that ends in .npy, .csv or .h5", purpose, printable(path)));
}

StoredMatrix read_matrix(const std::string& argument) {
  const auto [path, name] = split_dataset(argument);
  switch (format_of(path, "cannot read")) {
    case MatrixFormat::npy:
      return read_npy(std::filesystem::path(path));
    case MatrixFormat::csv:
      return {read_csv(std::filesystem::path(path)), false};
    case MatrixFormat::h5:
      return read_h5(path, name);
  }
  throw std::invalid_argument("[file] unknown enumerator");
}

}  // namespace wideband
