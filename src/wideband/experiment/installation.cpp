#include "wideband/experiment/installation.hpp"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <unistd.h>

#include <fmt/format.h>
#include <hdf5.h>

#include "wideband/core/parallel.hpp"
#include "wideband/core/program.hpp"
#include "wideband/experiment/build_identity.hpp"
#include "wideband/linalg/product.hpp"

namespace wideband {
namespace {

std::string processor() {
  std::ifstream file("/proc/cpuinfo");
  for (std::string line; std::getline(file, line);) {
    const std::size_t colon = line.find(": ");
    if (line.starts_with("model name") && colon != std::string::npos) return line.substr(colon + 2);
  }
  return "unknown";
}

std::string memory() {
  const double pages = static_cast<double>(::sysconf(_SC_PHYS_PAGES));
  const double free_pages = static_cast<double>(::sysconf(_SC_AVPHYS_PAGES));
  const double gibibytes = static_cast<double>(::sysconf(_SC_PAGESIZE)) / 0x1p30;
  return fmt::format("{:.1f} GiB, {:.1f} GiB unused", pages * gibibytes, free_pages * gibibytes);
}

std::string hdf5() {
  unsigned major = 0, minor = 0, release = 0;
  if (H5get_libversion(&major, &minor, &release) < 0) return "of unknown version";
  return fmt::format("{}.{}.{}", major, minor, release);
}

// The first line that a program prints; the path stands in quotes, its own quotes escaped.
std::string first_line(const std::filesystem::path& program, const std::string& arguments) {
  std::string quoted = "'";
  for (const char letter : program.string()) {
    if (letter == '\'') {
      quoted += "'\\''";
    } else {
      quoted += letter;
    }
  }
  const std::string command = quoted + "' " + arguments + " 2>/dev/null";
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> pipe(::popen(command.c_str(), "r"),
                                                             ::pclose);
  std::string line(256, '\0');
  if (!pipe || std::fgets(line.data(), static_cast<int>(line.size()), pipe.get()) == nullptr) {
    return "";
  }
  line.resize(line.find_first_of(std::string("\n\0", 2)));
  return line;
}

std::string gnuplot() {
  const std::filesystem::path program = program_on_path("gnuplot");
  if (program.empty()) return "not found on PATH: runs complete, their figures have to wait";
  return fmt::format("{} ({})", first_line(program, "--version"), program.string());
}

std::string data_sets() {
  const std::filesystem::path folder = "/usr/share/datasets/fashion-mnist";
  std::error_code ignored;
  if (std::filesystem::is_directory(folder, ignored)) {
    return fmt::format("fashion-mnist ({})", folder.string());
  }
  return "none; the experiments of this version need none";
}

}  // namespace

std::string simd_description() {
  return "plain x86-64 code; BLAS chooses its kernel at run time";
}

std::vector<std::pair<std::string, std::string>> installation() {
  const BuildIdentity build = build_identity();
  return {{"version", build.version},
          {"commit", build.commit},
          {"compiler", build.compiler},
          {"processor", processor()},
          {"cores", fmt::format("{} usable", available_cores())},
          {"memory", memory()},
          {"SIMD", simd_description()},
          {"BLAS", blas_description()},
          {"HDF5", hdf5()},
          {"gnuplot", gnuplot()},
          {"data sets", data_sets()}};
}

}  // namespace wideband
