// Any bytes as an HDF5 file: matrices and attributes, or refusals.
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
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

// A file of this process; HDF5 opens no file that has no name.
class File {
 public:
  File()
      : path_(std::filesystem::temp_directory_path() /
              ("wideband-fuzzed-" + std::to_string(::getpid()) + ".h5")) {}
  ~File() {
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
  }
  std::string holding(const std::uint8_t* data, std::size_t size) const {
    std::ofstream stream(path_, std::ios::binary | std::ios::trunc);
    stream.write(reinterpret_cast<const char*>(data), static_cast<std::streamsize>(size));
    if (!stream.flush()) __builtin_trap();
    return path_.string();
  }

 private:
  std::filesystem::path path_;
};

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const File file;
  try {
    read_all(file.holding(data, size));
  } catch (const std::invalid_argument&) {
  } catch (const wideband::UnavailableError&) {
  }
  return 0;
}
