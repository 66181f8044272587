// The manual page and the bash completion, made from the descriptions that --help shows.
#pragma once

#include <map>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

namespace wideband {

/// The manual page in roff. `exit_status` maps a status to its meaning.
std::string manual_page(const CLI::App& command, const std::string& version,
                        const std::map<int, std::string>& exit_status);

/// What can be completed besides the names of commands and options.
struct CompletionWords {
  std::vector<std::string> runs;                         // NAME and NAME/DECK
  std::map<std::string, std::vector<std::string>> keys;  // of each experiment, for --set
};

/// A completion for bash, with or without the bash-completion package. Options whose type is DIR or
/// FILE complete names of folders or files; positionals NAME complete experiments, WHAT runs.
std::string bash_completion(const CLI::App& command, const CompletionWords& words);

}  // namespace wideband
