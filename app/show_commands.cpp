// `wideband list`, `describe`, `doctor` and `help`: what there is to run, and what it runs on.
#include <cmath>
#include <cstdio>

#include <fmt/format.h>

#include "command_line.hpp"
#include "commands.hpp"
#include "exit_codes.hpp"
#include "pages.hpp"
#include "recipes.hpp"
#include "wideband/core/error.hpp"
#include "wideband/experiment/build_identity.hpp"
#include "wideband/experiment/doctor.hpp"
#include "wideband/experiment/installation.hpp"
#include "wideband/experiment/registry.hpp"

namespace wideband {
namespace {

std::string bounds_text(const Field& field) {
  std::string text;
  if (std::isfinite(field.minimum)) {
    text += fmt::format(" {} {}", field.exclusive ? ">" : ">=", field.minimum);
  }
  if (std::isfinite(field.maximum)) text += fmt::format(" <= {}", field.maximum);
  for (const std::string& choice : field.choices) text += " " + choice;
  return text.empty() ? "" : " (" + text.substr(1) + ")";
}

CompletionWords completion_words() {
  CompletionWords words;
  for (const Experiment& experiment : experiments()) {
    words.runs.push_back(experiment.name);
    for (const Recipe& recipe : recipes_of(experiment.name)) {
      words.runs.push_back(experiment.name + "/" + recipe.name);
    }
    for (const Setting& setting : experiment.defaults) {
      words.keys[experiment.name].push_back(setting.key);
    }
  }
  return words;
}

void print_recipes(const std::string& experiment) {
  for (const Recipe& recipe : recipes_of(experiment)) {
    fmt::print("  {}/{}: {}\n", experiment, recipe.name, recipe.description);
  }
}

}  // namespace

int list_command() {
  for (const Experiment& experiment : experiments()) {
    fmt::print("{}: {}\n", experiment.name, experiment.summary);
    print_recipes(experiment.name);
  }
  return exit_done;
}

int describe_command(const Arguments& arguments) {
  const Experiment& experiment = experiment_named(arguments.name);
  fmt::print("{}: {}\n\nkeys (for decks and --set), with their defaults\n", experiment.name,
             experiment.summary);
  for (const Setting& setting : experiment.defaults) {
    fmt::print("  {} = {}\n      {}{}\n", setting.key, toml_text(setting.value),
               setting.field.meaning, bounds_text(setting.field));
  }
  fmt::print("\nprotocol of the defaults\n");
  for (const Fact& fact : experiment.protocol(experiment.defaults)) {
    fmt::print("  {}: {}\n", fact.name, fact.value);
  }
  fmt::print("\nrecipes\n");
  print_recipes(experiment.name);
  return exit_done;
}

int doctor_command() {
  for (const auto& [name, value] : installation()) fmt::print("{:<12} {}\n", name, value);
  fmt::print("\n");
  bool sound = true;
  for (const Check& check : self_tests()) {
    fmt::print("{:<6} {}: {}\n", check.passed ? "ok" : "FAILED", check.name, check.detail);
    sound = sound && check.passed;
  }
  if (!sound) throw UnavailableError("[doctor] this installation computes wrong numbers");
  return exit_done;
}

int help_command(const Arguments& arguments, const CLI::App& app) {
  if (arguments.topic.empty()) {
    fmt::print("{}", app.help());
  } else if (arguments.topic == "exit-codes") {
    for (const auto& [status, meaning] : exit_meanings())
      fmt::print("{:>4}  {}\n", status, meaning);
  } else if (arguments.topic == "man") {
    fmt::print("{}", manual_page(app, build_identity().version, exit_meanings()));
  } else if (arguments.topic == "completion") {
    fmt::print("{}", bash_completion(app, completion_words()));
  } else {
    const std::string nearest = nearest_name(arguments.topic, {"exit-codes", "man", "completion"});
    throw std::invalid_argument(fmt::format("[help] unknown topic \"{}\"{}", arguments.topic,
                                            nearest.empty()
                                                ? ", expected exit-codes, man or completion"
                                                : fmt::format(", did you mean \"{}\"?", nearest)));
  }
  return exit_done;
}

}  // namespace wideband
