#include "wideband/experiment/task_store.hpp"

#include <cctype>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>
#include <xxhash.h>

#include "wideband/core/error.hpp"
#include "wideband/core/file.hpp"
#include "wideband/experiment/hdf5_file.hpp"

namespace wideband {
namespace {

constexpr int format_version = 1;
constexpr std::size_t digest_size = 32;

// The user block: this line, the digest, a newline, zeros up to its end.
const std::string& signature() {
  static const std::string text =
      fmt::format("wideband task file, format {}, xxh3-128 with zeros in place of these digits: ",
                  format_version);
  return text;
}

std::string digest_of_file(std::string bytes) {
  bytes.replace(signature().size(), digest_size, digest_size, '0');
  return digest(bytes);
}

std::string build_digits(const std::string& build) {
  return digest(build).substr(0, 8);
}

// The label in lower case, runs of anything but letters and digits as one dash.
std::string readable(const std::string& label) {
  std::string name;
  for (const char c : label) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = byte < 0x80 && std::isalnum(byte) != 0;
    if (plain) name += static_cast<char>(std::tolower(byte));
    if (!plain && !name.empty() && name.back() != '-') name += '-';
  }
  name.resize(std::min<std::size_t>(name.size(), 80));
  while (!name.empty() && name.back() == '-') name.pop_back();
  return name.empty() ? "task" : name;
}

// Attributes hold at most 64 KiB; the settings of a task that carries data may be longer.
std::string task_text(const Settings& task) {
  const std::string text = canonical_text(task);
  return text.size() < 32768 ? text : "digest " + digest(text);
}

// Moves a damaged file out of the way, never over another one.
std::filesystem::path set_aside(const std::filesystem::path& file) {
  std::filesystem::path aside = file.string() + ".bad";
  for (int i = 2; std::filesystem::exists(aside); ++i) {
    aside = fmt::format("{}.{}.bad", file.string(), i);
  }
  std::error_code code;
  std::filesystem::rename(file, aside, code);
  if (code) {
    throw UnavailableError(
        fmt::format("[store] cannot set {} aside: {}", file.string(), code.message()));
  }
  return aside;
}

}  // namespace

std::string digest(std::string_view bytes) {
  const XXH128_hash_t hash = XXH3_128bits(bytes.data(), bytes.size());
  return fmt::format("{:016x}{:016x}", hash.high64, hash.low64);
}

std::string task_id(const std::string& experiment, const Settings& task) {
  return digest(fmt::format("{}; {}; format {}", experiment, canonical_text(task), format_version))
      .substr(0, 16);
}

std::string encoded_task(const TaskHead& head, const Record& record) {
  std::string bytes = hdf5_image(
      record, {{"experiment", head.experiment}, {"task", head.task}, {"build", head.build}});
  const std::string line = signature() + std::string(digest_size, '0') + "\n";
  bytes.replace(0, line.size(), line);
  bytes.replace(signature().size(), digest_size, digest_of_file(bytes));
  return bytes;
}

DecodedTask decoded_task(std::string_view bytes) {
  require(bytes.size() > user_block_size, fmt::format("it is cut off at {} bytes", bytes.size()));
  require(bytes.substr(0, signature().size()) == signature(), "it is no task file of this format");
  require(bytes.substr(signature().size(), digest_size) == digest_of_file(std::string(bytes)),
          "its checksum is wrong");
  Hdf5Contents contents = hdf5_contents(bytes);
  Attributes& text = contents.attributes;
  return {{text["experiment"], text["task"], text["build"]}, std::move(contents.record)};
}

void make_folder(const std::filesystem::path& folder) {
  std::error_code code;
  std::filesystem::create_directories(folder, code);
  if (!code && std::filesystem::is_directory(folder)) return;
  throw UnavailableError(fmt::format("[store] cannot make the folder {}: {}", folder.string(),
                                     code ? code.message() : "a file is in its place"));
}

void remove_leftovers(const std::filesystem::path& folder) {
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(folder, ignored)) {
    const std::string name = entry.path().filename().string();
    const bool leftover = name.front() == '.' && entry.path().extension() == temporary_suffix;
    if (leftover && entry.is_regular_file(ignored)) {
      std::filesystem::remove(entry.path(), ignored);
    }
  }
}

TaskStore::TaskStore(std::filesystem::path folder, Options options)
    : folder_(std::move(folder)), options_(std::move(options)) {
  if (!options_.read_only) {
    make_folder(folder_);
    remove_leftovers(folder_);
  }
  if (!std::filesystem::exists(folder_)) return;
  const std::string ending = fmt::format("-{}.h5", build_digits(options_.build));
  constexpr std::size_t tail = sizeof "-0123456789abcdef-01234567.h5" - 1;
  for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
    const std::string name = entry.path().filename().string();
    if (name.size() <= tail || entry.path().extension() != ".h5") continue;
    if (name.compare(name.size() - ending.size(), ending.size(), ending) == 0) continue;
    others_.emplace(name.substr(name.size() - tail + 1, 16), entry.path());
  }
}

std::filesystem::path TaskStore::path(const TaskSettings& task) const {
  return folder_ / fmt::format("{}-{}-{}.h5", readable(task.label),
                               task_id(options_.experiment, task.settings),
                               build_digits(options_.build));
}

TaskStore::Found TaskStore::read(const TaskSettings& task, const std::filesystem::path& file,
                                 bool any_build) const {
  const std::string bytes = read_file(file);
  try {
    DecodedTask decoded = decoded_task(bytes);
    const TaskHead& head = decoded.head;
    const bool same_task = head.experiment == options_.experiment &&
                           head.task == task_text(task.settings) &&
                           (any_build || head.build == options_.build);
    require(same_task, "it belongs to another task");
    return {std::move(decoded.record), ""};
  } catch (const std::invalid_argument& error) {
    if (options_.read_only) return {std::nullopt, error.what()};
    const std::filesystem::path aside = set_aside(file);
    return {std::nullopt, fmt::format("{} is set aside as {}: {}", file.filename().string(),
                                      aside.filename().string(), error.what())};
  }
}

TaskStore::Found TaskStore::find(const TaskSettings& task) const {
  Found found;
  const std::filesystem::path own = path(task);
  if (std::filesystem::exists(own)) found = read(task, own, false);
  if (!options_.accept_build) return found;
  const auto [first, last] = others_.equal_range(task_id(options_.experiment, task.settings));
  for (auto other = first; other != last && !found.record; ++other) {
    Found next = read(task, other->second, true);
    if (!found.notice.empty() && !next.notice.empty()) found.notice += "; ";
    found.notice += next.notice;
    found.record = std::move(next.record);
  }
  return found;
}

bool TaskStore::has(const TaskSettings& task) const {
  const bool own = std::filesystem::exists(path(task));
  return own ||
         (options_.accept_build && others_.count(task_id(options_.experiment, task.settings)) > 0);
}

bool TaskStore::has_unaccepted(const TaskSettings& task) const {
  return !options_.accept_build && others_.count(task_id(options_.experiment, task.settings)) > 0;
}

void TaskStore::save(const TaskSettings& task, const Record& record) const {
  const TaskHead head{options_.experiment, task_text(task.settings), options_.build};
  write_file(path(task), encoded_task(head, record));
}

}  // namespace wideband
