// Shows how far `kernel` and `predict` are: a bar or lines on stderr, and the file of --status.
#pragma once

#include <chrono>
#include <filesystem>
#include <mutex>
#include <string>

#include "progress.hpp"
#include "wideband/kernel/kernel.hpp"

namespace wideband {

/// Methods may be called from any thread.
class JobDisplay {
 public:
  /// `status` is the file to keep up to date, or empty.
  JobDisplay(std::string command, ProgressDisplay::Style style, std::filesystem::path status);

  /// Throws UnavailableError if the status file cannot be written.
  void update(const Progress& progress);
  /// A line of its own above the bar.
  void note(const std::string& text);
  /// Ends the bar and says in the status file that all is done.
  void finish();

 private:
  using Clock = std::chrono::steady_clock;

  void write_status(const Progress& progress);
  void draw(const Progress& progress);
  void clear();

  std::string command_;
  ProgressDisplay::Style style_;
  std::filesystem::path status_;
  std::mutex mutex_;
  Progress last_;
  Clock::time_point lined_ = Clock::now();
  Clock::time_point stated_ = Clock::now() - std::chrono::hours(1);
  bool drawn_ = false;
};

}  // namespace wideband
