#include "wideband/data/input_stream.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

#include <fmt/format.h>

#include "wideband/core/error.hpp"
#include "wideband/core/file.hpp"

namespace wideband {

std::unique_ptr<std::istream> input_stream(const std::filesystem::path& path) {
  std::error_code code;
  const auto status = std::filesystem::status(path, code);
  if (std::filesystem::is_directory(status)) {
    throw UnavailableError(
        fmt::format("[file] cannot read {}: {}", path.string(), std::strerror(EISDIR)));
  }
  if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status)) {
    return std::make_unique<std::istringstream>(read_file(path));
  }
  auto stream = std::make_unique<std::ifstream>();
  errno = 0;
  stream->open(path, std::ios::binary);
  if (!stream->is_open()) {
    throw UnavailableError(
        fmt::format("[file] cannot read {}: {}", path.string(), std::strerror(errno)));
  }
  return stream;
}

}  // namespace wideband
