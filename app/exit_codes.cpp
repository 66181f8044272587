#include "exit_codes.hpp"

#include <filesystem>
#include <new>
#include <stdexcept>
#include <system_error>

#include "wideband/core/error.hpp"

namespace wideband {

std::map<int, std::string> exit_meanings() {
  return {
      {exit_done, "done; scientific outcomes (diverged, claims that fail) are no errors"},
      {exit_bug, "a bug of ours"},
      {exit_bad_input,
       "bad input: option, key, shape, NaN, malformed or truncated file; the message names file, "
       "line and the nearest known name"},
      {exit_mathematics, "mathematics refuses: not positive definite, no convergence"},
      {exit_unavailable,
       "missing or unwritable file, library, program, space, memory or device, or the folder is "
       "held by another run"},
      {exit_different_bits, "`reproduce` found different bits"},
      {exit_interrupted,
       "interrupted: finished tasks are kept, the command that continues is printed; a second "
       "Ctrl-C kills"}};
}

ExitCode exit_code_of(const std::exception& failure) {
  const auto is = [&](const auto* type) {
    return dynamic_cast<decltype(type)>(&failure) != nullptr;
  };
  if (is(static_cast<const std::invalid_argument*>(nullptr))) return exit_bad_input;
  if (is(static_cast<const std::domain_error*>(nullptr))) return exit_bad_input;
  if (is(static_cast<const NumericalError*>(nullptr))) return exit_mathematics;
  if (is(static_cast<const Stopped*>(nullptr))) return exit_interrupted;
  if (is(static_cast<const UnavailableError*>(nullptr))) return exit_unavailable;
  if (is(static_cast<const std::bad_alloc*>(nullptr))) return exit_unavailable;
  if (is(static_cast<const std::system_error*>(nullptr))) return exit_unavailable;
  return exit_bug;
}

}  // namespace wideband
