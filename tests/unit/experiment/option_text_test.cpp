#include "wideband/experiment/option_text.hpp"

#include <limits>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/messages.hpp"

namespace wideband::option_text_test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

template <class Call>
std::string refused(Call&& call) {
  return test::message_of<std::invalid_argument>(call);
}

TEST(OptionText, NumbersLieWithinTheirBounds) {
  constexpr double inf = std::numeric_limits<double>::infinity();
  EXPECT_EQ(number_option("--ridge", "1e-6", 0, inf), 1e-6);
  EXPECT_EQ(number_option("--time", "inf", 0, inf), inf);
  EXPECT_EQ(refused([] { number_option("--ridge", "-1", 0, inf); }),
            "[option] --ridge is \"-1\", expected a number >= 0");
  for (const char* text : {"", "x", "1x", "nan", "infinity", "-inf", " 1"}) {
    EXPECT_NE(refused([&] { number_option("--ridge", text, 0, inf); }), "") << text;
  }
  EXPECT_THAT(refused([] { number_option("--dual-tolerance", "2", 0, 1); }),
              HasSubstr("a number >= 0 and <= 1"));
  EXPECT_EQ(integer_option("--samples", "12", 0, 100), 12);
  EXPECT_THAT(refused([] { integer_option("--samples", "1.5", 0, 100); }),
              HasSubstr("an integer from 0 to 100"));
}

TEST(OptionText, BytesHaveSuffixes) {
  EXPECT_EQ(bytes_option("--memory-limit", "1000"), 1000U);
  EXPECT_EQ(bytes_option("--memory-limit", "3KiB"), 3072U);
  EXPECT_EQ(bytes_option("--memory-limit", "1.5 MiB"), 1572864U);
  EXPECT_EQ(bytes_option("--memory-limit", "2GiB"), 2147483648U);
  for (const char* text : {"", "GiB", "-1", "3 GB", "1e30", "nan", "5MiBx"}) {
    EXPECT_THAT(refused([&] { bytes_option("--memory-limit", text); }),
                HasSubstr("KiB, MiB or GiB"))
        << text;
  }
}

TEST(OptionText, ListsAndChoices) {
  EXPECT_THAT(list_option("--kinds", "nngp, ntk"), ElementsAre("nngp", "ntk"));
  for (const char* text : {"", ",", "a,", ",a", "a,,b", " "}) {
    EXPECT_THAT(refused([&] { list_option("--kinds", text); }), HasSubstr("separated by commas"))
        << text;
  }
  EXPECT_EQ(choice_option("--law", "ntk", {"nngp", "ntk"}), 1U);
  EXPECT_EQ(refused([] {
              choice_option("--law", "ngp", {"nngp", "ntk"});
            }),
            "[option] --law is \"ngp\", expected one of nngp, ntk; did you mean \"nngp\"?");
}

}  // namespace
}  // namespace wideband::option_text_test
