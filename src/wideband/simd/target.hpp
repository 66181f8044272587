// Which vector instructions the loops of simd/ use on this processor.
#pragma once

#include <string>
#include <vector>

namespace wideband::simd {

/// Every target that was compiled and that this processor runs, best first ("AVX3", "AVX2", ...).
std::vector<std::string> targets();

/// The target in use.
std::string target();

/// Restricts the loops to one target while it lives, for tests and benchmarks; not while threads
/// compute. Throws std::invalid_argument for a target that targets() does not list.
class ChosenTarget {
 public:
  explicit ChosenTarget(const std::string& name);
  ChosenTarget(const ChosenTarget&) = delete;
  ChosenTarget& operator=(const ChosenTarget&) = delete;
  ~ChosenTarget();
};

}  // namespace wideband::simd
