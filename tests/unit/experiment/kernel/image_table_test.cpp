#include "wideband/experiment/kernel/image_table.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/messages.hpp"
#include "support/regression_fixture.hpp"
#include "support/temporary_folder.hpp"
#include "wideband/core/error.hpp"

namespace wideband::image_table_test {
namespace {

using ::testing::HasSubstr;

TEST(ReadImages, GivesRowsOfEqualNormAndTheirLabels) {
  const test::TemporaryFolder folder;
  test::write_images(folder.path(), "train", 30);
  const ImageTable table = read_images(folder.path(), "train", 25, 10);
  ASSERT_EQ(table.inputs.rows(), 25);
  ASSERT_EQ(table.inputs.cols(), 16);
  EXPECT_EQ(table.targets.cols(), 10);
  EXPECT_EQ(table.targets(13, 3), 0.9);
  EXPECT_EQ(table.targets(13, 4), -0.1);
  for (Index i = 0; i < 25; ++i)
    EXPECT_TRUE(test::relatively_near(table.inputs.row(i).squaredNorm(), 16, 1e-14));
}

TEST(ReadImages, NamesThePackageOfAMissingDataSet) {
  const test::TemporaryFolder folder;
  EXPECT_THAT(
      test::message_of<UnavailableError>([&] { read_images(folder.path(), "train", 1, 10); }),
      HasSubstr("dataset-fashion-mnist"));
}

TEST(ReadImages, RefusesOtherNumbersOfLabels) {
  const test::TemporaryFolder folder;
  test::write_images(folder.path(), "train", 30);
  test::write_idx(folder.path() / "train-labels-idx1-ubyte", {29}, std::string(29, '\1'));
  EXPECT_THAT(
      test::message_of<std::invalid_argument>([&] { read_images(folder.path(), "train", 10, 10); }),
      HasSubstr("a label for each of 30 images, got 29"));
}

}  // namespace
}  // namespace wideband::image_table_test
