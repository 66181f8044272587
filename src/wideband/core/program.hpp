// Programs that are looked up at run time.
#pragma once

#include <filesystem>
#include <string>

namespace wideband {

/// The first executable file of this name in the folders of PATH, or "" if there is none. A name
/// with a slash is itself the file.
std::filesystem::path program_on_path(const std::string& name);

}  // namespace wideband
