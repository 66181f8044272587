// Starts `wideband` as a process of its own and looks at what it prints, leaves and returns.
#pragma once

#include <algorithm>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <sys/resource.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

#include "wideband/core/file.hpp"

namespace wideband::test {

struct CommandOptions {
  std::filesystem::path folder = ".";         // working directory
  std::vector<std::string> environment = {};  // NAME=VALUE, on top of ours
  std::function<void()> in_child = [] {};     // before the program starts: limits, session
};

struct Finish {
  int status = 0;          // exit status, or 128 + signal
  double seconds = 0;      // wall time
  double cpu_seconds = 0;  // of the process and what it waited for
  double peak_bytes = 0;
  std::string output;
  std::string errors;
};

/// A running command. Its output goes to files next to the working directory's contents.
class Command {
 public:
  Command(std::vector<std::string> words, CommandOptions options)
      : options_(std::move(options)), start_(std::chrono::steady_clock::now()) {
    stem_ = std::filesystem::temp_directory_path() /
            ("wideband-command-" + std::to_string(::getpid()) + "-" + std::to_string(++counter()));
    words.insert(words.begin(), WIDEBAND_COMMAND);
    process_ = ::fork();
    if (process_ == 0) become(words);
  }
  Command(const Command&) = delete;
  Command& operator=(const Command&) = delete;
  ~Command() {
    if (process_ > 0) {
      signal(SIGKILL);
      finish();
    }
    std::error_code ignored;
    std::filesystem::remove(output_file(), ignored);
    std::filesystem::remove(errors_file(), ignored);
  }

  void signal(int number) const { ::kill(process_, number); }
  pid_t process() const { return process_; }
  std::string errors_so_far() const { return read_file(errors_file()); }

  /// Waits until the program has ended (finish comes next) and returns the peak memory of it alone,
  /// without that of its children.
  double peak_bytes_until_end() const {
    double peak = 0;
    siginfo_t info{};
    while (::waitid(P_PID, static_cast<id_t>(process_), &info, WEXITED | WNOHANG | WNOWAIT) == 0 &&
           info.si_pid == 0) {
      std::ifstream status("/proc/" + std::to_string(process_) + "/status");
      for (std::string word; status >> word;) {
        double kilobytes = 0;
        if (word == "VmHWM:" && status >> kilobytes) peak = std::max(peak, 1024 * kilobytes);
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    return peak;
  }

  /// Waits for the end.
  Finish finish() {
    int status = 0;
    rusage used{};
    ::wait4(process_, &status, 0, &used);
    process_ = 0;
    Finish result;
    result.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    const auto elapsed = std::chrono::steady_clock::now() - start_;
    result.seconds = std::chrono::duration<double>(elapsed).count();
    const auto seconds_of = [](const timeval& time) {
      return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
    };
    result.cpu_seconds = seconds_of(used.ru_utime) + seconds_of(used.ru_stime);
    result.peak_bytes = 1024.0 * static_cast<double>(used.ru_maxrss);
    result.output = read_file(output_file());
    result.errors = read_file(errors_file());
    return result;
  }

 private:
  static int& counter() {
    static int count = 0;
    return count;
  }
  std::string output_file() const { return stem_.string() + ".out"; }
  std::string errors_file() const { return stem_.string() + ".err"; }

  [[noreturn]] void become(std::vector<std::string>& words) {
    const bool ready = std::freopen(output_file().c_str(), "w", stdout) != nullptr &&
                       std::freopen(errors_file().c_str(), "w", stderr) != nullptr &&
                       std::freopen("/dev/null", "r", stdin) != nullptr &&
                       ::chdir(options_.folder.c_str()) == 0;
    if (!ready) ::_exit(125);
    for (std::string& setting : options_.environment) ::putenv(setting.data());
    options_.in_child();
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    ::execv(arguments[0], arguments.data());
    ::_exit(126);
  }

  CommandOptions options_;
  std::chrono::steady_clock::time_point start_;
  std::filesystem::path stem_;
  pid_t process_ = 0;
};

/// Runs `wideband` with these words to its end.
inline Finish wideband(std::vector<std::string> words, CommandOptions options = {}) {
  return Command(std::move(words), std::move(options)).finish();
}

inline void pause_for(double seconds) {
  std::this_thread::sleep_for(std::chrono::duration<double>(seconds));
}

}  // namespace wideband::test
