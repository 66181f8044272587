#include "wideband/experiment/outputs.hpp"

#include "wideband/core/file.hpp"
#include "wideband/experiment/claims_json.hpp"
#include "wideband/experiment/figure.hpp"
#include "wideband/experiment/report.hpp"
#include "wideband/experiment/task_store.hpp"

namespace wideband {
namespace {

namespace fs = std::filesystem;

void make_clean_folder(const fs::path& folder) {
  make_folder(folder);
  remove_leftovers(folder);
}

// Nothing of the machine's load or of the user's choice of threads: equal runs have equal reports.
std::vector<Fact> provenance(const Manifest& manifest) {
  return {{"version", manifest.build.version},
          {"commit", manifest.build.commit},
          {"compiler", manifest.build.compiler},
          {"BLAS", manifest.blas},
          {"SIMD", manifest.simd},
          {"seed", std::to_string(manifest.seed)}};
}

}  // namespace

std::map<std::string, std::string> write_outputs(const Outcome& outcome, const Deck& deck,
                                                 const Manifest& manifest,
                                                 const OutputOptions& options) {
  std::map<std::string, std::string> digests;
  const auto write = [&](const std::string& path, const std::string& text) {
    write_file(options.folder / path, text);
    digests[path] = digest(text);
  };
  make_clean_folder(options.folder / "tables");
  for (const Table& table : outcome.tables) write("tables/" + table.name() + ".csv", csv(table));
  write("claims.json", claims_json(outcome.claims));
  ReportInput report{.title = deck.experiment,
                     .summary = options.summary,
                     .outcome = outcome,
                     .protocol = options.protocol,
                     .provenance = provenance(manifest),
                     .config = config_text(deck)};
  if (!outcome.figures.empty()) make_clean_folder(options.folder / "figures");
  for (const Figure& figure : outcome.figures) {
    if (!options.figures) continue;
    draw(figure, options.folder / "figures");
    for (const char* ending : {".gp", ".svg"}) {
      const std::string path = "figures/" + figure.name + ending;
      const std::string text = read_file(options.folder / path);
      digests[path] = digest(text);
      if (path.ends_with(".svg")) report.drawings[figure.name] = text;
    }
  }
  write("report.html", report_html(report));
  return digests;
}

std::string altered_output(const fs::path& folder,
                           const std::map<std::string, std::string>& digests) {
  for (const auto& [path, expected] : digests) {
    if (!fs::exists(folder / path) || digest(read_file(folder / path)) != expected) return path;
  }
  return "";
}

}  // namespace wideband
