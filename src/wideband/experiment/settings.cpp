#include "wideband/experiment/settings.hpp"

#include <algorithm>
#include <cmath>
#include <type_traits>

#include <fmt/format.h>

#include "wideband/core/error.hpp"

namespace wideband {
namespace {

std::string text_of(bool value) {
  return value ? "true" : "false";
}

std::string text_of(Index value) {
  return fmt::format("{}", value);
}

// Shortest digits that read back equal, with a point so that it stays a float.
std::string text_of(double value) {
  std::string text = fmt::format("{}", value);
  const bool looks_integer = text.find_first_not_of("-0123456789") == std::string::npos;
  return looks_integer ? text + ".0" : text;
}

std::string text_of(const std::string& value) {
  std::string text = "\"";
  for (const char c : value) {
    if (c == '"' || c == '\\') {
      text += {'\\', c};
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
      text += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    } else {
      text += c;
    }
  }
  return text + "\"";
}

template <class T>
std::string text_of(const std::vector<T>& values) {
  std::string text = "[";
  for (std::size_t i = 0; i < values.size(); ++i) text += (i ? ", " : "") + text_of(values[i]);
  return text + "]";
}

std::string bound(double value) {
  return fmt::format("{}", value);
}

template <class Number>
void check_bounds(const Setting& setting, Number number) {
  const Field& field = setting.field;
  const auto value = static_cast<double>(number);
  const auto refuse = [&](const std::string& expected) {
    throw std::invalid_argument(
        fmt::format("\"{}\" is {}, expected {}", setting.key, text_of(number), expected));
  };
  if (!std::isfinite(value)) refuse("a finite number");
  const bool low = field.exclusive ? !(value > field.minimum) : !(value >= field.minimum);
  if (low) refuse((field.exclusive ? "more than " : "at least ") + bound(field.minimum));
  if (!(value <= field.maximum)) refuse("at most " + bound(field.maximum));
}

void check(const Setting&, bool) {}

void check(const Setting& setting, Index value) {
  check_bounds(setting, value);
}

void check(const Setting& setting, double value) {
  check_bounds(setting, value);
}

void check(const Setting& setting, const std::string& value) {
  const std::vector<std::string>& choices = setting.field.choices;
  if (choices.empty() || std::count(choices.begin(), choices.end(), value) > 0) return;
  const std::string nearest = nearest_name(value, choices);
  std::string words;
  for (const std::string& word : choices) words += (words.empty() ? "" : ", ") + text_of(word);
  throw std::invalid_argument(
      fmt::format("\"{}\" is {}, expected one of {}{}", setting.key, text_of(value), words,
                  nearest.empty() ? "" : fmt::format("; did you mean \"{}\"?", nearest)));
}

template <class T>
void check(const Setting& setting, const std::vector<T>& values) {
  require(!values.empty(), fmt::format("\"{}\" is an empty list", setting.key));
  for (std::size_t i = 0; i < values.size(); ++i) {
    check(setting, values[i]);
    const auto before = values.begin() + static_cast<std::ptrdiff_t>(i);
    require(std::find(values.begin(), before, values[i]) == before,
            fmt::format("\"{}\" has {} twice", setting.key, text_of(values[i])));
  }
}

}  // namespace

const Value& value_of(const Settings& settings, const std::string& key) {
  for (const Setting& setting : settings) {
    if (setting.key == key) return setting.value;
  }
  throw std::invalid_argument(fmt::format("[settings] there is no key \"{}\"", key));
}

void validate(const Settings& settings) {
  for (const Setting& setting : settings) {
    std::visit([&](const auto& value) { check(setting, value); }, setting.value);
  }
}

std::string toml_text(const Value& value) {
  return std::visit([](const auto& held) { return text_of(held); }, value);
}

std::string canonical_text(const Settings& settings) {
  std::string text;
  for (const Setting& setting : settings) {
    text +=
        fmt::format("{}{} = {}", text.empty() ? "" : "; ", setting.key, toml_text(setting.value));
  }
  return text;
}

}  // namespace wideband
