#include "wideband/experiment/circle/spectral_bias.hpp"

#include <algorithm>
#include <stdexcept>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/spectral_bias_outcome.hpp"
#include "wideband/experiment/circle/spectral_bias_claims.hpp"

namespace wideband::spectral_bias_test {
namespace {

TEST(SpectralBias, JudgesEveryStatement) {
  const Outcome outcome = test::small_digest_outcome();
  std::vector<std::string> ids;
  for (const Claim& claim : outcome.claims) {
    ids.push_back(claim.id);
    EXPECT_NO_THROW(judge(claim)) << claim.id;
  }
  for (const std::string& id : spectral_bias_statements()) {
    // Which planes are ordered needs more networks than a test can take.
    if (id == "circle-alignment/order") continue;
    EXPECT_THAT(ids, ::testing::Contains(id));
  }
  const auto open = std::count_if(outcome.claims.begin(), outcome.claims.end(),
                                  [](const Claim& c) { return c.kind == ClaimKind::open; });
  EXPECT_GE(open, 3) << "the open questions of circle-evolution";
  EXPECT_EQ(outcome.tables.size(), 8u);
  EXPECT_EQ(outcome.figures.size(), 9u);
}

TEST(SpectralBias, RefusesWhatAPartRefuses) {
  const Experiment experiment = spectral_bias();
  SpectralBiasConfig config;
  config.target = "none";
  EXPECT_THROW(experiment.validate(settings_of(config)), std::invalid_argument);
}

TEST(SpectralBias, NamesThePartOfEveryTask) {
  const Experiment experiment = spectral_bias();
  std::vector<std::string> parts;
  for (const TaskSettings& task : experiment.tasks(test::small_digest())) {
    parts.push_back(task.label.substr(0, task.label.find(':')));
  }
  for (const char* part : {"circle-spectrum", "circle-dynamics", "circle-sampling", "circle-width",
                           "circle-alignment", "circle-evolution", "circle-preconditioning"}) {
    EXPECT_THAT(parts, ::testing::Contains(part));
  }
}

}  // namespace
}  // namespace wideband::spectral_bias_test
