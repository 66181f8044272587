#include "wideband/experiment/build_identity.hpp"

#include <fmt/format.h>

#include "wideband/experiment/this_build.hpp"

namespace wideband {

BuildIdentity build_identity() {
  return {WIDEBAND_VERSION, WIDEBAND_COMMIT, WIDEBAND_COMPILER};
}

std::string to_string(const BuildIdentity& build) {
  return fmt::format("{} ({}, {})", build.version, build.commit, build.compiler);
}

}  // namespace wideband
