// The ways in which a call can end without a result, and the one-line checks that report them.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace wideband {

// The caller's mistake (shape, range, NaN, unknown name) is std::invalid_argument or
// std::domain_error.

/// Mathematics refuses: not positive definite, no convergence.
struct NumericalError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// A file, folder, library, program, device, or space on disk is missing.
struct UnavailableError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// The caller's on_progress asked to stop.
struct Stopped : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Throws std::invalid_argument with `message` unless `condition` holds. Format the message only
/// where the check is not on a hot path; it reads "[function] expected ..., got ...".
void require(bool condition, const std::string& message);

/// The known name nearest to `name` in edit distance, or "" if none is near enough to be a typo of
/// it.
std::string nearest_name(const std::string& name, const std::vector<std::string>& known);

/// At most 40 bytes of a foreign text, for messages: "?" in place of what a terminal might act on,
/// "..." where it is cut.
std::string printable(std::string_view text);

}  // namespace wideband
