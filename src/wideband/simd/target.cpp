#include "wideband/simd/target.hpp"

#include <cstdint>
#include <hwy/highway.h>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "wideband/core/error.hpp"

namespace wideband::simd {
namespace {

// Makes the next dispatch look at SupportedTargets() again.
void refresh() {
  hwy::GetChosenTarget().Update(hwy::SupportedTargets());
}

}  // namespace

std::vector<std::string> targets() {
  std::vector<std::string> names;
  for (const std::int64_t target : hwy::SupportedAndGeneratedTargets()) {
    names.emplace_back(hwy::TargetName(target));
  }
  return names;
}

std::string target() {
  return targets().front();
}

ChosenTarget::ChosenTarget(const std::string& name) {
  for (const std::int64_t target : hwy::SupportedAndGeneratedTargets()) {
    if (name != hwy::TargetName(target)) continue;
    hwy::SetSupportedTargetsForTest(target);
    refresh();
    return;
  }
  require(false,
          fmt::format("[simd] unknown target \"{}\"; known: {}", name, fmt::join(targets(), ", ")));
}

ChosenTarget::~ChosenTarget() {
  hwy::SetSupportedTargetsForTest(0);
  refresh();
}

}  // namespace wideband::simd
