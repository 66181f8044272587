#include "wideband/experiment/toml_deck.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <sstream>
#include <string_view>

#include <fmt/format.h>
#include <toml++/toml.h>

#include "wideband/core/error.hpp"

namespace wideband {
namespace {

constexpr std::size_t most_points = 10000;

// Where a value stands, for messages.
struct Place {
  std::string source;
  toml::source_index line = 0;  // 0: no line, as in an assignment
};

[[noreturn]] void fail(const Place& place, const std::string& message) {
  const std::string line = place.line > 0 ? fmt::format(":{}", place.line) : "";
  throw std::invalid_argument(fmt::format("[deck] {}{}: {}", place.source, line, message));
}

Place place_of(const toml::node& node, const std::string& source) {
  return {source, node.source().begin.line};
}

toml::table parsed(const std::string& text, const std::string& source) {
  try {
    return toml::parse(std::string_view(text));
  } catch (const toml::parse_error& error) {
    fail({source, error.source().begin.line}, std::string(error.description()));
  }
}

std::string described(const toml::node& node) {
  if (const auto text = node.value_exact<std::string>()) return fmt::format("\"{}\"", *text);
  if (const auto number = node.value_exact<int64_t>()) return fmt::format("{}", *number);
  if (const auto number = node.value_exact<double>()) return fmt::format("{}", *number);
  if (const auto truth = node.value_exact<bool>()) return *truth ? "true" : "false";
  if (node.is_array()) return "a list";
  return node.is_table() ? "a table" : "a date or time";
}

std::optional<bool> scalar(const toml::node& node, const bool*) {
  return node.value_exact<bool>();
}

std::optional<Index> scalar(const toml::node& node, const Index*) {
  return node.value_exact<int64_t>();
}

std::optional<double> scalar(const toml::node& node, const double*) {
  if (const auto whole = node.value_exact<int64_t>()) return static_cast<double>(*whole);
  return node.value_exact<double>();
}

std::optional<std::string> scalar(const toml::node& node, const std::string*) {
  return node.value_exact<std::string>();
}

template <class T>
std::optional<std::vector<T>> scalar(const toml::node& node, const std::vector<T>*) {
  std::vector<T> list;
  if (!node.is_array()) {
    const auto single = scalar(node, static_cast<const T*>(nullptr));
    if (!single) return std::nullopt;
    return std::vector<T>{*single};
  }
  for (const toml::node& element : *node.as_array()) {
    const auto value = scalar(element, static_cast<const T*>(nullptr));
    if (!value) return std::nullopt;
    list.push_back(*value);
  }
  return list;
}

std::string wanted(const Value& value) {
  static const char* const names[] = {"true or false",    "an integer",         "a number",
                                      "a string",         "a list of integers", "a list of numbers",
                                      "a list of strings"};
  return names[value.index()];
}

// The node as a value of the setting's type, within its bounds.
Value converted(const toml::node& node, const Setting& setting, const Place& place) {
  return std::visit(
      [&](const auto& held) -> Value {
        const auto value = scalar(node, &held);
        if (!value) {
          fail(place, fmt::format("\"{}\" is {}, expected {}", setting.key, described(node),
                                  wanted(setting.value)));
        }
        try {
          validate(Settings{{setting.key, *value, setting.field}});
        } catch (const std::invalid_argument& error) {
          fail(place, error.what());
        }
        return *value;
      },
      setting.value);
}

Setting* find(Settings& settings, std::string_view key) {
  const auto found = std::find_if(settings.begin(), settings.end(),
                                  [&](const Setting& setting) { return setting.key == key; });
  return found == settings.end() ? nullptr : &*found;
}

Setting& known(Settings& settings, std::string_view key, const Place& place) {
  if (Setting* found = find(settings, key)) return *found;
  std::vector<std::string> names;
  for (const Setting& setting : settings) names.push_back(setting.key);
  const std::string nearest = nearest_name(std::string(key), names);
  fail(place, fmt::format("unknown key \"{}\"{}", key,
                          nearest.empty() ? "; `wideband describe` lists the keys"
                                          : fmt::format(", did you mean \"{}\"?", nearest)));
}

// One deck while it is read.
class Reader {
 public:
  Reader(Deck& deck, const std::string& source) : deck_(deck), source_(source) {}

  void read(const toml::table& root) {
    for (const auto& [key, node] : root) {
      const Place place = place_of(node, source_);
      if (key == "experiment") {
        read_experiment(node, place);
      } else if (key == "sweep") {
        if (!node.is_table()) fail(place, "\"sweep\" is a table: write [sweep]");
        for (const auto& [name, values] : *node.as_table()) {
          deck_.axes.push_back({swept(name.str(), values)});
        }
      } else if (key == "zip") {
        read_zips(node, place);
      } else {
        Setting& setting = known(deck_.settings, key.str(), place);
        use(setting.key, place);
        setting.value = converted(node, setting, place);
      }
    }
  }

 private:
  void read_experiment(const toml::node& node, const Place& place) const {
    if (node.value_exact<std::string>() == deck_.experiment) return;
    fail(place, fmt::format("the deck is of experiment {}, expected \"{}\"", described(node),
                            deck_.experiment));
  }

  void read_zips(const toml::node& node, const Place& place) {
    if (!node.is_array_of_tables()) fail(place, "\"zip\" is a list of tables: write [[zip]]");
    for (const toml::node& table : *node.as_array()) {
      std::vector<Swept> axis;
      for (const auto& [name, values] : *table.as_table()) {
        axis.push_back(swept(name.str(), values));
        if (axis.back().values.size() == axis.front().values.size()) continue;
        fail(place_of(values, source_),
             fmt::format("the lists of a [[zip]] run side by side: \"{}\" has {} values, \"{}\" {}",
                         axis.front().key, axis.front().values.size(), axis.back().key,
                         axis.back().values.size()));
      }
      if (!axis.empty()) deck_.axes.push_back(std::move(axis));
    }
  }

  Swept swept(std::string_view key, const toml::node& node) {
    const Place place = place_of(node, source_);
    Setting& setting = known(deck_.settings, key, place);
    use(setting.key, place);
    Swept result{setting.key, {}};
    if (!node.is_array()) {
      result.values.push_back(converted(node, setting, place));
      return result;
    }
    for (const toml::node& element : *node.as_array()) {
      result.values.push_back(converted(element, setting, place_of(element, source_)));
    }
    if (result.values.empty()) fail(place, fmt::format("\"{}\" sweeps over nothing", key));
    return result;
  }

  void use(const std::string& key, const Place& place) {
    if (!used_.insert(key).second) fail(place, fmt::format("\"{}\" is given twice", key));
  }

  Deck& deck_;
  const std::string& source_;
  std::set<std::string> used_;
};

// The table {key = value} of an assignment; a text that is no TOML value is a string if it is one
// word.
toml::table assigned(const std::string& key, const std::string& text, const Place& place) {
  const auto single = [&](const std::string& value) -> std::optional<toml::table> {
    try {
      toml::table table = toml::parse("value = " + value);
      return table.size() == 1 ? std::optional(std::move(table)) : std::nullopt;
    } catch (const toml::parse_error&) {
      return std::nullopt;
    }
  };
  const bool one_line = text.find('\n') == std::string::npos;
  if (auto table = one_line ? single(text) : std::nullopt) return *table;
  const bool bare =
      one_line && !text.empty() && std::string("[{\"' ").find(text[0]) == std::string::npos;
  if (bare) {
    if (auto table = single(toml_text(text))) return *table;
  }
  fail(place, fmt::format("the value of \"{}\" is neither a TOML value nor a bare word", key));
}

void drop_axis_key(Deck& deck, const std::string& key) {
  for (auto& axis : deck.axes) {
    axis.erase(std::remove_if(axis.begin(), axis.end(),
                              [&](const Swept& swept) { return swept.key == key; }),
               axis.end());
  }
}

void assign(Deck& deck, const std::string& assignment) {
  const Place place{"--set " + assignment};
  const std::size_t equals = assignment.find('=');
  if (equals == std::string::npos || equals == 0) fail(place, "expected key=value");
  const std::string key = assignment.substr(0, equals);
  Setting& setting = known(deck.settings, key, place);
  const toml::table table = assigned(key, assignment.substr(equals + 1), place);
  setting.value = converted(*table.get("value"), setting, place);
  drop_axis_key(deck, key);
}

std::size_t order_in(const Settings& settings, const std::string& key) {
  std::size_t i = 0;
  while (settings[i].key != key) ++i;
  return i;
}

// Brings axes into the one form that equal decks share.
void normalize(Deck& deck) {
  const auto order = [&](const Swept& swept) { return order_in(deck.settings, swept.key); };
  for (auto& axis : deck.axes) {
    std::sort(axis.begin(), axis.end(),
              [&](const Swept& a, const Swept& b) { return order(a) < order(b); });
    for (const Swept& swept : axis) find(deck.settings, swept.key)->value = swept.values.front();
    if (!axis.empty() && axis.front().values.size() == 1) axis.clear();
  }
  deck.axes.erase(std::remove_if(deck.axes.begin(), deck.axes.end(),
                                 [](const auto& axis) { return axis.empty(); }),
                  deck.axes.end());
  const auto first_zip = std::stable_partition(deck.axes.begin(), deck.axes.end(),
                                               [](const auto& axis) { return axis.size() == 1; });
  std::sort(deck.axes.begin(), first_zip,
            [&](const auto& a, const auto& b) { return order(a.front()) < order(b.front()); });
}

std::string list_text(const std::vector<Value>& values) {
  std::string text = "[";
  for (std::size_t i = 0; i < values.size(); ++i) text += (i ? ", " : "") + toml_text(values[i]);
  return text + "]";
}

// What the deck says of a key: its value, or the values it is swept over.
std::string said_of(const Deck& deck, const Setting& setting) {
  for (const auto& axis : deck.axes) {
    for (const Swept& swept : axis) {
      if (swept.key == setting.key) return "swept over " + list_text(swept.values);
    }
  }
  return toml_text(setting.value);
}

bool is_swept(const Deck& deck, const std::string& key) {
  return std::any_of(deck.axes.begin(), deck.axes.end(), [&](const auto& axis) {
    return std::any_of(axis.begin(), axis.end(), [&](const Swept& s) { return s.key == key; });
  });
}

std::string axes_text(const Deck& deck) {
  std::string text;
  bool in_sweep = false;
  for (const auto& axis : deck.axes) {
    if (axis.size() > 1) {
      text += "\n[[zip]]\n";
    } else if (!in_sweep) {
      text += "\n[sweep]\n";
      in_sweep = true;
    }
    for (const Swept& swept : axis) {
      text += fmt::format("{} = {}\n", swept.key, list_text(swept.values));
    }
  }
  return text;
}

}  // namespace

std::string deck_experiment(const std::string& text, const std::string& source) {
  const toml::table root = parsed(text, source);
  const toml::node* node = root.get("experiment");
  if (node == nullptr) return "";
  if (const auto name = node->value_exact<std::string>()) return *name;
  fail(place_of(*node, source), "\"experiment\" is " + described(*node) + ", expected a string");
}

std::string deck_description(const std::string& text) {
  std::istringstream lines(text);
  std::string paragraph;
  for (std::string line; std::getline(lines, line) && !line.empty() && line[0] == '#';) {
    const std::size_t begin = line.find_first_not_of("# ");
    if (begin == std::string::npos) continue;
    if (!paragraph.empty()) paragraph += ' ';
    paragraph += line.substr(begin);
  }
  return paragraph;
}

Deck read_deck(const std::string& experiment, const Settings& defaults, const std::string& text,
               const std::string& source, const std::vector<std::string>& assignments) {
  Deck deck{experiment, defaults, {}};
  Reader(deck, source).read(parsed(text, source));
  for (const std::string& assignment : assignments) assign(deck, assignment);
  normalize(deck);
  std::size_t count = 1;
  for (const auto& axis : deck.axes) {
    count *= axis.front().values.size();
    require(count <= most_points,
            fmt::format("[deck] {}: more than {} points", source, most_points));
  }
  return deck;
}

std::vector<Settings> points(const Deck& deck) {
  std::vector<Settings> list{deck.settings};
  for (const auto& axis : deck.axes) {
    std::vector<Settings> longer;
    for (const Settings& point : list) {
      for (std::size_t i = 0; i < axis.front().values.size(); ++i) {
        longer.push_back(point);
        for (const Swept& swept : axis) find(longer.back(), swept.key)->value = swept.values[i];
      }
    }
    list = std::move(longer);
  }
  return list;
}

std::string config_text(const Deck& deck) {
  std::string text = fmt::format(
      "# The resolved configuration of this run: every key with its meaning. It is a deck itself.\n"
      "experiment = {}\n",
      toml_text(deck.experiment));
  for (const Setting& setting : deck.settings) {
    text += fmt::format("\n# {}\n", setting.field.meaning);
    text += is_swept(deck, setting.key)
                ? fmt::format("# {} is {}\n", setting.key, said_of(deck, setting))
                : fmt::format("{} = {}\n", setting.key, toml_text(setting.value));
  }
  return text + axes_text(deck);
}

std::string canonical_text(const Deck& deck) {
  std::string text = deck.experiment + ": " + canonical_text(deck.settings);
  for (const auto& axis : deck.axes) {
    text += " |";
    for (const Swept& swept : axis) {
      text += fmt::format(" {} = {};", swept.key, list_text(swept.values));
    }
  }
  return text;
}

std::string first_difference(const Deck& mine, const Deck& theirs) {
  if (mine.experiment != theirs.experiment) {
    return fmt::format("experiment is \"{}\", there it is \"{}\"", mine.experiment,
                       theirs.experiment);
  }
  for (std::size_t i = 0; i < mine.settings.size(); ++i) {
    const std::string here = said_of(mine, mine.settings[i]);
    const std::string there = said_of(theirs, theirs.settings[i]);
    if (here != there) return fmt::format("{} is {}, there {}", mine.settings[i].key, here, there);
  }
  return canonical_text(mine) == canonical_text(theirs) ? "" : "sweep and zip tables differ";
}

}  // namespace wideband
