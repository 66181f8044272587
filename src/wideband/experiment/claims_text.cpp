#include "wideband/experiment/claims_text.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <sstream>

#include <fmt/format.h>

namespace wideband {
namespace {

constexpr std::size_t verdict_width = 14;
constexpr std::size_t kind_width = 8;

// Code points, which is columns for the Latin and Greek letters that claims are written in.
std::size_t columns(const std::string& text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0u) != 0x80u;
  }));
}

std::vector<std::string> wrapped(const std::string& text, std::size_t width) {
  std::vector<std::string> lines;
  std::istringstream words(text);
  std::string word;
  while (words >> word) {
    if (lines.empty() || columns(lines.back()) + 1 + columns(word) > width) {
      lines.push_back(word);
    } else {
      lines.back() += ' ' + word;
    }
  }
  return lines;
}

std::string colored(Verdict verdict, const std::string& text, bool color) {
  if (!color) return text;
  const char* code = verdict == Verdict::holds ? "32" : verdict == Verdict::fails ? "1;31" : "33";
  return fmt::format("\033[{}m{}\033[0m", code, text);
}

// Decimals that show two digits of `error`.
int decimals_for(double error) {
  return std::clamp(1 - static_cast<int>(std::floor(std::log10(error))), 0, 300);
}

// A value as long as its error bar allows, both in one notation.
std::string with_error(double value, double error) {
  const bool plain = std::isfinite(error) && error > 1e-6 && std::abs(value) < 1e6;
  if (!plain) return fmt::format("{:.4g} +- {:.2g}", value, error);
  return fmt::format("{0:.{2}f} +- {1:.{2}f}", value, error, decimals_for(error));
}

const char* relation_text(Relation relation) {
  switch (relation) {
    case Relation::equal:
      return "predicted";
    case Relation::at_most:
      return "at most predicted";
    case Relation::at_least:
      return "at least predicted";
  }
  return "";
}

void append_claim(std::string& text, const Claim& claim, const TextOptions& options) {
  const Judgement judgement = judge(claim);
  const std::string verdict = fmt::format("{:<{}}", to_string(judgement.verdict), verdict_width);
  text += colored(judgement.verdict, verdict, options.color);
  text += fmt::format("{:<{}}", to_string(claim.kind), kind_width);
  const std::string indent(verdict_width + kind_width, ' ');
  const std::size_t room = std::max<std::size_t>(options.width, 40) - indent.size();
  bool first = true;
  for (const std::string& line : wrapped(claim.statement, room)) {
    text += (first ? "" : indent) + line + '\n';
    first = false;
  }
  const std::string detail =
      claim.finding.empty() ? decisive_text(claim, judgement) : claim.finding;
  for (const std::string& line : wrapped(detail, room - 2)) {
    text += indent + "  " + (options.color ? "\033[2m" + line + "\033[0m" : line) + '\n';
  }
}

}  // namespace

std::string comparison_text(const Comparison& comparison) {
  const char* relation = relation_text(comparison.relation);
  if (comparison.repetitions > 0) {
    return fmt::format("{} measured, {} {:.4g}",
                       with_error(comparison.measured, comparison.standard_error), relation,
                       comparison.predicted);
  }
  const double difference = std::abs(comparison.measured - comparison.predicted);
  if (comparison.relation == Relation::equal && difference < 1e-3 * std::abs(comparison.predicted))
    return fmt::format("{:.6g}, off by {:.2g}", comparison.predicted, difference);
  return fmt::format("{:.4g} measured, {} {:.4g}", comparison.measured, relation,
                     comparison.predicted);
}

std::string decisive_text(const Claim& claim, const Judgement& judgement) {
  const Comparison& worst = claim.comparisons[judgement.worst];
  const std::size_t count = claim.comparisons.size();
  std::string text = comparison_text(worst);
  if (!worst.label.empty()) text = fmt::format("{}: {}", worst.label, text);
  if (judgement.verdict == Verdict::inconclusive) {
    text += worst.repetitions > 0
                ? fmt::format("; the error bar of {:.3g} standard errors, {:.2g}, is too long",
                              critical_value(worst.repetitions, count), allowance(worst, count))
                : fmt::format("; the rounding bound {:.2g} is too large", allowance(worst, count));
  }
  return text;
}

std::string verdict_count_text(const std::vector<Claim>& claims) {
  std::array<std::size_t, 3> counts{};
  for (const Claim& claim : claims) ++counts[static_cast<std::size_t>(judge(claim).verdict)];
  const auto part = [](std::size_t count, const char* one, const char* several) {
    return count == 0 ? "" : fmt::format(", {} {}", count, count == 1 ? one : several);
  };
  const std::string text = part(counts[0], "holds", "hold") + part(counts[1], "fails", "fail") +
                           part(counts[2], "is inconclusive", "are inconclusive");
  return text.empty() ? "no claims" : text.substr(2);
}

std::string claims_text(const std::vector<Claim>& claims, const TextOptions& options) {
  std::string text;
  for (const Claim& claim : claims) append_claim(text, claim, options);
  return text + verdict_count_text(claims) + '\n';
}

}  // namespace wideband
