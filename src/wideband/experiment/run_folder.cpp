#include "wideband/experiment/run_folder.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <stdexcept>
#include <sys/file.h>
#include <unistd.h>
#include <utility>

#include <fmt/format.h>

#include "wideband/core/error.hpp"
#include "wideband/core/file.hpp"
#include "wideband/experiment/task_store.hpp"

namespace wideband {
namespace {

namespace fs = std::filesystem;

constexpr const char* config_name = "config.toml";
constexpr const char* lock_name = ".lock";

bool is_leftover(const fs::path& file) {
  return file.filename().string().front() == '.' && file.extension() == temporary_suffix;
}

// Whether there is nothing but the lock and unfinished files of a killed beginning.
bool is_unused(const fs::path& folder) {
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().filename() != lock_name && !is_leftover(entry.path())) return false;
  }
  return true;
}

void check_contents(const fs::path& folder, const Deck& deck, const Settings& defaults) {
  if (!fs::exists(folder / config_name)) {
    require(is_unused(folder), fmt::format("[run] {} is not empty and holds no run (no {})",
                                           folder.string(), config_name));
    return;
  }
  const std::string experiment = stored_experiment(folder);
  const Deck theirs = experiment == deck.experiment ? stored_deck(folder, experiment, defaults)
                                                    : Deck{experiment, {}, {}};
  const std::string difference = first_difference(deck, theirs);
  require(difference.empty(),
          fmt::format("[run] {} holds another configuration: {}", folder.string(), difference));
}

}  // namespace

fs::path default_folder(const Deck& deck) {
  return fs::path("runs") /
         fmt::format("{}-{}", deck.experiment, digest(canonical_text(deck)).substr(0, 8));
}

std::string stored_experiment(const fs::path& folder) {
  const fs::path file = folder / config_name;
  require(fs::exists(file),
          fmt::format("[run] {} holds no run (no {})", folder.string(), config_name));
  const std::string name = deck_experiment(read_file(file), file.string());
  require(!name.empty(), fmt::format("[run] {} names no experiment", file.string()));
  return name;
}

Deck stored_deck(const fs::path& folder, const std::string& experiment, const Settings& defaults) {
  const fs::path file = folder / config_name;
  return read_deck(experiment, defaults, read_file(file), file.string(), {});
}

RunFolder::RunFolder(fs::path path, const Deck& deck, const Settings& defaults)
    : path_(std::move(path)) {
  make_folder(path_);
  check_contents(path_, deck, defaults);  // before the lock, which would leave a file
  lock();
  try {
    check_contents(path_, deck, defaults);
    remove_leftovers(path_);
    if (!fs::exists(path_ / config_name)) write_file(path_ / config_name, config_text(deck));
  } catch (...) {
    ::close(lock_);
    throw;
  }
}

void RunFolder::lock() {
  const fs::path file = path_ / lock_name;
  lock_ = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (lock_ < 0) {
    throw UnavailableError(
        fmt::format("[run] cannot lock {}: {}", path_.string(), std::strerror(errno)));
  }
  if (::flock(lock_, LOCK_EX | LOCK_NB) != 0) {
    std::string holder = read_file(file);
    while (!holder.empty() && holder.back() == '\n') holder.pop_back();
    ::close(lock_);
    throw UnavailableError(fmt::format("[run] {} is held by process {}, which is writing to it",
                                       path_.string(), holder.empty() ? "?" : holder));
  }
  const std::string holder = fmt::format("{}\n", ::getpid());
  const bool written =
      ::ftruncate(lock_, 0) == 0 &&
      ::pwrite(lock_, holder.data(), holder.size(), 0) == static_cast<ssize_t>(holder.size());
  if (!written) {
    const int code = errno;
    ::close(lock_);
    throw UnavailableError(
        fmt::format("[run] cannot write {}: {}", file.string(), std::strerror(code)));
  }
}

RunFolder::~RunFolder() {
  ::close(lock_);
}

}  // namespace wideband
