#include "wideband/experiment/hdf5_id.hpp"

#include <stdexcept>
#include <type_traits>
#include <utility>

#include <fmt/format.h>
#include <hdf5.h>

namespace wideband {

static_assert(std::is_same_v<hid_t, std::int64_t> && std::is_same_v<herr_t, int>);

std::mutex& hdf5_mutex() {
  // A file that could not be written stays open inside of the library, whose own cleanup at the end
  // of the program would try again and crash.
  static const bool no_cleanup = H5dont_atexit() >= 0;
  static_cast<void>(no_cleanup);
  static std::mutex mutex;
  return mutex;
}

std::int64_t hdf5_checked(std::int64_t result, const char* call) {
  if (result < 0) throw std::invalid_argument(fmt::format("[hdf5] {} failed", call));
  return result;
}

Hdf5Id::Hdf5Id(std::int64_t value, int (*close)(std::int64_t), const char* call)
    : value_(hdf5_checked(value, call)), close_(close) {}

Hdf5Id::Hdf5Id(Hdf5Id&& other) noexcept
    : value_(std::exchange(other.value_, -1)), close_(other.close_) {}

Hdf5Id::~Hdf5Id() {
  if (value_ >= 0) close_(value_);
}

}  // namespace wideband
