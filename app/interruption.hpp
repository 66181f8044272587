// Ctrl-C: the first asks the run to stop and ends the program soon, the second ends it at once.
#pragma once

#include <atomic>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

namespace wideband {

/// Lets the signals of interruption wait for an Interruption. A command calls it before it starts
/// any thread; without it they end the program as usual.
void hold_interruptions();

/// While it lives, a signal sets stop(), prints `message`, and ends the program with status 130 if
/// it has not ended by itself within a second and a half, after `farewell`. `tick` is called a few
/// times a second.
class Interruption {
 public:
  Interruption(std::string message, std::function<void()> tick,
               std::function<void()> farewell = {});
  Interruption(const Interruption&) = delete;
  Interruption& operator=(const Interruption&) = delete;
  ~Interruption();

  const std::atomic<bool>& stop() const { return stop_; }

 private:
  void watch();

  std::string message_;
  std::function<void()> tick_, farewell_;
  std::atomic<bool> stop_{false};
  std::atomic<bool> over_{false};
  std::thread watcher_;
};

}  // namespace wideband
