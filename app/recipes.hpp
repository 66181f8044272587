// What can be run: experiments by name, their recipes, and deck files of the user.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "wideband/experiment/experiment.hpp"
#include "wideband/experiment/toml_deck.hpp"

namespace wideband {

/// The folder of recipes that belongs to this executable: of its source tree or of its
/// installation. Empty if there is none.
std::filesystem::path recipe_folder();

struct Recipe {
  std::string name;         // "quick"
  std::string description;  // its leading comment
};

/// The recipes of an experiment, in alphabetical order.
std::vector<Recipe> recipes_of(const std::string& experiment);

struct Request {
  const Experiment& experiment;
  Deck deck;
};

/// Resolves WHAT (NAME, NAME/DECK or FILE.toml) and the assignments of --set. Throws
/// std::invalid_argument naming the nearest known experiment, deck or key; UnavailableError for a
/// file that cannot be read.
Request requested(const std::string& what, const std::vector<std::string>& assignments);

}  // namespace wideband
