// What several subcommands print: protocol, claims, statuses, where the report is.
#pragma once

#include <filesystem>
#include <vector>

#include "wideband/experiment/experiment.hpp"
#include "wideband/experiment/runner.hpp"

namespace wideband {

/// The protocol of all points: a fact that differs between them lists its values.
std::vector<Fact> shared_facts(const Experiment& experiment, const std::vector<Settings>& points);

void print_facts(const std::vector<Fact>& facts);

/// The table of claims, the statuses, and the path of the report.
void print_result(const RunResult& result);

/// Says on stderr that figures will be missing, and what draws them later.
void warn_of_gnuplot(const std::filesystem::path& folder);

}  // namespace wideband
