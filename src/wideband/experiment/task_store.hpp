// The folder of task files: a record is stored under the hash of everything it depends on.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "wideband/experiment/build_identity.hpp"
#include "wideband/experiment/experiment.hpp"

namespace wideband {

/// 32 hexadecimal digits of the 128-bit XXH3 of `bytes`.
std::string digest(std::string_view bytes);

/// 16 digits that identify a task: experiment, resolved task settings, format of the file.
std::string task_id(const std::string& experiment, const Settings& task);

/// What a task file holds besides its numbers.
struct TaskHead {
  std::string experiment;
  std::string task;   // canonical text of the settings, or its digest if it is long
  std::string build;  // of the program that wrote it
};

/// The bytes of a task file: an HDF5 file whose user block carries a checksum of every other byte.
std::string encoded_task(const TaskHead& head, const Record& record);

struct DecodedTask {
  TaskHead head;
  Record record;
};

/// Reads encoded_task back. Throws std::invalid_argument saying what is wrong (truncated, altered,
/// no task file).
DecodedTask decoded_task(std::string_view bytes);

/// The task files of one run. Methods may be called for different tasks at the same time.
class TaskStore {
 public:
  struct Options {
    std::string experiment;
    std::string build = to_string(build_identity());
    bool accept_build = false;  // also use records that another build has computed
    bool read_only = false;     // create, remove and set aside nothing
  };

  /// Creates `folder` if it is missing, and removes what killed writers have left in it (not if
  /// read_only).
  TaskStore(std::filesystem::path folder, Options options);

  struct Found {
    std::optional<Record> record;
    std::string notice;  // says what was wrong with a file, which is now set aside as NAME.bad
  };

  /// The stored record of a task, if there is one that is whole.
  Found find(const TaskSettings& task) const;

  /// Whether there is a file for the task that find would read, whole or not.
  bool has(const TaskSettings& task) const;
  /// Whether there is one of another build that find leaves alone.
  bool has_unaccepted(const TaskSettings& task) const;

  /// Stores a record atomically. Throws UnavailableError.
  void save(const TaskSettings& task, const Record& record) const;

  /// tasks/<label>-<id>-<build>.h5
  std::filesystem::path path(const TaskSettings& task) const;

 private:
  Found read(const TaskSettings& task, const std::filesystem::path& file, bool any_build) const;

  std::filesystem::path folder_;
  Options options_;
  std::multimap<std::string, std::filesystem::path> others_;  // by task id, of another build
};

/// Makes a folder and its parents. Throws UnavailableError.
void make_folder(const std::filesystem::path& folder);

/// Removes the temporary files that killed writers have left in `folder`.
void remove_leftovers(const std::filesystem::path& folder);

}  // namespace wideband
