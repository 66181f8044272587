// Any bytes as a .csv file: a matrix, or a refusal; what is read is written and read again.
#include "wideband/data/csv.hpp"

#include <cstddef>
#include <cstdint>
#include <sstream>
#include <stdexcept>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::istringstream stream(std::string(reinterpret_cast<const char*>(data), size));
  wideband::Matrix matrix;
  try {
    matrix = wideband::read_csv(stream, "fuzzed.csv");
  } catch (const std::invalid_argument&) {
    return 0;
  }
  if (matrix.size() == 0 || !matrix.allFinite()) __builtin_trap();
  std::string text;
  wideband::write_csv(matrix, [&](std::string_view piece) { text += piece; });
  std::istringstream again(text);
  if (wideband::read_csv(again, "again.csv") != matrix) __builtin_trap();
  return 0;
}
