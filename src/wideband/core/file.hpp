// Whole files in, whole files out: reading with clear errors and atomic replacement.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace wideband {

/// The bytes of a file. Throws UnavailableError with the path and the system's reason.
std::string read_file(const std::filesystem::path& path);

/// Replaces `path` by `bytes` atomically: temporary name in the same folder, fsync, rename, fsync
/// of the folder. After a crash at any moment `path` holds either its old or its new content.
/// Throws UnavailableError (unwritable folder, full disk) and then removes the temporary file.
void write_file(const std::filesystem::path& path, std::string_view bytes);

/// Ends every temporary name that write_file uses; leftovers of a killed process carry it.
inline constexpr std::string_view temporary_suffix = ".part";

}  // namespace wideband
