#include "wideband/simd/target.hpp"

#include <stdexcept>

#include <gtest/gtest.h>

namespace wideband::target_test {
namespace {

TEST(SimdTarget, ListsWhatThisProcessorRunsBestFirst) {
  ASSERT_FALSE(simd::targets().empty());
  EXPECT_EQ(simd::target(), simd::targets().front());
}

TEST(SimdTarget, IsChosenForAWhile) {
  const std::string best = simd::target(), plainest = simd::targets().back();
  {
    const simd::ChosenTarget chosen(plainest);
    EXPECT_EQ(simd::target(), plainest);
  }
  EXPECT_EQ(simd::target(), best);
  EXPECT_THROW(simd::ChosenTarget("AVX9"), std::invalid_argument);
}

}  // namespace
}  // namespace wideband::target_test
