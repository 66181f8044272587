#include "wideband/experiment/report.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "wideband/experiment/claims_text.hpp"
#include "wideband/experiment/figure_svg.hpp"
#include "wideband/experiment/report_style.hpp"
#include "wideband/experiment/typeset.hpp"

namespace wideband {
namespace {

constexpr std::size_t inline_budget = 8'000'000;  // bytes of figures that stand in the page
constexpr std::size_t shown_rows = 8;             // of a table
constexpr std::size_t shown_comparisons = 200;    // of a claim; claims.json has all

struct KindText {
  ClaimKind kind;
  const char* heading;
  const char* meaning;
};

constexpr std::array kinds = {
    KindText{ClaimKind::law, "Laws",
             "Identities. They hold to rounding or, where chance is involved, within the sampling "
             "error."},
    KindText{ClaimKind::theory, "Theory", "A formula or a bound predicts what is measured."},
    KindText{ClaimKind::open, "Open questions",
             "No theory decides here; the measurement does, and either verdict is a result."}};

const char* mark_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::holds:
      return "✓";
    case Verdict::fails:
      return "✗";
    case Verdict::inconclusive:
      return "?";
  }
  return "";
}

std::string chip(Verdict verdict) {
  return fmt::format("<span class=\"chip {0}\">{1} {0}</span>", to_string(verdict),
                     mark_of(verdict));
}

std::string short_number(double value) {
  if (std::isnan(value)) return "not a number";
  if (std::isinf(value)) return value > 0 ? "∞" : "−∞";
  std::string text = fmt::format("{:.6g}", value);
  const std::size_t exponent = text.find('e');
  if (exponent != std::string::npos) {
    const int power = std::stoi(text.substr(exponent + 1));
    text = fmt::format("{}·10<sup>{}</sup>", text.substr(0, exponent), power);
  }
  for (std::size_t at = text.find('-'); at != std::string::npos; at = text.find('-')) {
    text.replace(at, 1, "−");
  }
  return text;
}

std::string count_text(std::size_t count, const std::string& one, const std::string& several) {
  return fmt::format("{} {}", count, count == 1 ? one : several);
}

std::string anchor(const std::string& text) {
  std::string result;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    result += plain ? c : '-';
  }
  return result;
}

// ---- claims -------------------------------------------------------------------------------------

const char* relation_mark(Relation relation) {
  switch (relation) {
    case Relation::equal:
      return "";
    case Relation::at_most:
      return "≤ ";
    case Relation::at_least:
      return "≥ ";
  }
  return "";
}

std::string comparison_row(const Comparison& comparison, Verdict verdict, std::size_t count) {
  const std::string spread =
      comparison.repetitions > 0 ? "± " + short_number(comparison.standard_error) : "";
  const double allowed = std::max(allowance(comparison, count), comparison.model_error);
  return fmt::format(
      "<tr><td class=\"word\">{}</td><td>{}</td><td>{}</td><td>{}{}</td><td>{}</td>"
      "<td class=\"word\">{}</td></tr>\n",
      typeset_html(comparison.label), short_number(comparison.measured), spread,
      relation_mark(comparison.relation), short_number(comparison.predicted), short_number(allowed),
      chip(verdict));
}

std::string comparisons_html(const Claim& claim, const Judgement& judgement) {
  const std::size_t count = claim.comparisons.size();
  std::string html = fmt::format(
      "<details><summary>{}</summary>\n<div class=\"scroll\" tabindex=\"0\"><table>\n"
      "<tr><th class=\"word\">comparison</th><th>measured</th><th>standard error</th>"
      "<th>predicted</th><th>allowed error</th><th class=\"word\">verdict</th></tr>\n",
      count_text(count, "comparison", "comparisons"));
  for (std::size_t i = 0; i < std::min(count, shown_comparisons); ++i) {
    html += comparison_row(claim.comparisons[i], judgement.comparisons[i], count);
  }
  html += "</table></div>\n";
  if (count > shown_comparisons) {
    html += fmt::format(
        "<p class=\"small\">The first {} of {}; all are in "
        "<a href=\"claims.json\">claims.json</a>.</p>\n",
        shown_comparisons, count);
  }
  if (judgement.critical_value > 0) {
    html += fmt::format(
        "<p class=\"small\">Allowed error: z = {:.3g} standard errors, from a "
        "family-wise error of 10<sup>−3</sup>, or the error that the theory "
        "admits.</p>\n",
        judgement.critical_value);
  }
  return html + "</details>\n";
}

std::string claim_html(const Claim& claim) {
  const Judgement judgement = judge(claim);
  std::string html =
      fmt::format("<article class=\"claim\" id=\"claim-{}\">\n{}\n<div>\n<p>{}</p>\n",
                  anchor(claim.id), chip(judgement.verdict), typeset_html(claim.statement));
  if (!claim.finding.empty()) {
    html += fmt::format("<p class=\"finding\">{}</p>\n", typeset_html(claim.finding));
  }
  html += fmt::format("<p class=\"small\">Decided by {}.{}</p>\n",
                      typeset_html(decisive_text(claim, judgement)),
                      claim.source.empty() ? "" : " Source: " + typeset_html(claim.source) + ".");
  return html + comparisons_html(claim, judgement) + "</div>\n</article>\n";
}

std::string claims_html(const std::vector<Claim>& claims) {
  std::string html = "<section id=\"claims\">\n<h2>Claims</h2>\n";
  for (const KindText& text : kinds) {
    std::string group;
    for (const Claim& claim : claims) {
      if (claim.kind == text.kind) group += claim_html(claim);
    }
    if (group.empty()) continue;
    html += fmt::format("<h3>{}</h3>\n<p class=\"small\">{}</p>\n", text.heading, text.meaning);
    html += group;
  }
  return html + "</section>\n";
}

// ---- figures ------------------------------------------------------------------------------------

std::string with_words(std::string svg, const std::string& words) {
  const std::string opening = "<svg role=\"img\"";
  const std::size_t at = svg.find(opening);
  if (at == svg.npos) return svg;
  return svg.replace(at, opening.size(), opening + " aria-label=\"" + escaped(words) + "\"");
}

std::string figure_html(const Figure& figure, const std::string* svg, std::size_t& budget) {
  const std::string words =
      plain_text(figure.alternative.empty() ? figure.caption : figure.alternative);
  std::string html = fmt::format("<figure id=\"figure-{}\">\n", anchor(figure.name));
  if (svg == nullptr) {
    html += fmt::format(
        "<p class=\"note\"><b>{}</b>: not drawn, for gnuplot was not found; "
        "<code>wideband report</code> draws it later. {}</p>\n",
        typeset_html(figure.title), escaped(words));
  } else if (svg->size() > budget) {
    html += fmt::format("<p><a href=\"figures/{0}.svg\">figures/{0}.svg</a>: {1}</p>\n",
                        escaped(figure.name), escaped(words));
  } else {
    budget -= svg->size();
    html +=
        "<div class=\"plot\" tabindex=\"0\">" + with_words(inline_svg(*svg), words) + "</div>\n";
  }
  return html + fmt::format(
                    "<figcaption>{} <span class=\"small\"><a href=\"figures/{}.svg\">"
                    "SVG</a></span></figcaption>\n</figure>\n",
                    typeset_html(figure.caption), escaped(figure.name));
}

// The first figure leads the page, the others follow the claims.
std::vector<std::string> all_figures_html(const ReportInput& input) {
  std::vector<std::string> list;
  std::size_t budget = inline_budget;
  for (const Figure& figure : input.outcome.figures) {
    const auto drawn = input.drawings.find(figure.name);
    list.push_back(
        figure_html(figure, drawn == input.drawings.end() ? nullptr : &drawn->second, budget));
  }
  return list;
}

std::string figures_html(const std::vector<std::string>& figures) {
  std::string html = "<section id=\"figures\">\n<h2>Figures</h2>\n";
  for (std::size_t i = 1; i < figures.size(); ++i) html += figures[i];
  return figures.size() > 1 ? html + "</section>\n" : "";
}

// ---- tables, facts ------------------------------------------------------------------------------

std::string cell_html(const Cell& cell) {
  if (const double* value = std::get_if<double>(&cell)) {
    return fmt::format("<td>{}</td>", short_number(*value));
  }
  if (const std::string* word = std::get_if<std::string>(&cell)) {
    return fmt::format("<td class=\"word\">{}</td>", escaped(*word));
  }
  return fmt::format("<td>{}</td>", escaped(cell_text(cell)));
}

std::string table_html(const Table& table) {
  const std::string path = "tables/" + table.name() + ".csv";
  std::string html = fmt::format(
      "<details><summary><b>{}</b>, {}</summary>\n<p class=\"small\"><a href=\"{}\">{}</a>, 17 "
      "digits; here the first rows.</p>\n<div class=\"scroll\" tabindex=\"0\"><table>\n<tr>",
      escaped(table.name()), count_text(table.rows().size(), "row", "rows"), escaped(path),
      escaped(path));
  for (std::size_t i = 0; i < table.columns().size(); ++i) {
    const bool word =
        !table.rows().empty() && std::holds_alternative<std::string>(table.rows().front()[i]);
    html +=
        fmt::format("<th{}>{}</th>", word ? " class=\"word\"" : "", escaped(table.columns()[i]));
  }
  html += "</tr>\n";
  for (std::size_t i = 0; i < std::min(shown_rows, table.rows().size()); ++i) {
    html += "<tr>";
    for (const Cell& cell : table.rows()[i]) html += cell_html(cell);
    html += "</tr>\n";
  }
  return html + "</table></div></details>\n";
}

std::string facts_html(const std::vector<Fact>& facts) {
  std::string html = "<dl>\n";
  for (const Fact& fact : facts) {
    html +=
        fmt::format("<dt>{}</dt><dd>{}</dd>\n", typeset_html(fact.name), typeset_html(fact.value));
  }
  return html + "</dl>\n";
}

std::string statuses_html(const std::vector<std::string>& statuses) {
  if (statuses.empty()) return "";
  std::string html = "<div class=\"note\"><b>What happened on the way</b>\n<ul>\n";
  for (const std::string& status : statuses) {
    html += fmt::format("<li>{}</li>\n", typeset_html(status));
  }
  return html + "</ul></div>\n";
}

std::string run_html(const ReportInput& input) {
  std::string html = "<section id=\"run\">\n<h2>The run</h2>\n<h3>Protocol</h3>\n";
  html += facts_html(input.protocol);
  html += "<h3>Provenance</h3>\n" + facts_html(input.provenance);
  html += "<details><summary>Configuration, every default filled in</summary>\n<pre>" +
          escaped(input.config) + "</pre></details>\n";
  return html + "</section>\n";
}

std::string tables_html(const std::vector<Table>& tables) {
  std::string html = "<section id=\"tables\">\n<h2>Tables</h2>\n";
  for (const Table& table : tables) html += table_html(table);
  return html + "</section>\n";
}

std::string header_html(const ReportInput& input) {
  return fmt::format(
      "<header>\n<h1>{}</h1>\n<p class=\"lead\">{}</p>\n<p class=\"count\">Of {}: {}.</p>\n"
      "<nav aria-label=\"Contents\"><a href=\"#claims\">Claims</a>{}"
      "<a href=\"#tables\">Tables</a><a href=\"#run\">The run</a></nav>\n</header>\n",
      escaped(input.title), typeset_html(input.summary),
      count_text(input.outcome.claims.size(), "claim", "claims"),
      verdict_count_text(input.outcome.claims),
      input.outcome.figures.size() > 1 ? "<a href=\"#figures\">Figures</a>" : "");
}

}  // namespace

std::string report_html(const ReportInput& input) {
  std::string html =
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"color-scheme\" content=\"light dark\">\n";
  html += fmt::format("<title>{} – Wideband</title>\n<style>{}</style>\n</head>\n<body>\n",
                      escaped(input.title), report_style);
  html += header_html(input) + "<main>\n" + statuses_html(input.outcome.statuses);
  const std::vector<std::string> figures = all_figures_html(input);
  if (!figures.empty()) html += figures.front();
  html += claims_html(input.outcome.claims) + figures_html(figures);
  html += tables_html(input.outcome.tables) + run_html(input);
  html +=
      "</main>\n<footer class=\"small\">Lines are theory, points are measurements. A claim "
      "holds if its measurement agrees with the prediction within an error bar that is short "
      "enough to mean something; how that is decided is written in docs/architecture.md."
      "</footer>\n</body>\n</html>\n";
  return html;
}

}  // namespace wideband
