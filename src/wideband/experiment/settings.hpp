// One list of fields per config struct; every reader and writer of settings goes through it.
#pragma once

#include <limits>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "wideband/core/types.hpp"

namespace wideband {

/// What a key may hold. Seeds and counts are Index, list-valued keys are values, not sweeps.
using Value = std::variant<bool, Index, double, std::string, std::vector<Index>,
                           std::vector<double>, std::vector<std::string>>;

/// What is known of a key besides its value; bounds and choices apply to each element of a list.
struct Field {
  std::string meaning;  // one line: what it is, with its unit or formula
  double minimum = -std::numeric_limits<double>::infinity();
  bool exclusive = false;  // the minimum itself is refused
  double maximum = std::numeric_limits<double>::infinity();
  std::vector<std::string> choices = {};  // the words allowed; empty: any
  bool file = false;                      // the word names a file, of which a run keeps a copy
};

struct Setting {
  std::string key;
  Value value;
  Field field;
};

/// The resolved keys of a config or of a task, in the order of its visit_fields.
using Settings = std::vector<Setting>;

// A config struct C takes part through one function, found by its argument:
//
//   template <class Visitor>
//   void visit_fields(SpectrumConfig& config, Visitor&& visit) {
//     visit("sizes", config.sizes, Field{.meaning = "grid sizes n", .minimum = 4});
//     visit("cutoff", config.cutoff, Field{.meaning = "largest frequency k", .minimum = 0});
//   }

/// The fields of `config` as values.
template <class Config>
Settings settings_of(Config config) {
  Settings list;
  visit_fields(config, [&](const char* key, auto& member, Field field) {
    list.push_back({key, Value(member), std::move(field)});
  });
  return list;
}

/// The value of `key`. Throws std::invalid_argument if there is no such key.
const Value& value_of(const Settings& settings, const std::string& key);

/// The struct whose fields are `settings` (every key present, types equal: what settings_of wrote,
/// or what a deck was resolved to). Throws std::invalid_argument otherwise.
template <class Config>
Config config_from(const Settings& settings) {
  Config config;
  visit_fields(config, [&](const char* key, auto& member, const Field&) {
    using Member = std::remove_reference_t<decltype(member)>;
    const Value& value = value_of(settings, key);
    if (!std::holds_alternative<Member>(value)) {
      throw std::invalid_argument(std::string("[config_from] \"") + key + "\" has another type");
    }
    member = std::get<Member>(value);
  });
  return config;
}

/// Throws std::invalid_argument naming key, value and bound of the first field outside its bounds
/// or choices, NaN, an empty list, or one that holds a value twice.
void validate(const Settings& settings);

/// The value as TOML writes it; numbers read back equal.
std::string toml_text(const Value& value);

/// One line of text that determines the settings (key order, 17 digits): what ids are hashed from.
std::string canonical_text(const Settings& settings);

}  // namespace wideband
