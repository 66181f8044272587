#include "wideband/core/status.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace wideband::status_test {
namespace {

TEST(Status, HasItsNameInTheText) {
  EXPECT_EQ(to_string(Status::ok), "ok");
  EXPECT_EQ(to_string(Status::diverged), "diverged");
  EXPECT_EQ(to_string(Status::unresolved), "unresolved");
  EXPECT_EQ(to_string(Status::not_converged), "not_converged");
  EXPECT_EQ(to_string(Status::vanished), "vanished");
  EXPECT_EQ(to_string(Status::distributional_derivative), "distributional_derivative");
}

TEST(Status, InfinityIsATime) {
  EXPECT_TRUE(std::isinf(infinity));
  EXPECT_GT(infinity, 0);
}

}  // namespace
}  // namespace wideband::status_test
