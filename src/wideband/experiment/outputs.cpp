#include "wideband/experiment/outputs.hpp"

#include "wideband/core/file.hpp"
#include "wideband/experiment/claims_json.hpp"
#include "wideband/experiment/task_store.hpp"

namespace wideband {
namespace {

namespace fs = std::filesystem;

void make_clean_folder(const fs::path& folder) {
  make_folder(folder);
  remove_leftovers(folder);
}

}  // namespace

std::map<std::string, std::string> write_outputs(const Outcome& outcome, const Deck& deck,
                                                 const Manifest& manifest,
                                                 const OutputOptions& options) {
  static_cast<void>(deck), static_cast<void>(manifest);
  std::map<std::string, std::string> digests;
  const auto write = [&](const std::string& path, const std::string& text) {
    write_file(options.folder / path, text);
    digests[path] = digest(text);
  };
  make_clean_folder(options.folder / "tables");
  for (const Table& table : outcome.tables) write("tables/" + table.name() + ".csv", csv(table));
  write("claims.json", claims_json(outcome.claims));
  return digests;
}

bool drawable() {
  return true;
}

std::string altered_output(const fs::path& folder,
                           const std::map<std::string, std::string>& digests) {
  for (const auto& [path, expected] : digests) {
    if (!fs::exists(folder / path) || digest(read_file(folder / path)) != expected) return path;
  }
  return "";
}

}  // namespace wideband
