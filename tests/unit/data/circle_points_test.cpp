#include "wideband/data/circle_points.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/constants.hpp"
#include "support/temporary_folder.hpp"
#include "wideband/core/error.hpp"

namespace wideband::circle_points_test {
namespace {

using test::eps;
using test::pi;

std::string message_of(std::string_view text) {
  try {
    parsed_angles(text, "angles.txt");
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
  return "did not throw";
}

TEST(GridAngles, AreEquispacedFromZero) {
  const Vector g = grid_angles(8);
  ASSERT_EQ(g.size(), 8);
  EXPECT_EQ(g(0), 0);
  EXPECT_EQ(g(4), pi);
  for (Index i = 0; i < 8; ++i)
    EXPECT_TRUE(test::near(g(i), pi / 4 * static_cast<double>(i), 8 * eps));
  EXPECT_THROW(grid_angles(0), std::invalid_argument);
}

TEST(RandomAngles, AreSortedUniformAndAFunctionOfTheKey) {
  const Index n = 10000;
  const Vector g = random_angles(n, Key(3));
  EXPECT_TRUE(std::is_sorted(g.begin(), g.end()));
  EXPECT_GE(g.minCoeff(), 0);
  EXPECT_LT(g.maxCoeff(), 2 * pi);
  // Mean of n uniforms on [0, 2pi): standard deviation 2pi/sqrt(12 n).
  EXPECT_TRUE(test::near(g.mean(), pi, 4 * 2 * pi / std::sqrt(12.0 * n)));
  EXPECT_EQ(g, random_angles(n, Key(3)));
  EXPECT_NE(g, random_angles(n, Key(4)));
}

TEST(WrappedAngle, LiesInOnePeriod) {
  EXPECT_EQ(wrapped_angle(1.5), 1.5);
  EXPECT_EQ(wrapped_angle(0), 0);
  EXPECT_TRUE(test::near(wrapped_angle(-1), 2 * pi - 1, 8 * eps));
  EXPECT_TRUE(test::near(wrapped_angle(7), 7 - 2 * pi, 8 * eps));
  for (const double g : {-1e-300, -1e-17, 2 * pi, -2 * pi, 1e300, -1e300}) {
    EXPECT_GE(wrapped_angle(g), 0) << g;
    EXPECT_LT(wrapped_angle(g), 2 * pi) << g;
  }
}

TEST(ParsedAngles, ReadsOneColumnAndSorts) {
  const Vector g = parsed_angles("# radians\n 3.0\r\n+1e0\n\n-1\t\n2", "angles.txt");
  ASSERT_EQ(g.size(), 4);
  EXPECT_EQ(g(0), 1);
  EXPECT_EQ(g(1), 2);
  EXPECT_EQ(g(2), 3);
  EXPECT_TRUE(test::near(g(3), 2 * pi - 1, 8 * eps));
}

TEST(ParsedAngles, NamesLineAndColumnOfWhatItRefuses) {
  EXPECT_EQ(message_of("1\n2 3\n"),
            "[angles] angles.txt, line 2, column 3: expected one real number per line, found a "
            "second column, \"3\"");
  EXPECT_THAT(message_of("1\nnan\n"), ::testing::HasSubstr("line 2, column 1"));
  EXPECT_THAT(message_of("inf"), ::testing::HasSubstr("found \"inf\""));
  EXPECT_THAT(message_of("1\n  hello\n"), ::testing::HasSubstr("line 2, column 3"));
  EXPECT_THAT(message_of("1,2\n"), ::testing::HasSubstr("found \"1,2\""));
  EXPECT_THAT(message_of("1e999\n"), ::testing::HasSubstr("line 1"));
  EXPECT_THAT(message_of("+-1\n"), ::testing::HasSubstr("line 1"));
  EXPECT_THAT(message_of(""), ::testing::HasSubstr("found none"));
  EXPECT_THAT(message_of("# nothing\n\n"), ::testing::HasSubstr("found none"));
  EXPECT_THAT(message_of(std::string_view("\0\xff", 2)), ::testing::HasSubstr("found \"??\""));
}

TEST(AnglesFromFile, ReadsAFileOrSaysThatItCannot) {
  const test::TemporaryFolder folder;
  const auto path = folder.path() / "angles.txt";
  std::ofstream(path) << "0.5\n0.25\n";
  EXPECT_EQ(angles_from_file(path), (Vector(2) << 0.25, 0.5).finished());
  EXPECT_THROW(angles_from_file(folder.path() / "missing.txt"), UnavailableError);
}

}  // namespace
}  // namespace wideband::circle_points_test
