#include "wideband/experiment/doctor.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "wideband/core/error.hpp"

namespace wideband::doctor_test {
namespace {

TEST(SelfTests, PassHereAndSayWhatTheySaw) {
  const std::vector<Check> checks = self_tests();
  EXPECT_GE(checks.size(), 9u);
  for (const Check& check : checks) {
    EXPECT_TRUE(check.passed) << check.name << ": " << check.detail;
    EXPECT_THAT(check.detail, ::testing::HasSubstr("largest error"));
  }
}

TEST(RequireSoundBlas, AcceptsThisOne) {
  EXPECT_NO_THROW(require_sound_blas());
}

TEST(RequireSoundBlas, NamesTheRemedy) {
  const std::vector<Check> checks = {{"matrix products", true, ""}, {"Gram products", false, "7"}};
  try {
    require_sound_blas(checks);
    FAIL() << "did not throw";
  } catch (const UnavailableError& error) {
    EXPECT_THAT(error.what(), ::testing::HasSubstr("OPENBLAS_CORETYPE=Haswell"));
    EXPECT_THAT(error.what(), ::testing::HasSubstr("Gram products: 7"));
  }
}

}  // namespace
}  // namespace wideband::doctor_test
