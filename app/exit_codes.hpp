// What the exit status of `wideband` means; `wideband help exit-codes` prints it.
#pragma once

#include <exception>
#include <map>
#include <string>

namespace wideband {

enum ExitCode : int {
  exit_done = 0,
  exit_bug = 1,
  exit_bad_input = 2,
  exit_mathematics = 3,
  exit_unavailable = 4,
  exit_different_bits = 5,
  exit_interrupted = 130
};

/// Every status with its meaning.
std::map<int, std::string> exit_meanings();

/// The status for a failure.
ExitCode exit_code_of(const std::exception& failure);

}  // namespace wideband
