#include "recipes.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "wideband/core/error.hpp"
#include "wideband/core/file.hpp"
#include "wideband/experiment/registry.hpp"

namespace wideband {
namespace {

namespace fs = std::filesystem;

bool is_file(const std::string& what) {
  return what.size() > 5 && what.compare(what.size() - 5, 5, ".toml") == 0;
}

Request from_file(const fs::path& file, const std::vector<std::string>& assignments) {
  const std::string text = read_file(file);
  const std::string name = deck_experiment(text, file.string());
  require(!name.empty(), fmt::format("[run] {} does not say which experiment it is of: add a line "
                                     "experiment = \"NAME\"",
                                     file.string()));
  const Experiment& experiment = experiment_named(name);
  return {experiment, read_deck(name, experiment.defaults, text, file.string(), assignments)};
}

Request from_recipe(const Experiment& experiment, const std::string& deck,
                    const std::vector<std::string>& assignments) {
  std::vector<std::string> names;
  for (const Recipe& recipe : recipes_of(experiment.name)) names.push_back(recipe.name);
  if (std::count(names.begin(), names.end(), deck) == 0) {
    const std::string nearest = nearest_name(deck, names);
    const std::string hint =
        nearest.empty() ? fmt::format("; `wideband describe {}` lists its decks", experiment.name)
                        : fmt::format(", did you mean \"{}\"?", nearest);
    throw std::invalid_argument(
        fmt::format("[run] unknown deck \"{}\" of {}{}", deck, experiment.name, hint));
  }
  const fs::path file = recipe_folder() / experiment.name / (deck + ".toml");
  return {experiment, read_deck(experiment.name, experiment.defaults, read_file(file),
                                file.string(), assignments)};
}

}  // namespace

fs::path recipe_folder() {
  std::error_code code;
  const fs::path program = fs::read_symlink("/proc/self/exe", code);
  const fs::path folder = program.parent_path();
  for (const char* place : {"../share/wideband/recipes", "../../recipes"}) {
    const fs::path candidate = (folder / place).lexically_normal();
    if (!code && fs::is_directory(candidate)) return candidate;
  }
  return {};
}

std::vector<Recipe> recipes_of(const std::string& experiment) {
  std::vector<Recipe> list;
  const fs::path folder = recipe_folder();
  if (folder.empty()) return list;
  std::error_code missing;
  for (const auto& entry : fs::directory_iterator(folder / experiment, missing)) {
    if (entry.path().extension() != ".toml") continue;
    list.push_back({entry.path().stem().string(), deck_description(read_file(entry.path()))});
  }
  std::sort(list.begin(), list.end(),
            [](const Recipe& a, const Recipe& b) { return a.name < b.name; });
  return list;
}

Request requested(const std::string& what, const std::vector<std::string>& assignments) {
  if (is_file(what)) return from_file(what, assignments);
  const std::size_t slash = what.find('/');
  const Experiment& experiment = experiment_named(what.substr(0, slash));
  if (slash != std::string::npos) {
    return from_recipe(experiment, what.substr(slash + 1), assignments);
  }
  return {experiment, read_deck(experiment.name, experiment.defaults, "", "", assignments)};
}

}  // namespace wideband
