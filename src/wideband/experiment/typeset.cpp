#include "wideband/experiment/typeset.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <string_view>
#include <utility>

namespace wideband {
namespace {

using Pair = std::pair<std::string_view, std::string_view>;

constexpr std::array words = std::to_array<Pair>(
    {{"alpha", "α"},  {"beta", "β"},  {"gamma", "γ"}, {"delta", "δ"},  {"epsilon", "ε"},
     {"eta", "η"},    {"theta", "θ"}, {"kappa", "κ"}, {"lambda", "λ"}, {"mu", "μ"},
     {"nu", "ν"},     {"pi", "π"},    {"rho", "ρ"},   {"sigma", "σ"},  {"tau", "τ"},
     {"phi", "φ"},    {"psi", "ψ"},   {"omega", "ω"}, {"Delta", "Δ"},  {"Theta", "Θ"},
     {"Lambda", "Λ"}, {"Sigma", "Σ"}, {"Phi", "Φ"},   {"Omega", "Ω"},  {"sqrt", "√"}});

constexpr std::array symbols =
    std::to_array<Pair>({{"<=", "≤"}, {">=", "≥"}, {"!=", "≠"}, {"+-", "±"}, {"->", "→"}});

bool letter(char c) {
  return std::isalpha(static_cast<unsigned char>(c)) != 0;
}

bool word_character(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0;
}

// The length of the UTF-8 sequence that starts with `c`.
std::size_t sequence_length(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0xC0 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

std::string_view replacement(std::string_view word) {
  const auto found = std::find_if(words.begin(), words.end(),
                                  [word](const Pair& pair) { return pair.first == word; });
  return found == words.end() ? word : found->second;
}

class Parser {
 public:
  explicit Parser(const std::string& text) : text_(text) {}

  std::vector<Run> runs() {
    while (at_ < text_.size()) step();
    return std::move(runs_);
  }

 private:
  void emit(std::string_view piece, Level level = Level::normal) {
    if (runs_.empty() || runs_.back().level != level) runs_.push_back({"", level});
    runs_.back().text += piece;
  }

  std::string_view rest() const { return std::string_view(text_).substr(at_); }

  void step() {
    const char c = text_[at_];
    if (letter(c)) return identifier();
    if (rest().substr(0, 2) == "^_") return hat();
    if ((c == '_' || c == '^') && at_ > 0 && text_[at_ - 1] != ' ' && script()) return;
    for (const auto& [plain, symbol] : symbols) {
      if (rest().substr(0, 2) == plain) {
        emit(symbol);
        at_ += 2;
        return;
      }
    }
    if (c == '-' && negative_sign()) return sign();
    const std::size_t length = sequence_length(c);
    emit(rest().substr(0, length));
    at_ += length;
  }

  // P^_k: a hat, written as a combining circumflex.
  void hat() {
    emit("\u0302");
    ++at_;
  }

  bool negative_sign() const {
    const bool opens = at_ == 0 || std::string_view(" (=[").find(text_[at_ - 1]) < 4;
    return opens && at_ + 1 < text_.size() && text_[at_ + 1] != ' ' && text_[at_ + 1] != '-';
  }

  void sign() {
    emit("−");
    ++at_;
  }

  // A word, or a name with underscores: symbol_subscript is typeset, other names stay.
  void identifier() {
    std::size_t end = at_;
    while (end < text_.size() && word_character(text_[end])) ++end;
    const std::string_view word = rest().substr(0, end - at_);
    std::size_t name_end = end;
    while (name_end < text_.size() && (word_character(text_[name_end]) || text_[name_end] == '_')) {
      ++name_end;
    }
    const std::string_view tail = rest().substr(word.size(), name_end - end);
    const bool symbol = word.size() == 1 || replacement(word) != word || tail.size() == 2;
    if (!tail.empty() && (tail.rfind('_') != 0 || !symbol) && tail != "_") {
      emit(rest().substr(0, name_end - at_));
      at_ = name_end;
      return;
    }
    emit(word_with_leading_symbol(word));
    at_ = end;
  }

  // "sqrt2" is a root and a number.
  static std::string word_with_leading_symbol(std::string_view word) {
    std::size_t letters = 0;
    while (letters < word.size() && letter(word[letters])) ++letters;
    return std::string(replacement(word.substr(0, letters))) + std::string(word.substr(letters));
  }

  // After _ or ^: a group in braces or parentheses, or a word with an optional sign.
  bool script() {
    const Level level = text_[at_] == '_' ? Level::sub : Level::sup;
    const std::string_view after = rest().substr(1);
    if (after.empty()) return false;
    if (after.front() == '{' || after.front() == '(') return group(after, level);
    std::size_t length = after.front() == '-' ? 1 : 0;
    while (length < after.size() && word_character(after[length])) ++length;
    if (length == 0 || after.substr(0, length) == "-") return false;
    emit_script(after.substr(0, length), level);
    at_ += 1 + length;
    return true;
  }

  bool group(std::string_view after, Level level) {
    const char open = after.front();
    const char close = open == '{' ? '}' : ')';
    int depth = 0;
    for (std::size_t i = 0; i < after.size(); ++i) {
      depth += after[i] == open ? 1 : after[i] == close ? -1 : 0;
      if (depth > 0) continue;
      const std::string_view inside = after.substr(1, i - 1);
      const bool bare = open == '{' || inside.find_first_of("+-/ 0123456789") != inside.npos;
      emit_script(bare ? inside : after.substr(0, i + 1), level);
      at_ += i + 2;
      return true;
    }
    return false;
  }

  void emit_script(std::string_view inside, Level level) {
    for (const Run& run : Parser(std::string(inside)).runs()) emit(run.text, level);
  }

  const std::string text_;
  std::size_t at_ = 0;
  std::vector<Run> runs_;
};

}  // namespace

std::vector<Run> typeset(const std::string& text) {
  return Parser(text).runs();
}

std::string escaped(const std::string& text) {
  std::string result;
  for (const char c : text) {
    switch (c) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&quot;";
        break;
      case '\'':
        result += "&#39;";
        break;
      default:
        result += c;
    }
  }
  return result;
}

std::string typeset_html(const std::string& text) {
  std::string html;
  for (const Run& run : typeset(text)) {
    const std::string inside = escaped(run.text);
    html += run.level == Level::normal ? inside
            : run.level == Level::sub  ? "<sub>" + inside + "</sub>"
                                       : "<sup>" + inside + "</sup>";
  }
  return html;
}

}  // namespace wideband
