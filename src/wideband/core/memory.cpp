#include "wideband/core/memory.hpp"

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <limits>
#include <string>
#include <sys/mman.h>
#include <sys/resource.h>

#include <fmt/format.h>

namespace wideband {
namespace {

constexpr std::size_t unlimited = std::numeric_limits<std::size_t>::max();

// The number that a file holds, or `otherwise` ("max", no file).
std::size_t number_in(const char* path, std::size_t otherwise) {
  std::ifstream file(path);
  std::size_t value = 0;
  return file >> value ? value : otherwise;
}

std::size_t system_memory() {
  std::ifstream file("/proc/meminfo");
  std::string key, unit;
  std::size_t kibibytes = 0;
  while (file >> key >> kibibytes) {
    if (key == "MemAvailable:") return kibibytes * 1024;
    std::getline(file, unit);
  }
  return unlimited;
}

std::size_t cgroup_memory() {
  const std::size_t limit = number_in("/sys/fs/cgroup/memory.max", unlimited);
  if (limit == unlimited) return unlimited;
  const std::size_t used = number_in("/sys/fs/cgroup/memory.current", 0);
  return limit > used ? limit - used : 0;
}

}  // namespace

std::size_t free_memory() {
  return std::min(system_memory(), cgroup_memory());
}

std::size_t peak_memory() {
  rusage used{};
  if (getrusage(RUSAGE_SELF, &used) != 0) return 0;
  return std::size_t{1024} * static_cast<std::size_t>(used.ru_maxrss);
}

void advise_huge_pages(void* data, std::size_t bytes) {
  constexpr std::uintptr_t page = std::uintptr_t{1} << 21;
  if (bytes < 4 * page) return;
  const auto first = reinterpret_cast<std::uintptr_t>(data);
  const std::uintptr_t begin = (first + page - 1) / page * page;
  const std::uintptr_t end = (first + bytes) / page * page;
  if (begin >= end) return;
  // A refusal leaves small pages, which are right and slower.
  (void)madvise(reinterpret_cast<void*>(begin), end - begin, MADV_HUGEPAGE);
}

std::string bytes_text(std::size_t bytes) {
  constexpr const char* units[] = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};
  auto value = static_cast<double>(bytes);
  int unit = 0;
  while (value >= 1000 && unit < 5) {
    value /= 1024;
    ++unit;
  }
  return unit == 0 ? fmt::format("{} B", bytes) : fmt::format("{:.3g} {}", value, units[unit]);
}

}  // namespace wideband
