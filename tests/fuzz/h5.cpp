// Any bytes as an HDF5 file: matrices and attributes, or refusals.
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <sys/mman.h>
#include <unistd.h>

#include "wideband/core/error.hpp"
#include "wideband/experiment/hdf5_store.hpp"

namespace {

void read_all(const std::string& path) {
  const wideband::Hdf5Input input(path);
  for (const auto* names : {&input.matrices(), &input.vectors()}) {
    for (const std::string& name : *names) {
      try {
        if (!input.matrix(name).values.allFinite()) __builtin_trap();
      } catch (const std::invalid_argument&) {
      }
    }
  }
  for (const char* name : {"architecture", "scale"}) input.text(name);
  input.number("error_estimate");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const int file = ::memfd_create("fuzzed.h5", 0);
  if (file < 0 || ::write(file, data, size) != static_cast<ssize_t>(size)) __builtin_trap();
  try {
    read_all("/proc/self/fd/" + std::to_string(file));
  } catch (const std::invalid_argument&) {
  } catch (const wideband::UnavailableError&) {
  }
  ::close(file);
  return 0;
}
