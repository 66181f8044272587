// Results for other programs: one HDF5 file, or .npy and .csv files with the rest beside them in
// JSON.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "wideband/core/output_files.hpp"
#include "wideband/experiment/hdf5_store.hpp"

namespace wideband {

/// The path without its extension, and `suffix` behind it: "xx.npy", "_ntk.npy" -> "xx_ntk.npy".
std::filesystem::path beside(const std::filesystem::path& path, std::string_view suffix);

/// Every array, text and attribute into one HDF5 file.
void add_hdf5(OutputFiles& files, const std::filesystem::path& path, const Hdf5Output& results);

/// One array as .npy, C order, little endian.
void add_npy(OutputFiles& files, const std::filesystem::path& path, const ArrayView& array);

/// One matrix as .csv, 17 digits, no header.
void add_csv(OutputFiles& files, const std::filesystem::path& path, const ArrayView& array);

/// Attributes, texts and arrays as one JSON object, arrays as nested lists. JSON has no infinite
/// numbers: they are the strings "inf" and "-inf", NaN is null. An attribute whose text is a JSON
/// object ("options") stays one.
std::string json_text(const Hdf5Output& results);
void add_json(OutputFiles& files, const std::filesystem::path& path, const Hdf5Output& results);

}  // namespace wideband
