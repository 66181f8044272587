// Decks: TOML text and --set assignments, resolved over an experiment's defaults into its points.
#pragma once

#include <string>
#include <vector>

#include "wideband/experiment/settings.hpp"

namespace wideband {

/// Values that one key takes along an axis.
struct Swept {
  std::string key;
  std::vector<Value> values;
};

/// A deck with every default filled in. Decks of equal contents are equal here, however they were
/// written: an axis of one value is a plain value, a [[zip]] of one key is a sweep.
struct Deck {
  std::string experiment;
  Settings settings;  // every key; a swept one holds its first value
  /// The points are all combinations of the axes, the last one running fastest. The keys of an axis
  /// advance together. [sweep] gives an axis for each of its keys (in the order of the settings),
  /// then every [[zip]] table gives one.
  std::vector<std::vector<Swept>> axes;
};

/// The value of the key `experiment`, or "" if the deck does not name one. `source` is the file
/// that messages name. Throws std::invalid_argument for text that is no TOML.
std::string deck_experiment(const std::string& text, const std::string& source);

/// The comment at the head of a deck as one paragraph.
std::string deck_description(const std::string& text);

/// Resolves text over `defaults`, and `assignments` ("key=value") over both. In an assignment the
/// value is TOML, a bare word is a string; it also replaces a sweep of its key. An integer serves
/// where a number is wanted, a scalar where a list is wanted is a list of one.
///
/// throws   std::invalid_argument naming file, line and nearest known key for an unknown key, a
///          value of another type or outside the bounds of its field, lists of unequal lengths in
///          a [[zip]], a key that is given twice, another experiment, or more than 10000 points
Deck read_deck(const std::string& experiment, const Settings& defaults, const std::string& text,
               const std::string& source, const std::vector<std::string>& assignments);

/// Every point of the deck, resolved; at least one.
std::vector<Settings> points(const Deck& deck);

/// config.toml: all keys with their meanings as comments; read_deck reads an equal deck from it.
std::string config_text(const Deck& deck);

/// One line of text that determines the deck; the folder's default name is hashed from it.
std::string canonical_text(const Deck& deck);

/// Names the first key in which two decks differ, with both values; "" if there is none.
std::string first_difference(const Deck& mine, const Deck& theirs);

}  // namespace wideband
