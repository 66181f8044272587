// HDF5 identifiers that close themselves, and the one lock around that library.
#pragma once

#include <cstdint>
#include <mutex>

namespace wideband {

/// The packaged HDF5 library may be called by one thread at a time. Taken before any of its calls.
std::mutex& hdf5_mutex();

/// The result of an HDF5 call. Throws std::invalid_argument naming the call if it is negative.
std::int64_t hdf5_checked(std::int64_t result, const char* call);

/// An identifier (hid_t) that its own function closes. Throws std::invalid_argument naming the call
/// that failed to make it.
class Hdf5Id {
 public:
  Hdf5Id(std::int64_t value, int (*close)(std::int64_t), const char* call);
  Hdf5Id(Hdf5Id&& other) noexcept;
  Hdf5Id& operator=(Hdf5Id&&) = delete;
  ~Hdf5Id();
  operator std::int64_t() const { return value_; }

 private:
  std::int64_t value_;
  int (*close_)(std::int64_t);
};

}  // namespace wideband
