// Preloaded into `wideband`: the N-th write, fsync, rename or truncation is where it dies or fails.
//
//   WIDEBAND_FAULT_AT=N       which call, counted over all threads from 1
//   WIDEBAND_FAULT=kill       SIGKILL in front of the call; of a write, half is written before
//   WIDEBAND_FAULT=full       this call and all later ones fail with ENOSPC
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <dlfcn.h>
#include <unistd.h>

namespace {

std::atomic<long> calls{0};

// A forked child, in which the OpenMP of LLVM makes such calls before it becomes another program,
// is not the process that must die.
const pid_t owner = ::getpid();

template <class Function>
Function next(const char* name) {
  return reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name));
}

long fault_at() {
  static const long at = [] {
    const char* text = std::getenv("WIDEBAND_FAULT_AT");
    const bool ours = std::strcmp(program_invocation_short_name, "wideband") == 0;
    return text != nullptr && ours ? std::atol(text) : 0L;
  }();
  return at;
}

enum class Fault { none, kill, full };

Fault fault_now() {
  if (fault_at() == 0 || ::getpid() != owner) return Fault::none;
  const long call = ++calls;
  const char* kind = std::getenv("WIDEBAND_FAULT");
  const bool full = kind != nullptr && std::strcmp(kind, "full") == 0;
  if (full) return call >= fault_at() ? Fault::full : Fault::none;
  return call == fault_at() ? Fault::kill : Fault::none;
}

// Whether the call must fail; does not return if it is where the process dies.
bool fails() {
  const Fault fault = fault_now();
  if (fault == Fault::kill) ::kill(::getpid(), SIGKILL);
  if (fault == Fault::full) errno = ENOSPC;
  return fault == Fault::full;
}

}  // namespace

extern "C" {

ssize_t write(int descriptor, const void* bytes, size_t count) {
  static const auto original = next<ssize_t (*)(int, const void*, size_t)>("write");
  if (descriptor <= STDERR_FILENO) return original(descriptor, bytes, count);
  const Fault fault = fault_now();
  if (fault == Fault::kill) {
    static_cast<void>(!original(descriptor, bytes, count / 2));
    ::kill(::getpid(), SIGKILL);
  }
  if (fault == Fault::full) {
    errno = ENOSPC;
    return -1;
  }
  return original(descriptor, bytes, count);
}

ssize_t pwrite(int descriptor, const void* bytes, size_t count, off_t offset) {
  static const auto original = next<ssize_t (*)(int, const void*, size_t, off_t)>("pwrite");
  return fails() ? -1 : original(descriptor, bytes, count, offset);
}

int ftruncate(int descriptor, off_t size) noexcept {
  static const auto original = next<int (*)(int, off_t)>("ftruncate");
  return fails() ? -1 : original(descriptor, size);
}

int fsync(int descriptor) {
  static const auto original = next<int (*)(int)>("fsync");
  return fails() ? -1 : original(descriptor);
}

int rename(const char* from, const char* to) noexcept {
  static const auto original = next<int (*)(const char*, const char*)>("rename");
  return fails() ? -1 : original(from, to);
}

}  // extern "C"
