// Shows how far a run is: a bar with the time left on a terminal, a line per interval otherwise.
#pragma once

#include <chrono>
#include <mutex>
#include <string>

#include "wideband/experiment/runner.hpp"

namespace wideband {

/// Expected seconds until the end, from what the tasks have cost so far; negative while unknown.
double seconds_left(const RunProgress& progress);

/// "12 s", "3 min 20 s", "2 h 5 min".
std::string duration_text(double seconds);

/// "[######............]".
std::string progress_bar(double share);

/// Writes to stderr. Methods may be called from any thread.
class ProgressDisplay {
 public:
  enum class Style { none, lines, bar };

  explicit ProgressDisplay(Style style) : style_(style) {}

  /// The style for stderr as it is.
  static Style style_of_terminal(bool quiet);

  void update(const RunProgress& progress);
  /// Redraws the bar, or writes a line if the last one is older than the interval.
  void tick();
  /// Writes a line of its own above the bar.
  void note(const std::string& text);
  /// Ends the bar's line.
  void finish();

 private:
  using Clock = std::chrono::steady_clock;

  void draw(bool last);
  void clear();
  std::string text(double since_update) const;

  Style style_;
  std::mutex mutex_;
  RunProgress progress_;
  bool begun_ = false;
  bool drawn_ = false;
  Clock::time_point updated_ = Clock::now();
  Clock::time_point written_ = Clock::now();
};

}  // namespace wideband
