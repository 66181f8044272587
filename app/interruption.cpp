#include "interruption.hpp"

#include <chrono>
#include <csignal>
#include <cstdio>
#include <ctime>
#include <unistd.h>
#include <utility>

#include <fmt/format.h>

#include "exit_codes.hpp"
#include "tell.hpp"

namespace wideband {
namespace {

sigset_t interruptions() {
  sigset_t set;
  sigemptyset(&set);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&set, signal);
  return set;
}

// Whether a signal arrives within `milliseconds`.
bool signal_within(long milliseconds) {
  const sigset_t set = interruptions();
  const timespec limit{milliseconds / 1000, milliseconds % 1000 * 1000000};
  return sigtimedwait(&set, nullptr, &limit) > 0;
}

}  // namespace

void hold_interruptions() {
  const sigset_t set = interruptions();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
}

Interruption::Interruption(std::string message, std::function<void()> tick,
                           std::function<void()> farewell)
    : message_(std::move(message)),
      tick_(std::move(tick)),
      farewell_(std::move(farewell)),
      watcher_([this] { watch(); }) {}

Interruption::~Interruption() {
  over_ = true;
  ::pthread_kill(watcher_.native_handle(), SIGHUP);  // or it would sleep on
  watcher_.join();
}

void Interruption::watch() {
  while (!signal_within(100)) {
    if (over_) return;
    if (tick_) tick_();
  }
  if (over_) return;
  stop_ = true;
  tell("{}\n", message_);
  for (int waited = 0; waited < 15 && !over_; ++waited) {
    if (signal_within(100)) break;
  }
  if (over_) return;
  if (farewell_) farewell_();
  ::_exit(exit_interrupted);  // tasks still run; what they store is stored atomically
}

}  // namespace wideband
