// Runs an experiment's tasks in memory, without decks or folders, and finds its claims by name.
#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "wideband/experiment/claim.hpp"
#include "wideband/experiment/experiment.hpp"

namespace wideband::test {

/// Records of every task of the settings, in the order of the tasks.
inline PointRecords all_records(const Experiment& experiment, const Settings& settings) {
  experiment.validate(settings);
  PointRecords point{settings, {}};
  for (const TaskSettings& task : experiment.tasks(settings))
    point.finished.emplace_back(task.settings, experiment.run(task.settings));
  return point;
}

/// The claim of that name; a test failure and an empty claim if there is none.
inline Claim claim_named(const std::vector<Claim>& claims, const std::string& id) {
  const auto found =
      std::find_if(claims.begin(), claims.end(), [&](const Claim& c) { return c.id == id; });
  if (found != claims.end()) return *found;
  ADD_FAILURE() << "no claim " << id;
  return {};
}

/// The claim's verdict, with its comparisons in the message if it is not the expected one.
inline ::testing::AssertionResult has_verdict(const Claim& claim, Verdict expected) {
  const Judgement judgement = judge(claim);
  if (judgement.verdict == expected) return ::testing::AssertionSuccess();
  auto failure = ::testing::AssertionFailure() << claim.id << " " << to_string(judgement.verdict)
                                               << ", expected " << to_string(expected);
  const Comparison& worst = claim.comparisons.at(judgement.worst);
  return failure << ": " << worst.label << " measured " << worst.measured << " predicted "
                 << worst.predicted << " se " << worst.standard_error << " rounding "
                 << worst.rounding << " model " << worst.model_error;
}

}  // namespace wideband::test
