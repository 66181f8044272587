// Which build of Wideband this is: results of different builds are never mixed unasked.
#pragma once

#include <string>

namespace wideband {

struct BuildIdentity {
  std::string version;   // "0.1.0"
  std::string commit;    // 12 digits, "+" and a digest of the sources if they differ from it
  std::string compiler;  // "GNU 12.2.0, Release"
};

/// The identity of the running program.
BuildIdentity build_identity();

/// "0.1.0 (commit, compiler)": the text that is stored in every task file.
std::string to_string(const BuildIdentity& build);

}  // namespace wideband
