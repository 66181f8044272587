// What a run leaves that must have the same bits however it was computed.
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "wideband/core/file.hpp"

namespace wideband::test {

/// Every file of a run by its path, but the lock, the manifest (it holds wall times) and damaged
/// files set aside.
inline std::map<std::string, std::string> run_contents(const std::filesystem::path& folder) {
  std::map<std::string, std::string> contents;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    const bool left_out =
        name == ".lock" || name == "manifest.json" || entry.path().extension() == ".bad";
    if (left_out || !entry.is_regular_file()) continue;
    contents[entry.path().lexically_relative(folder).string()] = read_file(entry.path());
  }
  return contents;
}

/// "" if two runs have the same bits, else the names of the files that differ or are missing.
inline std::string differing_files(const std::map<std::string, std::string>& a,
                                   const std::map<std::string, std::string>& b) {
  std::string names;
  for (const auto& [name, bytes] : a) {
    const auto other = b.find(name);
    if (other == b.end() || other->second != bytes) names += name + " ";
  }
  for (const auto& [name, bytes] : b) {
    if (a.count(name) == 0) names += name + " ";
  }
  return names;
}

}  // namespace wideband::test
