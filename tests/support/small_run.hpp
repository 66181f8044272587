// A run of a second or less that has everything: a sweep, tasks, tables, claims, figures, a report.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "support/command.hpp"
#include "support/run_contents.hpp"
#include "support/temporary_folder.hpp"

namespace wideband::test {

/// A folder with the deck of a small run, whose run folder is "run" in it.
class SmallRun {
 public:
  SmallRun() { write_file(folder_.path() / "small.toml", deck()); }

  static std::string deck() {
    return "# A small run.\nexperiment = \"circle-spectrum\"\nsizes = [16, 33]\ncutoff = 8\n"
           "networks = 8\nneurons = 64\n[sweep]\nseed = [1, 2, 3]\n";
  }

  const std::filesystem::path& folder() const { return folder_.path(); }
  std::filesystem::path run() const { return folder() / "run"; }
  std::vector<std::filesystem::path> task_files() const {
    std::vector<std::filesystem::path> files;
    for (const std::string& name : names_in(run() / "tasks"))
      files.push_back(run() / "tasks" / name);
    return files;
  }

  static std::vector<std::string> words(int threads) {
    return {"run", "small.toml", "--out", "run", "--threads", std::to_string(threads)};
  }
  CommandOptions options() const { return {.folder = folder()}; }
  /// Runs it, or resumes it.
  Finish finish(int threads = 2) const { return wideband(words(threads), options()); }

 private:
  TemporaryFolder folder_;
};

/// The contents of an uninterrupted run, computed once.
inline const std::map<std::string, std::string>& undisturbed_contents() {
  static const std::map<std::string, std::string> contents = [] {
    const SmallRun small;
    small.finish(1);
    return run_contents(small.run());
  }();
  return contents;
}

}  // namespace wideband::test
