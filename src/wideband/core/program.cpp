#include "wideband/core/program.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sstream>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fmt/format.h>

#include "wideband/core/error.hpp"

namespace wideband {
namespace {

constexpr std::size_t most_errors = 1 << 16;

[[noreturn]] void fail(const std::filesystem::path& program, int code) {
  throw UnavailableError(
      fmt::format("[program] cannot run {}: {}", program.string(), std::strerror(code)));
}

// Between fork and exec: nothing but async-signal-safe calls.
[[noreturn]] void become(const char* program, char* const* arguments, const char* folder,
                         int errors, pid_t parent) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  const int nothing = ::open("/dev/null", O_RDWR);
  const bool ready = ::getppid() == parent && nothing >= 0 && ::chdir(folder) == 0 &&
                     ::dup2(nothing, 0) >= 0 && ::dup2(nothing, 1) >= 0 && ::dup2(errors, 2) >= 0;
  if (ready) ::execv(program, arguments);
  ::_exit(127);
}

std::string read_all(int descriptor) {
  std::string text;
  std::array<char, 4096> block{};
  while (true) {
    const ssize_t count = ::read(descriptor, block.data(), block.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return text;
    if (text.size() < most_errors) text.append(block.data(), static_cast<std::size_t>(count));
  }
}

int wait_for(pid_t child) {
  int status = 0;
  while (::waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) return 127;
  }
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

bool is_executable(const std::filesystem::path& path) {
  std::error_code ignored;
  return std::filesystem::is_regular_file(path, ignored) && ::access(path.c_str(), X_OK) == 0;
}

}  // namespace

std::filesystem::path program_on_path(const std::string& name) {
  if (name.empty()) return {};
  if (name.find('/') != std::string::npos) return is_executable(name) ? name : "";
  const char* path = std::getenv("PATH");
  std::istringstream folders(path == nullptr ? "" : path);
  for (std::string folder; std::getline(folders, folder, ':');) {
    // An empty entry of PATH is the current folder.
    const std::filesystem::path file = std::filesystem::path(folder.empty() ? "." : folder) / name;
    if (is_executable(file)) return file;
  }
  return {};
}

Ended run_program(const std::filesystem::path& program, const std::vector<std::string>& arguments,
                  const std::filesystem::path& folder) {
  const std::string name = std::filesystem::absolute(program).string();
  const std::string where = folder.empty() ? "." : folder.string();
  std::vector<std::string> words{name};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);

  std::array<int, 2> pipe_ends{};
  if (::pipe2(pipe_ends.data(), O_CLOEXEC) != 0) fail(program, errno);
  const pid_t parent = ::getpid();
  const pid_t child = ::fork();
  if (child == 0) become(name.c_str(), pointers.data(), where.c_str(), pipe_ends[1], parent);
  const int reason = errno;
  ::close(pipe_ends[1]);
  if (child < 0) {
    ::close(pipe_ends[0]);
    fail(program, reason);
  }
  Ended ended;
  ended.errors = read_all(pipe_ends[0]);
  ::close(pipe_ends[0]);
  ended.status = wait_for(child);
  return ended;
}

}  // namespace wideband
