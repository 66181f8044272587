// Files that appear together: written under temporary names, renamed when all are whole.
#pragma once

#include <deque>
#include <filesystem>
#include <mutex>
#include <string>
#include <string_view>

namespace wideband {

/// The files of one command. Until publish() has renamed them, nothing is seen under their own
/// names; without it nothing is left.
class OutputFiles {
 public:
  OutputFiles() = default;
  OutputFiles(const OutputFiles&) = delete;
  OutputFiles& operator=(const OutputFiles&) = delete;
  ~OutputFiles();

  /// One file, written piece by piece.
  class File {
   public:
    /// Throws UnavailableError with the system's reason.
    void append(std::string_view bytes);

   private:
    friend class OutputFiles;
    File(std::filesystem::path path, std::filesystem::path temporary, int descriptor)
        : path_(std::move(path)), temporary_(std::move(temporary)), descriptor_(descriptor) {}
    std::filesystem::path path_, temporary_;
    int descriptor_;
  };

  /// Begins a file. Throws UnavailableError where the folder is missing or may not be written.
  File& add(const std::filesystem::path& path);

  /// Begins a file that another library writes under the returned temporary name.
  std::filesystem::path add_foreign(const std::filesystem::path& path);

  /// Removes what is not yet published; for a program that ends at once. From any thread.
  void abandon();

  /// Syncs every file, then renames all, in place of what was there. Throws UnavailableError with
  /// the system's reason.
  void publish();

 private:
  std::mutex mutex_;
  std::deque<File> files_;
};

}  // namespace wideband
