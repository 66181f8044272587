#include "terminal.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <sys/ioctl.h>
#include <unistd.h>

#include <fmt/format.h>

#include "tell.hpp"
#include "wideband/experiment/claims_text.hpp"

namespace wideband {
namespace {

TextOptions terminal_options() {
  TextOptions options;
  winsize size{};
  const bool is_terminal = ::isatty(STDOUT_FILENO) == 1;
  if (is_terminal && ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
    options.width = size.ws_col;
  }
  const char* no_color = std::getenv("NO_COLOR");
  options.color = is_terminal && (no_color == nullptr || no_color[0] == '\0');
  return options;
}

}  // namespace

std::vector<Fact> shared_facts(const Experiment& experiment, const std::vector<Settings>& points) {
  std::vector<Fact> shared;
  std::vector<std::vector<std::string>> values;
  for (const Settings& point : points) {
    for (const Fact& fact : experiment.protocol(point)) {
      std::size_t i = 0;
      while (i < shared.size() && shared[i].name != fact.name) ++i;
      if (i == shared.size()) {
        shared.push_back({fact.name, ""});
        values.emplace_back();
      }
      const bool is_new = std::count(values[i].begin(), values[i].end(), fact.value) == 0;
      if (is_new) values[i].push_back(fact.value);
    }
  }
  for (std::size_t i = 0; i < shared.size(); ++i) {
    for (const std::string& value : values[i]) {
      shared[i].value += (shared[i].value.empty() ? "" : " | ") + value;
    }
  }
  return shared;
}

void print_facts(const std::vector<Fact>& facts) {
  for (const Fact& fact : facts) fmt::print("  {}: {}\n", fact.name, fact.value);
}

void print_result(const RunResult& result) {
  if (result.status == RunStatus::nothing_to_do) {
    fmt::print("nothing is left to do: all {} tasks are stored and whole\n\n", result.tasks);
  }
  fmt::print("{}", claims_text(result.claims, terminal_options()));
  for (const std::string& status : result.statuses) fmt::print("status: {}\n", status);
  fmt::print("report: {}\n", result.report.string());
}

void warn_of_gnuplot(const std::filesystem::path& folder) {
  tell(
      "gnuplot is not on PATH: the run will have no figures (and exit with 4); once it is "
      "installed, `wideband report {}` draws them\n",
      folder.string());
}

}  // namespace wideband
