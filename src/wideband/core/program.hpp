// Other programs: where they are on PATH, and running one that never outlives us.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace wideband {

/// The first executable file of this name in the folders of PATH, or "" if there is none. A name
/// with a slash is itself the file.
std::filesystem::path program_on_path(const std::string& name);

struct Ended {
  int status = 0;           // exit status, or 128 + the signal that ended it
  std::string errors = {};  // what it wrote to stderr, at most 64 KiB
};

/// Runs `program` in `folder` and waits for its end. It reads and prints nothing, and is killed
/// when the calling thread dies. Throws UnavailableError if it cannot be started.
Ended run_program(const std::filesystem::path& program, const std::vector<std::string>& arguments,
                  const std::filesystem::path& folder);

}  // namespace wideband
