#include "wideband/experiment/registry.hpp"

#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/messages.hpp"

namespace wideband::registry_test {
namespace {

TEST(Registry, NamesAreDistinctAndSummariesPresent) {
  std::set<std::string> names;
  for (const Experiment& experiment : experiments()) {
    EXPECT_TRUE(names.insert(experiment.name).second) << experiment.name;
    EXPECT_FALSE(experiment.summary.empty()) << experiment.name;
    EXPECT_EQ(&experiment_named(experiment.name), &experiment);
    EXPECT_NO_THROW(experiment.validate(experiment.defaults)) << experiment.name;
  }
}

TEST(Registry, AnUnknownNameIsTheCallersMistake) {
  EXPECT_THAT(test::message_of<std::invalid_argument>([] { experiment_named("nothing-like-it"); }),
              ::testing::HasSubstr("`wideband list` names them"));
}

}  // namespace
}  // namespace wideband::registry_test
