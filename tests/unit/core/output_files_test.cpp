#include "wideband/core/output_files.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/messages.hpp"
#include "support/temporary_folder.hpp"
#include "wideband/core/error.hpp"
#include "wideband/core/file.hpp"

namespace wideband::output_files_test {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(OutputFiles, AppearTogetherUnderTheirNames) {
  const test::TemporaryFolder folder;
  write_file(folder.path() / "a", "old");
  OutputFiles files;
  OutputFiles::File& a = files.add(folder.path() / "a");
  OutputFiles::File& b = files.add(folder.path() / "b");
  a.append("ne");
  b.append("other");
  a.append("w");
  write_file(files.add_foreign(folder.path() / "c"), "foreign");
  EXPECT_EQ(read_file(folder.path() / "a"), "old") << "not before all are whole";
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "b"));
  files.publish();
  EXPECT_EQ(read_file(folder.path() / "a"), "new");
  EXPECT_EQ(read_file(folder.path() / "b"), "other");
  EXPECT_EQ(read_file(folder.path() / "c"), "foreign");
  EXPECT_EQ(test::names_in(folder.path()), (std::vector<std::string>{"a", "b", "c"}));
}

TEST(OutputFiles, LeaveNothingWhenTheyAreGivenUp) {
  const test::TemporaryFolder folder;
  {
    OutputFiles files;
    files.add(folder.path() / "a").append("half");
    EXPECT_EQ(test::names_in(folder.path()).size(), 1U) << "under a temporary name";
  }
  EXPECT_THAT(test::names_in(folder.path()), IsEmpty());
}

TEST(OutputFiles, NameThePathAndTheReason) {
  const test::TemporaryFolder folder;
  OutputFiles files;
  EXPECT_THAT(test::message_of<UnavailableError>([&] { files.add(folder.path() / "none" / "x"); }),
              HasSubstr("none/x: No such file or directory"));
  EXPECT_THAT(test::message_of<UnavailableError>([&] { files.add(folder.path()); }),
              HasSubstr("Is a directory"));
}

}  // namespace
}  // namespace wideband::output_files_test
