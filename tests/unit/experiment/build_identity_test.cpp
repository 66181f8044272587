#include "wideband/experiment/build_identity.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wideband::build_identity_test {
namespace {

TEST(BuildIdentity, NamesVersionCommitAndCompiler) {
  const BuildIdentity build = build_identity();
  EXPECT_THAT(build.version, ::testing::MatchesRegex("[0-9]+\\.[0-9]+\\.[0-9]+"));
  EXPECT_THAT(build.commit, ::testing::MatchesRegex("(unknown|[0-9a-f]{12})(\\+[0-9a-f]{8})?"));
  EXPECT_FALSE(build.compiler.empty());
  EXPECT_EQ(to_string({"1.2.3", "abc", "GNU 12"}), "1.2.3 (abc, GNU 12)");
}

}  // namespace
}  // namespace wideband::build_identity_test
