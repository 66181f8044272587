// Sets of angles on the unit circle: the equispaced grid, independent samples, a user's file.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "wideband/core/types.hpp"
#include "wideband/random/key.hpp"

namespace wideband {

/// The equispaced grid g_i = 2 pi i/n, i = 0, ..., n-1. Throws std::invalid_argument if n < 1.
Vector grid_angles(Index n);

/// n independent uniform angles of [0, 2pi), ascending. A pure function of (key, n).
Vector random_angles(Index n, const Key& key);

/// An angle taken modulo 2pi, into [0, 2pi).
double wrapped_angle(double g);

/// Angles in radians from text with one real number per line, taken modulo 2pi and sorted. Empty
/// lines and lines that begin with # are skipped.
///
/// name     stands for the text in messages, which name the line and the column (from 1)
/// throws   std::invalid_argument on anything but one finite number per line, and if there is none
Vector parsed_angles(std::string_view text, const std::string& name);

/// parsed_angles of a file's content. Throws UnavailableError if the file cannot be read.
Vector angles_from_file(const std::filesystem::path& path);

}  // namespace wideband
