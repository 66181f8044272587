#include "wideband/data/idx.hpp"

#include <filesystem>
#include <fstream>
#include <string>
#include <zlib.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/messages.hpp"
#include "support/temporary_folder.hpp"
#include "wideband/core/error.hpp"
#include "wideband/core/file.hpp"

namespace wideband::idx_test {
namespace {

using ::testing::HasSubstr;

const std::filesystem::path fashion_mnist = "/usr/share/datasets/fashion-mnist";

// Two entries of 2 x 3 bytes: 0, 1, ..., 11, with 250 in place of 11.
std::string small_file() {
  std::string bytes = {0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3};
  for (char i = 0; i < 11; ++i) bytes.push_back(i);
  bytes.push_back(static_cast<char>(250));
  return bytes;
}

class Idx : public ::testing::Test {
 protected:
  std::filesystem::path plain(const std::string& bytes) const {
    const std::filesystem::path path = folder_.path() / "plain-idx3-ubyte";
    std::ofstream(path, std::ios::binary) << bytes;
    return path;
  }
  std::filesystem::path compressed(const std::string& bytes) const {
    const std::filesystem::path path = folder_.path() / "compressed-idx3-ubyte.gz";
    const gzFile file = gzopen(path.c_str(), "wb");
    gzwrite(file, bytes.data(), static_cast<unsigned>(bytes.size()));
    gzclose(file);
    return path;
  }
  std::string fault(const std::string& bytes, Index rows = 0) const {
    return test::message_of<std::invalid_argument>([&] { read_idx(plain(bytes), rows); });
  }

  test::TemporaryFolder folder_;
};

TEST_F(Idx, ReadsPlainAndCompressedFiles) {
  for (const auto& path : {plain(small_file()), compressed(small_file())}) {
    const IdxArray array = read_idx(path);
    EXPECT_EQ(array.shape, (std::vector<Index>{2, 2, 3}));
    ASSERT_EQ(array.values.rows(), 2);
    ASSERT_EQ(array.values.cols(), 6);
    EXPECT_EQ(array.values(0, 4), 4);
    EXPECT_EQ(array.values(1, 5), 250) << "bytes are unsigned";
  }
}

TEST_F(Idx, ReadsTheFirstEntries) {
  const IdxArray array = read_idx(compressed(small_file()), 1);
  EXPECT_EQ(array.shape.front(), 2);
  EXPECT_EQ(array.values.rows(), 1);
  EXPECT_THAT(fault(small_file(), 3), HasSubstr("2 entries, 3 were asked for"));
}

TEST_F(Idx, RefusesTruncatedFilesAtEveryLength) {
  const std::string whole = small_file();
  for (std::size_t length = 0; length < whole.size(); ++length)
    EXPECT_THROW(read_idx(plain(whole.substr(0, length))), std::invalid_argument) << length;
  const std::string packed = read_file(compressed(whole));
  for (std::size_t length = 0; length + 1 < packed.size(); ++length)
    EXPECT_THROW(read_idx(plain(packed.substr(0, length))), std::invalid_argument) << length;
}

TEST_F(Idx, RefusesGarbage) {
  EXPECT_THAT(fault("not an IDX file"), HasSubstr("does not begin like an IDX file"));
  std::string other = small_file();
  other[2] = 13;  // floats
  EXPECT_THAT(fault(other), HasSubstr("unsigned bytes, got 13"));
  other = small_file();
  other[3] = 9;
  EXPECT_THAT(fault(other), HasSubstr("dimensions, got 9"));
  other = small_file();
  other[7] = 0;
  EXPECT_THAT(fault(other), HasSubstr("no entries"));
  EXPECT_THAT(fault(small_file() + "x"), HasSubstr("bytes after the last entry"));
}

TEST_F(Idx, TakesNoMemoryForWhatAHeaderPromises) {
  std::string huge = small_file();
  huge[4] = 127;  // 2 billion entries
  EXPECT_THAT(fault(huge), HasSubstr("truncated"));
  huge[8] = 127;
  EXPECT_THAT(fault(huge), HasSubstr("a header of"));
}

TEST_F(Idx, RefusesDamagedGzip) {
  std::string packed = read_file(compressed(small_file()));
  packed[packed.size() - 6] = static_cast<char>(packed[packed.size() - 6] + 1);  // the checksum
  EXPECT_THAT(fault(packed), HasSubstr("gzip"));
}

TEST_F(Idx, MissingFilesAreUnavailable) {
  EXPECT_THROW(read_idx(folder_.path() / "nothing"), UnavailableError);
  EXPECT_THROW(read_idx(folder_.path()), UnavailableError);
  EXPECT_THROW(read_idx("plain", -1), std::invalid_argument);
}

TEST(IdxPackage, ReadsFashionMnist) {
  if (!std::filesystem::exists(fashion_mnist)) GTEST_SKIP() << "dataset-fashion-mnist is missing";
  const IdxArray labels = read_idx(fashion_mnist / "t10k-labels-idx1-ubyte.gz");
  ASSERT_EQ(labels.shape, (std::vector<Index>{10000}));
  for (Index label = 0; label < 10; ++label)
    EXPECT_EQ((labels.values.array() == static_cast<double>(label)).count(), 1000) << label;
  const IdxArray images = read_idx(fashion_mnist / "t10k-images-idx3-ubyte.gz", 100);
  EXPECT_EQ(images.shape, (std::vector<Index>{10000, 28, 28}));
  EXPECT_EQ(images.values.cols(), 784);
  EXPECT_EQ(images.values.maxCoeff(), 255);
  EXPECT_EQ(images.values.minCoeff(), 0);
}

}  // namespace
}  // namespace wideband::idx_test
