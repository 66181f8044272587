// Opens a file of the user for reading in blocks.
#pragma once

#include <filesystem>
#include <istream>
#include <memory>

namespace wideband {

/// A seekable stream over a file; what is no regular file (a pipe) is read whole first. Throws
/// UnavailableError with the path and the system's reason.
std::unique_ptr<std::istream> input_stream(const std::filesystem::path& path);

}  // namespace wideband
