#include "job_display.hpp"

#include <algorithm>
#include <utility>

#include "tell.hpp"
#include "wideband/core/file.hpp"
#include "wideband/experiment/kernel_job.hpp"

namespace wideband {
namespace {

constexpr std::chrono::seconds status_interval{1};
constexpr std::chrono::seconds line_interval{60};
constexpr std::chrono::milliseconds bar_interval{100};

}  // namespace

JobDisplay::JobDisplay(std::string command, ProgressDisplay::Style style,
                       std::filesystem::path status)
    : command_(std::move(command)), style_(style), status_(std::move(status)) {}

void JobDisplay::update(const Progress& progress) {
  const std::lock_guard<std::mutex> lock(mutex_);
  last_ = progress;
  const auto now = Clock::now();
  if (now - stated_ >= status_interval) {
    write_status(progress);
    stated_ = now;
  }
  const auto interval = style_ == ProgressDisplay::Style::bar
                            ? std::chrono::duration_cast<Clock::duration>(bar_interval)
                            : std::chrono::duration_cast<Clock::duration>(line_interval);
  if (style_ == ProgressDisplay::Style::none || now - lined_ < interval) return;
  draw(progress);
  lined_ = now;
}

void JobDisplay::write_status(const Progress& progress) {
  if (!status_.empty()) write_file(status_, progress_json(progress));
}

void JobDisplay::draw(const Progress& progress) {
  const double share = progress.total > 0 ? progress.done / progress.total : 0;
  const std::string left = progress.seconds_left > 0
                               ? fmt::format(", {} left", duration_text(progress.seconds_left))
                               : "";
  if (style_ == ProgressDisplay::Style::bar) {
    tell("\r{} {}{}\x1b[K", progress_bar(share), progress.phase, left);
    std::fflush(stderr);
    drawn_ = true;
  } else {
    tell("[{}] {}: {:.0f} %{}\n", command_, progress.phase, 100 * share, left);
  }
}

void JobDisplay::clear() {
  if (drawn_) tell("\r\x1b[K");
  drawn_ = false;
}

void JobDisplay::note(const std::string& text) {
  const std::lock_guard<std::mutex> lock(mutex_);
  clear();
  tell("{}\n", text);
}

void JobDisplay::finish() {
  const std::lock_guard<std::mutex> lock(mutex_);
  clear();
  write_status({"done", 1, 1, 0});
}

}  // namespace wideband
