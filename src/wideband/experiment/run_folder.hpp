// The folder of a run: whose configuration it holds, and who may write to it now.
#pragma once

#include <filesystem>
#include <string>

#include "wideband/experiment/toml_deck.hpp"

namespace wideband {

/// runs/<experiment>-<8 digits of the hash of the resolved deck>.
std::filesystem::path default_folder(const Deck& deck);

/// The experiment whose run `folder` holds. Throws std::invalid_argument if it holds none.
std::string stored_experiment(const std::filesystem::path& folder);

/// The deck that `folder`/config.toml holds, of an experiment with these defaults.
Deck stored_deck(const std::filesystem::path& folder, const std::string& experiment,
                 const Settings& defaults);

/// Holds a folder for writing while it lives: an flock on FOLDER/.lock, which the system drops when
/// the process ends in whatever way.
class RunFolder {
 public:
  /// Makes the folder, or takes one that is empty or holds the same deck, and writes config.toml.
  ///
  /// throws   std::invalid_argument naming the first differing key, or if something else is there;
  ///          UnavailableError if it cannot be made or another process (named) holds it
  RunFolder(std::filesystem::path path, const Deck& deck, const Settings& defaults);
  RunFolder(const RunFolder&) = delete;
  RunFolder& operator=(const RunFolder&) = delete;
  ~RunFolder();

  const std::filesystem::path& path() const { return path_; }

 private:
  void lock();

  std::filesystem::path path_;
  int lock_ = -1;
};

}  // namespace wideband
