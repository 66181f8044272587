#include "wideband/core/program.hpp"

#include <cstdlib>
#include <fstream>
#include <string>

#include <gtest/gtest.h>

#include "support/temporary_folder.hpp"

namespace wideband {
namespace {

// Sets PATH for one test.
class Path {
 public:
  explicit Path(const std::string& value) : before_(std::getenv("PATH")) {
    ::setenv("PATH", value.c_str(), 1);
  }
  ~Path() { ::setenv("PATH", before_.c_str(), 1); }

 private:
  std::string before_;
};

std::filesystem::path file_in(const std::filesystem::path& folder, const std::string& name,
                              std::filesystem::perms permissions) {
  std::filesystem::create_directories(folder);
  std::ofstream(folder / name) << "#!/bin/sh\n";
  std::filesystem::permissions(folder / name, permissions);
  return folder / name;
}

TEST(ProgramOnPath, IsTheFirstExecutableFile) {
  const test::TemporaryFolder folder;
  const auto executable = std::filesystem::perms::owner_all;
  const auto plain = std::filesystem::perms::owner_read | std::filesystem::perms::owner_write;
  const auto a = folder.path() / "a", b = folder.path() / "b", c = folder.path() / "c";
  file_in(a, "plot", plain);
  const auto expected = file_in(b, "plot", executable);
  file_in(c, "plot", executable);
  std::filesystem::create_directories(a / "folder");
  const Path path(a.string() + ":" + folder.path().string() + "/none:" + b.string() + ":" +
                  c.string());
  EXPECT_EQ(program_on_path("plot"), expected);
  EXPECT_EQ(program_on_path("folder"), "");
  EXPECT_EQ(program_on_path("no-such-program"), "");
  EXPECT_EQ(program_on_path(""), "");
  EXPECT_EQ(program_on_path(expected.string()), expected);
  EXPECT_EQ(program_on_path((a / "plot").string()), "");
}

TEST(ProgramOnPath, FindsNothingOnAnEmptyPath) {
  const Path path("");
  EXPECT_EQ(program_on_path("sh"), "");
}

}  // namespace
}  // namespace wideband
