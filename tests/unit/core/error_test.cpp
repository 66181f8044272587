#include "wideband/core/error.hpp"

#include <gtest/gtest.h>

namespace wideband::error_test {
namespace {

TEST(Require, ThrowsItsMessageOnlyWhenTheConditionFails) {
  EXPECT_NO_THROW(require(true, "[f] fine"));
  try {
    require(false, "[f] expected n >= 1, got 0");
    FAIL() << "did not throw";
  } catch (const std::invalid_argument& error) {
    EXPECT_STREQ(error.what(), "[f] expected n >= 1, got 0");
  }
}

TEST(NearestName, FindsTyposAndStaysSilentOtherwise) {
  EXPECT_EQ(nearest_name("cutof", {"sizes", "cutoff", "seeds"}), "cutoff");
  EXPECT_EQ(nearest_name("siezs", {"sizes", "cutoff", "seeds"}), "sizes");
  EXPECT_EQ(nearest_name("temperature", {"sizes", "cutoff", "seeds"}), "");
}

TEST(Printable, CutsLongTextAndHidesWhatATerminalActsOn) {
  EXPECT_EQ(printable("plain"), "plain");
  EXPECT_EQ(printable("a\x1b[2Jb\n"), "a?[2Jb?");
  EXPECT_EQ(printable(std::string(41, 'x')), std::string(40, 'x') + "...");
}

}  // namespace
}  // namespace wideband::error_test
