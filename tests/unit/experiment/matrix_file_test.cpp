#include "wideband/experiment/matrix_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/messages.hpp"
#include "support/temporary_folder.hpp"
#include "wideband/core/file.hpp"
#include "wideband/experiment/hdf5_store.hpp"

namespace wideband::matrix_file_test {
namespace {

using ::testing::HasSubstr;

const Matrix values{{1, 2}, {3, 4}};

TEST(MatrixFile, TheExtensionSaysTheFormat) {
  const test::TemporaryFolder folder;
  const std::string stem = (folder.path() / "x").string();
  write_file(stem + ".csv", "1,2\n3,4\n");
  write_file(stem + ".npy", npy_bytes(values));
  Hdf5Output output;
  output.arrays = {{"a", {{2, 2}, values.data()}}, {"line", {{4}, values.data()}}};
  write_hdf5(stem + ".h5", output);
  for (const char* name : {".csv", ".npy", ".h5", ".h5:a"}) {
    EXPECT_EQ(read_matrix(stem + name).values, values) << name;
  }
  EXPECT_EQ(read_matrix(stem + ".h5:line").values.cols(), 1);
  EXPECT_THAT(test::message_of<std::invalid_argument>([] { read_matrix("x.txt"); }),
              HasSubstr("expected a name that ends in .npy, .csv or .h5"));
}

TEST(MatrixFile, AnHdf5FileAloneHoldsOneMatrix) {
  const test::TemporaryFolder folder;
  const std::string path = (folder.path() / "x.h5").string();
  Hdf5Output output;
  output.arrays = {{"a", {{2, 2}, values.data()}}, {"b", {{2, 2}, values.data()}}};
  write_hdf5(path, output);
  EXPECT_THAT(test::message_of<std::invalid_argument>([&] { read_matrix(path); }),
              HasSubstr("it has 2 datasets of two dimensions (a, b); name one, as in "));
}

TEST(MatrixFile, ADatasetIsNamedBehindAColon) {
  EXPECT_EQ(split_dataset("x.h5:train/inputs"),
            (std::pair<std::string, std::string>("x.h5", "train/inputs")));
  EXPECT_EQ(split_dataset("x.h5").second, "");
  EXPECT_EQ(split_dataset("a:b.csv").first, "a:b.csv");
}

}  // namespace
}  // namespace wideband::matrix_file_test
