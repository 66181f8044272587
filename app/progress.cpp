#include "progress.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <unistd.h>

#include <fmt/format.h>

#include "tell.hpp"

namespace wideband {
namespace {

constexpr double line_interval = 10;  // seconds

}  // namespace

std::string progress_bar(double share) {
  constexpr int width = 24;
  const int full = static_cast<int>(std::clamp(share, 0.0, 1.0) * width);
  return fmt::format("[{}{}]", std::string(static_cast<std::size_t>(full), '#'),
                     std::string(static_cast<std::size_t>(width - full), '.'));
}

double seconds_left(const RunProgress& progress) {
  if (!(progress.done_cost > 0) || !(progress.seconds > 0)) return -1;
  const double rate = progress.done_cost / progress.seconds;
  return std::max(0.0, progress.total_cost - progress.done_cost) / rate;
}

std::string duration_text(double seconds) {
  const auto whole = static_cast<long>(std::ceil(seconds));
  if (whole < 60) return fmt::format("{} s", whole);
  if (whole < 3600) return fmt::format("{} min {} s", whole / 60, whole % 60);
  return fmt::format("{} h {} min", whole / 3600, whole % 3600 / 60);
}

ProgressDisplay::Style ProgressDisplay::style_of_terminal(bool quiet) {
  if (quiet) return Style::none;
  const char* kind = std::getenv("TERM");
  const bool plain = kind == nullptr || std::string(kind) == "dumb";
  return ::isatty(STDERR_FILENO) == 1 && !plain ? Style::bar : Style::lines;
}

std::string ProgressDisplay::text(double since_update) const {
  const double left = seconds_left(progress_);
  const std::string eta =
      left < 0 ? "" : fmt::format(", {} left", duration_text(std::max(0.0, left - since_update)));
  return fmt::format("{} of {} tasks{}", progress_.done, progress_.total, eta);
}

void ProgressDisplay::clear() {
  if (drawn_) tell("\r\x1b[K");
  drawn_ = false;
}

void ProgressDisplay::draw(bool last) {
  const auto now = Clock::now();
  const double since_update = std::chrono::duration<double>(now - updated_).count();
  if (style_ == Style::bar) {
    const double share = progress_.total_cost > 0
                             ? progress_.done_cost / progress_.total_cost
                             : static_cast<double>(progress_.done) /
                                   static_cast<double>(std::max<Index>(1, progress_.total));
    tell("\r{} {}\x1b[K", progress_bar(share), text(since_update));
    std::fflush(stderr);
    drawn_ = true;
    return;
  }
  const bool due = std::chrono::duration<double>(now - written_).count() >= line_interval;
  if (!due && !last) return;
  tell("{}\n", text(since_update));
  written_ = now;
}

void ProgressDisplay::update(const RunProgress& progress) {
  if (style_ == Style::none) return;
  const std::lock_guard<std::mutex> lock(mutex_);
  progress_ = progress;
  begun_ = true;
  updated_ = Clock::now();
  draw(progress.done == progress.total);
}

void ProgressDisplay::tick() {
  if (style_ == Style::none) return;
  const std::lock_guard<std::mutex> lock(mutex_);
  if (begun_ && progress_.done < progress_.total) draw(false);
}

void ProgressDisplay::note(const std::string& text) {
  const std::lock_guard<std::mutex> lock(mutex_);
  clear();
  tell("{}\n", text);
}

void ProgressDisplay::finish() {
  const std::lock_guard<std::mutex> lock(mutex_);
  clear();
  begun_ = false;
}

}  // namespace wideband
