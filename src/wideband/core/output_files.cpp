#include "wideband/core/output_files.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <set>
#include <unistd.h>
#include <utility>

#include <fmt/format.h>

#include "wideband/core/error.hpp"
#include "wideband/core/file.hpp"

namespace wideband {
namespace {

[[noreturn]] void fail(const std::filesystem::path& path, int code) {
  throw UnavailableError(
      fmt::format("[file] cannot write {}: {}", path.string(), std::strerror(code)));
}

std::filesystem::path folder_of(const std::filesystem::path& path) {
  return path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
}

void sync_folder(const std::filesystem::path& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const bool synced = descriptor >= 0 && ::fsync(descriptor) == 0;
  const int code = errno;
  if (descriptor >= 0) ::close(descriptor);
  if (!synced) fail(folder, code);
}

}  // namespace

OutputFiles::~OutputFiles() {
  abandon();
  for (const File& file : files_) {
    if (file.descriptor_ >= 0) ::close(file.descriptor_);
  }
}

void OutputFiles::abandon() {
  const std::lock_guard<std::mutex> lock(mutex_);
  for (const File& file : files_) {
    if (!file.temporary_.empty()) ::unlink(file.temporary_.c_str());
  }
}

void OutputFiles::File::append(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail(path_, errno);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

OutputFiles::File& OutputFiles::add(const std::filesystem::path& path) {
  if (std::filesystem::is_directory(path)) fail(path, EISDIR);
  const std::filesystem::path temporary =
      folder_of(path) /
      fmt::format(".{}.{}{}", path.filename().string(), ::getpid(), temporary_suffix);
  const int descriptor = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (descriptor < 0) fail(path, errno);
  const std::lock_guard<std::mutex> lock(mutex_);
  files_.push_back(File(path, temporary, descriptor));
  return files_.back();
}

std::filesystem::path OutputFiles::add_foreign(const std::filesystem::path& path) {
  return add(path).temporary_;
}

void OutputFiles::publish() {
  for (File& file : files_) {
    if (::fsync(file.descriptor_) != 0) fail(file.path_, errno);
    if (::close(std::exchange(file.descriptor_, -1)) != 0) fail(file.path_, errno);
  }
  const std::lock_guard<std::mutex> lock(mutex_);
  std::set<std::filesystem::path> folders;
  for (File& file : files_) {
    if (::rename(file.temporary_.c_str(), file.path_.c_str()) != 0) fail(file.path_, errno);
    file.temporary_.clear();
    folders.insert(folder_of(file.path_));
  }
  for (const std::filesystem::path& folder : folders) sync_folder(folder);
  files_.clear();
}

}  // namespace wideband
