#include "wideband/core/file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/temporary_folder.hpp"
#include "wideband/core/error.hpp"

namespace wideband::file_test {
namespace {

TEST(File, RoundTripsBytesAndReplacesThem) {
  const test::TemporaryFolder folder;
  const std::string bytes("a\0b\n", 4);
  write_file(folder.path() / "x", "old");
  write_file(folder.path() / "x", bytes);
  EXPECT_EQ(read_file(folder.path() / "x"), bytes);
  EXPECT_EQ(test::names_in(folder.path()), std::vector<std::string>{"x"})
      << "no temporary file stays";
}

TEST(File, NamesThePathAndTheReason) {
  const test::TemporaryFolder folder;
  const auto missing = folder.path() / "none" / "x";
  EXPECT_THROW(read_file(missing), UnavailableError);
  try {
    write_file(missing, "");
    FAIL() << "did not throw";
  } catch (const UnavailableError& error) {
    EXPECT_THAT(error.what(), ::testing::HasSubstr("none/x: No such file or directory"));
  }
}

}  // namespace
}  // namespace wideband::file_test
