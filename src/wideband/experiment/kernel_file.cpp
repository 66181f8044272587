#include "wideband/experiment/kernel_file.hpp"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "wideband/core/error.hpp"
#include "wideband/core/file.hpp"
#include "wideband/experiment/hdf5_store.hpp"
#include "wideband/experiment/matrix_file.hpp"
#include "wideband/experiment/result_files.hpp"

namespace wideband {
namespace {

constexpr double double_rounding = 1.1102230246251565e-16;  // 2^-53
constexpr double float_rounding = 5.9604644775390625e-8;    // 2^-24

void use_rounding(KernelFile& file, bool single_precision) {
  file.error_estimate =
      std::max(file.error_estimate, single_precision ? float_rounding : double_rounding);
}

// A vector of the file, if it is there.
std::vector<double> vector_in(const Hdf5Input& input, const std::string& name) {
  if (!input.has(name)) return {};
  const Matrix values = input.matrix(name).values;
  return {values.data(), values.data() + values.size()};
}

Matrix matrix_in(const Hdf5Input& input, const std::string& name, const std::string& path,
                 KernelFile& file) {
  if (!input.has(name)) {
    throw std::invalid_argument(
        fmt::format("[h5] {}: it has no dataset \"{}\"; `wideband kernel --kinds {}` writes one",
                    path, name, name));
  }
  StoredMatrix stored = input.matrix(name);
  use_rounding(file, stored.single_precision);
  return std::move(stored.values);
}

KernelFile read_both(const Hdf5Input& input, const std::string& path, WantedKernels wanted) {
  KernelFile file;
  file.error_estimate = input.number("error_estimate").value_or(0);
  file.architecture = input.text("architecture");
  file.scale = input.text("scale");
  if (wanted.nngp) file.nngp = matrix_in(input, "nngp", path, file);
  if (wanted.ntk) file.ntk = matrix_in(input, "ntk", path, file);
  file.variance_x = vector_in(input, "variance_x");
  file.ntk_diagonal_x = vector_in(input, "ntk_diagonal_x");
  return file;
}

// NAME.json beside NAME.npy or NAME_ntk.npy, as `wideband kernel` writes it. A JSON file of another
// kind is no fault.
void read_side_file(const std::string& path, KernelFile& file) {
  std::string stem = std::filesystem::path(path).stem().string();
  for (const char* kind : {"", "_nngp", "_ntk"}) {
    if (!stem.ends_with(kind)) continue;
    const auto side = std::filesystem::path(path).parent_path() /
                      (stem.substr(0, stem.size() - std::string(kind).size()) + ".json");
    if (!std::filesystem::exists(side)) continue;
    const auto json = nlohmann::json::parse(read_file(side), nullptr, false);
    if (!json.is_object() || !json.contains("error_estimate")) continue;
    const auto& estimate = json["error_estimate"];
    if (estimate.is_number()) file.error_estimate = estimate.get<double>();
    const auto text = [&](const char* key) -> std::optional<std::string> {
      if (!json.contains(key) || !json[key].is_string()) return std::nullopt;
      return json[key].get<std::string>();
    };
    file.architecture = text("architecture");
    file.scale = text("scale");
    return;
  }
}

}  // namespace

WantedKernels wanted_kernels(Law law, bool covariance) {
  return {law == Law::nngp || (law == Law::ntk && covariance), law != Law::nngp};
}

KernelFile read_kernel_file(const std::string& argument, WantedKernels wanted) {
  const auto [path, name] = split_dataset(argument);
  if (path.ends_with(".h5") && name.empty()) {
    const Hdf5Input input(path);
    if (input.has("nngp") || input.has("ntk")) return read_both(input, path, wanted);
  }
  if (wanted.nngp && wanted.ntk) {
    throw std::invalid_argument(fmt::format(
        "[predict] {} is one matrix; --law ntk with --covariance needs both kernels: a file of "
        "`wideband kernel --kinds nngp,ntk --out FILE.h5`",
        argument));
  }
  KernelFile file;
  StoredMatrix stored = read_matrix(argument);
  if (!path.ends_with(".h5")) read_side_file(path, file);
  use_rounding(file, stored.single_precision);
  (wanted.nngp ? file.nngp : file.ntk) = std::move(stored.values);
  return file;
}

}  // namespace wideband
