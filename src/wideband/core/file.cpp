#include "wideband/core/file.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>
#include <utility>

#include <fmt/format.h>

#include "wideband/core/error.hpp"

namespace wideband {
namespace {

[[noreturn]] void fail(const char* action, const std::filesystem::path& path, int code) {
  throw UnavailableError(
      fmt::format("[file] cannot {} {}: {}", action, path.string(), std::strerror(code)));
}

class Descriptor {
 public:
  Descriptor(const std::filesystem::path& path, int flags)
      : value_(::open(path.c_str(), flags | O_CLOEXEC, 0666)) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (value_ >= 0) ::close(value_);
  }
  int value() const { return value_; }
  bool close() { return ::close(std::exchange(value_, -1)) == 0; }

 private:
  int value_;
};

bool write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

void sync_folder(const std::filesystem::path& folder) {
  Descriptor descriptor(folder, O_RDONLY | O_DIRECTORY);
  if (descriptor.value() < 0 || ::fsync(descriptor.value()) != 0)
    fail("sync folder", folder, errno);
}

}  // namespace

std::string read_file(const std::filesystem::path& path) {
  Descriptor file(path, O_RDONLY);
  if (file.value() < 0) fail("read", path, errno);
  std::string bytes;
  char block[1 << 16];
  while (true) {
    const ssize_t count = ::read(file.value(), block, sizeof block);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) fail("read", path, errno);
    if (count == 0) return bytes;
    bytes.append(block, static_cast<std::size_t>(count));
  }
}

void write_file(const std::filesystem::path& path, std::string_view bytes) {
  const std::filesystem::path folder =
      path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
  const std::filesystem::path temporary =
      folder / fmt::format(".{}.{}{}", path.filename().string(), ::getpid(), temporary_suffix);
  int code = 0;
  {
    Descriptor file(temporary, O_WRONLY | O_CREAT | O_TRUNC);
    if (file.value() < 0) fail("write", path, errno);
    const bool written =
        write_all(file.value(), bytes) && ::fsync(file.value()) == 0 && file.close();
    if (!written) code = errno;
  }
  if (code == 0 && ::rename(temporary.c_str(), path.c_str()) != 0) code = errno;
  if (code != 0) {
    ::unlink(temporary.c_str());
    fail("write", path, code);
  }
  sync_folder(folder);
}

}  // namespace wideband
