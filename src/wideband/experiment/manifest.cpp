#include "wideband/experiment/manifest.hpp"

#include <stdexcept>

#include <nlohmann/json.hpp>

#include "wideband/core/error.hpp"
#include "wideband/core/file.hpp"

namespace wideband {

using Json = nlohmann::ordered_json;

std::string manifest_json(const Manifest& manifest) {
  Json tasks = Json::array();
  double seconds = 0;
  for (const ManifestTask& task : manifest.tasks) {
    tasks.push_back({{"id", task.id},
                     {"label", task.label},
                     {"seconds", task.seconds ? Json(*task.seconds) : Json()}});
    seconds += task.seconds.value_or(0);
  }
  const Json root = {{"experiment", manifest.experiment},
                     {"version", manifest.build.version},
                     {"commit", manifest.build.commit},
                     {"compiler", manifest.build.compiler},
                     {"blas", manifest.blas},
                     {"simd", manifest.simd},
                     {"threads", manifest.threads},
                     {"seed", manifest.seed},
                     {"task_seconds", seconds},
                     {"peak_bytes", manifest.peak_bytes},
                     {"tasks", std::move(tasks)},
                     {"statuses", manifest.statuses},
                     {"figures_missing", manifest.figures_missing},
                     {"outputs", manifest.outputs}};
  return root.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

Manifest manifest_from_json(const std::string& text) {
  try {
    const Json root = Json::parse(text);
    Manifest manifest;
    manifest.experiment = root.at("experiment");
    manifest.build = {root.at("version"), root.at("commit"), root.at("compiler")};
    manifest.blas = root.at("blas");
    manifest.simd = root.at("simd");
    manifest.threads = root.at("threads");
    manifest.seed = root.at("seed");
    manifest.peak_bytes = root.value("peak_bytes", 0.0);  // absent from what older builds wrote
    for (const Json& task : root.at("tasks")) {
      manifest.tasks.push_back({task.at("id"), task.at("label"), {}});
      if (!task.at("seconds").is_null()) manifest.tasks.back().seconds = task.at("seconds");
    }
    manifest.statuses = root.at("statuses").get<std::vector<std::string>>();
    manifest.figures_missing = root.at("figures_missing");
    for (const auto& [path, value] : root.at("outputs").items()) manifest.outputs[path] = value;
    return manifest;
  } catch (const Json::exception& error) {
    throw std::invalid_argument(std::string("[manifest] ") + error.what());
  }
}

std::optional<Manifest> stored_manifest(const std::filesystem::path& folder) {
  try {
    return manifest_from_json(read_file(folder / "manifest.json"));
  } catch (const std::invalid_argument&) {
    return std::nullopt;
  } catch (const UnavailableError&) {
    return std::nullopt;
  }
}

}  // namespace wideband
