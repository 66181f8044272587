// Any bytes as a .npy file: a matrix, or a refusal.
#include "wideband/data/npy.hpp"

#include <cstddef>
#include <cstdint>
#include <sstream>
#include <stdexcept>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::istringstream stream(std::string(reinterpret_cast<const char*>(data), size));
  try {
    const wideband::StoredMatrix matrix = wideband::read_npy(stream, "fuzzed.npy");
    if (matrix.values.size() == 0 || !matrix.values.allFinite()) __builtin_trap();
  } catch (const std::invalid_argument&) {
  }
  return 0;
}
