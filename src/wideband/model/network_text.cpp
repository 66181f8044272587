// Reads the text form of a network; its declaration is in architecture.hpp.
#include <charconv>
#include <optional>

#include <fmt/format.h>

#include "wideband/core/error.hpp"
#include "wideband/model/architecture.hpp"
#include "wideband/model/layer_table.hpp"

namespace wideband {
namespace {

constexpr int deepest = 64;  // paths within paths

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

std::optional<double> number_of(std::string_view word) {
  if (word.size() > 1 && word[0] == '+' && word[1] != '-') word.remove_prefix(1);
  double number = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
  const bool whole = error == std::errc() && end == word.data() + word.size();
  return whole ? std::optional(number) : std::nullopt;
}

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  Architecture read() {
    Architecture net;
    net.parameterization = read_parameterization();
    net.layers = read_path(0);
    if (!at_end()) fail(at_, fmt::format("unexpected \"{}\", expected \"|\"", text_[at_]));
    return net;
  }

 private:
  [[noreturn]] void fail(std::size_t at, const std::string& message) const {
    throw std::invalid_argument(fmt::format("[net] column {}: {}", at + 1, message));
  }

  // Runs `action` and puts the column in front of what it complains about.
  template <class Action>
  auto placed(std::size_t at, Action&& action) const {
    try {
      return action();
    } catch (const std::invalid_argument& error) {
      fail(at, error.what());
    } catch (const UnavailableError& error) {
      throw UnavailableError(fmt::format("[net] column {}: {}", at + 1, error.what()));
    }
  }

  bool at_end() {
    while (at_ < text_.size() && is_space(text_[at_])) ++at_;
    return at_ == text_.size();
  }
  bool next_is(char c) { return !at_end() && text_[at_] == c; }
  bool take(char c) {
    if (!next_is(c)) return false;
    ++at_;
    return true;
  }
  void expect(char c, const std::string& context) {
    if (take(c)) return;
    fail(at_, fmt::format("expected \"{}\" {}{}", c, context,
                          at_end() ? ", got the end" : fmt::format(", got \"{}\"", text_[at_])));
  }

  // Letters, digits, and what numbers are made of; empty at a separator.
  std::string_view word() {
    at_end();
    const std::size_t begin = at_;
    while (at_ < text_.size() && !is_space(text_[at_]) &&
           std::string_view("|;(),=:").find(text_[at_]) == std::string_view::npos) {
      ++at_;
    }
    return text_.substr(begin, at_ - begin);
  }

  Parameterization read_parameterization() {
    at_end();
    const std::size_t begin = at_;
    const std::string name(word());
    if (!take(':')) {
      at_ = begin;
      return Parameterization::ntk;
    }
    return placed(begin, [&] { return parameterization_of(printable(name)); });
  }

  Layers read_path(int depth) {
    if (depth > deepest) fail(at_, fmt::format("more than {} paths within paths", deepest));
    Layers path;
    do {
      Layers layers = read_layer(depth);
      path.insert(path.end(), layers.begin(), layers.end());
    } while (take('|'));
    return path;
  }

  Layers read_layer(int depth) {
    at_end();
    const std::size_t begin = at_;
    const std::string name(word());
    if (name.empty()) {
      fail(begin, at_end() ? std::string("expected a layer, got the end")
                           : fmt::format("expected a layer, got \"{}\"", text_[at_]));
    }
    if (name == "residual") return {residual(read_paths(begin, name, 1, depth).front())};
    if (name == "sum") return {{Branches{Join::sum, read_paths(begin, name, 2, depth)}}};
    if (name == "concat") return {{Branches{Join::concat, read_paths(begin, name, 2, depth)}}};
    const auto keys = placed(begin, [&] { return layer_keys(printable(name)); });
    if (next_is('(')) fail(at_, fmt::format("{} holds no paths", name));
    return read_values(begin, name, keys);
  }

  // "(" path {";" path} ")": exactly one path, or at least two.
  std::vector<Layers> read_paths(std::size_t begin, const std::string& name, std::size_t wanted,
                                 int depth) {
    expect('(', "after " + name);
    std::vector<Layers> paths;
    do paths.push_back(read_path(depth + 1));
    while (take(';'));
    expect(')', fmt::format("at the end of {}", name));
    if (wanted == 1 && paths.size() > 1) {
      fail(begin, fmt::format("residual holds one path, got {}", paths.size()));
    }
    if (paths.size() < wanted) fail(begin, name + " holds two paths or more, separated by \";\"");
    return paths;
  }

  Layers read_values(std::size_t begin, const std::string& name,
                     const std::vector<LayerKey>& keys) {
    std::vector<LayerValue> values;
    while (!at_end() && std::string_view("|;)").find(text_[at_]) == std::string_view::npos) {
      const std::size_t start = at_;
      const std::string first(word());
      if (first.empty()) fail(start, fmt::format("unexpected \"{}\"", text_[at_]));
      const bool has_key = take('=');
      std::string key = has_key ? first : next_key(start, name, keys, values);
      if (has_key) check_key(start, first, name, values);
      values.push_back({std::move(key), {}});
      values.back().numbers = has_key ? read_numbers(word_here()) : read_numbers({start, first});
    }
    return placed(begin, [&] { return layer_of(name, values); });
  }

  struct Word {
    std::size_t at;
    std::string text;
  };
  Word word_here() {
    at_end();
    const std::size_t begin = at_;
    return {begin, std::string(word())};
  }

  std::vector<double> read_numbers(const Word& first) {
    if (first.text == "none" && !next_is(',')) return {};
    std::vector<double> numbers{read_number(first)};
    while (take(',')) numbers.push_back(read_number(word_here()));
    return numbers;
  }

  double read_number(const Word& word) const {
    const auto number = number_of(word.text);
    if (!number) {
      fail(word.at, word.text.empty() ? std::string("expected a number")
                                      : fmt::format("\"{}\" is no number", printable(word.text)));
    }
    return *number;
  }

  // The first key that has no value yet.
  std::string next_key(std::size_t at, const std::string& name, const std::vector<LayerKey>& keys,
                       const std::vector<LayerValue>& values) const {
    for (const LayerKey& key : keys) {
      if (!has(values, key.name)) return key.name;
    }
    fail(at, keys.empty() ? fmt::format("{} takes no values; layers are separated by \"|\"", name)
                          : fmt::format("{} takes no more than {} values", name, keys.size()));
  }

  void check_key(std::size_t at, const std::string& key, const std::string& name,
                 const std::vector<LayerValue>& values) const {
    placed(at, [&] { check_layer_key(name, key); });
    if (has(values, key)) fail(at, fmt::format("\"{}\" is given twice", key));
  }

  static bool has(const std::vector<LayerValue>& values, const std::string& key) {
    for (const LayerValue& value : values) {
      if (value.key == key) return true;
    }
    return false;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

Architecture parse_architecture(std::string_view text) {
  return Reader(text).read();
}

}  // namespace wideband
