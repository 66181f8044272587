#include "wideband/data/labels.hpp"

#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/messages.hpp"

namespace wideband::labels_test {
namespace {

using ::testing::HasSubstr;

TEST(Labels, BecomeOneHotRows) {
  const Matrix labels{{2}, {0}};
  EXPECT_EQ(one_hot(labels), (Matrix{{0, 0, 1}, {1, 0, 0}}));
  EXPECT_EQ(one_hot(labels, 0.25, 4), (Matrix{{-.25, -.25, .75, -.25}, {.75, -.25, -.25, -.25}}));
}

TEST(Labels, AreRefusedNamingTheRow) {
  const auto refused = [](const Matrix& labels, Index classes) {
    return test::message_of<std::invalid_argument>([&] { one_hot(labels, 0, classes, "y.csv"); });
  };
  EXPECT_THAT(refused(Matrix{{0}, {1.5}}, 0),
              HasSubstr("y.csv: row 1 is 1.5, expected an integer"));
  EXPECT_THAT(refused(Matrix{{0}, {-1}}, 0), HasSubstr("row 1 is -1"));
  EXPECT_THAT(refused(Matrix{{0}, {3}}, 3),
              HasSubstr("row 1 is 3, expected an integer from 0 to 2"));
  EXPECT_THAT(refused(Matrix{{0, 1}}, 0), HasSubstr("one column of labels, got 2"));
  EXPECT_THAT(refused(Matrix{{1e300}}, 0), HasSubstr("row 0"));
}

TEST(Labels, AccuracyAndErrorCompareRows) {
  const Matrix outputs{{1, 2}, {4, 3}, {0, 1}};
  const Matrix targets{{0, 1}, {0, 1}, {0, 1}};
  EXPECT_TRUE(test::near(accuracy(outputs, targets), 2.0 / 3, 1e-16));
  EXPECT_TRUE(test::near(root_mean_square_error(outputs, targets),
                         std::sqrt((1 + 1 + 16 + 4) / 6.0), 1e-15));
  EXPECT_THROW(accuracy(outputs, targets.topRows(2)), std::invalid_argument);
}

}  // namespace
}  // namespace wideband::labels_test
