// An experiment made of smaller runs of other experiments: their tasks, their records, one outcome.
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "wideband/experiment/experiment.hpp"

namespace wideband {

/// One of the experiments, and the config that it runs with for a config of the digest.
struct Part {
  Experiment experiment;
  std::function<Settings(const Settings& digest)> config;
};

/// The experiment's defaults with some keys replaced. Throws std::invalid_argument for a key that
/// it does not have or a value of another type.
Settings with_values(Settings defaults, const std::vector<std::pair<std::string, Value>>& values);

struct DigestParts {
  std::string name = {};
  std::string summary = {};
  Settings defaults = {};
  std::vector<Part> parts = {};
  std::size_t probed = 0;  // the part whose probe stands for all
  std::function<std::vector<Fact>(const Settings&)> protocol = {};
  std::function<Cost(const Settings&)> outcome_cost = {};
  /// One outcome for each part, in order; a deck of several points gives all of them to the parts.
  std::function<Outcome(const std::vector<Settings>&, std::vector<Outcome>)> outcome = {};
};

/// The tasks of all parts as tasks of one experiment; the first setting of a task names its part.
Experiment digest_of(DigestParts digest);

}  // namespace wideband
