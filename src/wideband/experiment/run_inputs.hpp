// Files that a deck names, kept in the folder of its run, so that the run depends on itself alone.
#pragma once

#include <filesystem>

#include "wideband/experiment/toml_deck.hpp"

namespace wideband {

/// The deck with every named file (Field::file) replaced by its copy in `folder`/inputs, where
/// there is one.
Deck with_stored_inputs(Deck deck, const std::filesystem::path& folder);

/// Copies the files that the deck names to `folder`/inputs, atomically. A copy that is there stays.
/// Throws std::invalid_argument if its file has changed since then, or if two files share a name.
void store_inputs(const Deck& deck, const std::filesystem::path& folder);

}  // namespace wideband
