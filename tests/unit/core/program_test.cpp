#include "wideband/core/program.hpp"

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <string>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/temporary_folder.hpp"
#include "wideband/core/file.hpp"

namespace wideband::program_test {
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

TEST(Program, RunsInItsFolderAndTellsHowItEnded) {
  const test::TemporaryFolder folder;
  const Ended ended =
      run_program("/bin/sh", {"-c", "echo seen > file; echo words >&2; exit 3"}, folder.path());
  EXPECT_EQ(ended.status, 3);
  EXPECT_EQ(ended.errors, "words\n");
  EXPECT_EQ(read_file(folder.path() / "file"), "seen\n");
  EXPECT_EQ(run_program("/bin/sh", {"-c", "kill -9 $$"}, folder.path()).status, 128 + SIGKILL);
  EXPECT_EQ(run_program("/no/such/program", {}, folder.path()).status, 127);
}

TEST(Program, DiesWithItsParent) {
  const test::TemporaryFolder folder;
  const pid_t parent = ::fork();
  if (parent == 0) {
    run_program("/bin/sh", {"-c", "echo $$ > pid.part; mv pid.part pid; exec sleep 60"},
                folder.path());
    ::_exit(0);
  }
  const auto pid_file = folder.path() / "pid";
  const auto pause = [] { std::this_thread::sleep_for(std::chrono::milliseconds(5)); };
  while (!std::filesystem::exists(pid_file)) pause();
  const pid_t child = std::stoi(read_file(pid_file));
  ::kill(parent, SIGKILL);
  ::waitpid(parent, nullptr, 0);
  // Whoever inherits the dead child may leave it a zombie: its state tells.
  const auto alive = [child] {
    std::ifstream stat("/proc/" + std::to_string(child) + "/stat");
    std::string number, name, state;
    return static_cast<bool>(stat >> number >> name >> state) && state != "Z" && state != "X";
  };
  for (int i = 0; i < 400 && alive(); ++i) pause();
  EXPECT_FALSE(alive());
}

}  // namespace
}  // namespace wideband::program_test
