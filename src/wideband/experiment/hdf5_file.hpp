// A record as the bytes of an HDF5 file, and back; everything happens in memory.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "wideband/experiment/record.hpp"

namespace wideband {

/// Text attributes of the root group, by name.
using Attributes = std::map<std::string, std::string>;

struct Hdf5Contents {
  Record record;
  Attributes attributes;
};

/// Room at the front of the file that HDF5 skips; the caller fills it.
inline constexpr std::size_t user_block_size = 512;

/// An HDF5 file with one float64 dataset per array, preceded by a user block of zeros. Equal
/// arguments give equal bytes: nothing in it depends on time or place.
std::string hdf5_image(const Record& record, const Attributes& attributes);

/// What hdf5_image wrote. Throws std::invalid_argument for bytes that hold no such file.
Hdf5Contents hdf5_contents(std::string_view image);

}  // namespace wideband
