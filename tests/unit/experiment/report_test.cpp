#include "wideband/experiment/report.hpp"

#include <cmath>
#include <limits>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/figure_check.hpp"

namespace wideband::report_test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

Figure figure(const std::string& name) {
  Panel panel{.title = "panel", .x = {.title = "x"}, .y = {.title = "y"}};
  panel.series.push_back({.label = "measured", .x = {1, 2}, .y = {1, 2}});
  return {.name = name,
          .title = "title",
          .caption = "caption of " + name,
          .alternative = "lambda_k & \"more\"",
          .panels = {panel}};
}

ReportInput input() {
  ReportInput input;
  input.title = "circle-spectrum/quick";
  input.summary = "eigenvalues lambda_k";
  input.protocol = {{"eta", "lr n = .2048"}};
  input.provenance = {{"compiler", "GNU <12>"}};
  input.config = "sizes = [16, 64] # <all>\n";
  Table table("spectrum", {"kernel", "k", "lambda"});
  for (Index k = 0; k < 20; ++k) table.add({"bias & more", k, 1.0 / 3});
  table.add({"bias", std::monostate{}, -std::numeric_limits<double>::infinity()});
  input.outcome.tables = {table};
  Claim law;
  law.id = "sum rule";
  law.statement = "lambda_k < Theta(0)";
  law.source = "2.2";
  law.comparisons = {{.label = "n = 16 & 17", .measured = 2, .predicted = 1, .rounding = 1e-9}};
  Claim question = law;
  question.id = "open-question";
  question.kind = ClaimKind::open;
  question.comparisons[0].measured = 1;
  input.outcome.claims = {law, question};
  input.outcome.statuses = {"diverged at step 412: eta lambda_max = 2.02 > 2"};
  input.outcome.figures = {figure("first"), figure("second")};
  return input;
}

ReportInput drawn() {
  const test::TemporaryFolder folder;
  ReportInput report = input();
  for (const Figure& one : report.outcome.figures) {
    draw(one, folder.path());
    report.drawings[one.name] = read_file(folder.path() / (one.name + ".svg"));
  }
  return report;
}

TEST(Report, SaysEverythingInWords) {
  const std::string html = report_html(input());
  EXPECT_THAT(html, HasSubstr("Of 2 claims: 1 holds, 1 fails."));
  EXPECT_THAT(html, HasSubstr("<p>λ<sub>k</sub> &lt; Θ(0)</p>"));
  EXPECT_THAT(html, HasSubstr("n = 16 &amp; 17"));
  EXPECT_THAT(html, HasSubstr("<h3>Laws</h3>"));
  EXPECT_THAT(html, HasSubstr("<h3>Open questions</h3>"));
  EXPECT_THAT(html, Not(HasSubstr("<h3>Theory</h3>"))) << "no empty group";
  EXPECT_THAT(html, HasSubstr("η λ<sub>max</sub> = 2.02 &gt; 2"));
  EXPECT_THAT(html, HasSubstr("21 rows"));
  EXPECT_THAT(html,
              HasSubstr("<td class=\"word\">bias &amp; more</td><td>7</td><td>0.333333</td>"));
  EXPECT_THAT(html, Not(HasSubstr("<td>8</td>"))) << "a preview of eight rows";
  EXPECT_THAT(html, HasSubstr("href=\"tables/spectrum.csv\""));
  EXPECT_THAT(html, HasSubstr("GNU &lt;12&gt;"));
  EXPECT_THAT(html, HasSubstr("# &lt;all&gt;"));
}

TEST(Report, HoldsItsFiguresOrDescribesThem) {
  EXPECT_THAT(report_html(input()), HasSubstr("gnuplot was not found"));
  const std::string html = report_html(drawn());
  EXPECT_THAT(html, Not(HasSubstr("gnuplot was not found")));
  EXPECT_THAT(html, HasSubstr("aria-label=\"λk &amp; &quot;more&quot;\""));
  EXPECT_THAT(html, HasSubstr("caption of second"));
}

TEST(Report, OpensOfflineWithoutScript) {
  const std::string html = report_html(drawn());
  for (const char* fetched : {"<script", "src=", "<link", "@import", "url(", "href=\"http"}) {
    EXPECT_THAT(html, Not(HasSubstr(fetched)));
  }
  EXPECT_LT(html.size(), 10'000'000u);
}

TEST(Report, IdsAreUnique) {
  const std::string html = report_html(drawn());
  std::set<std::string> ids;
  for (const std::string_view opening : {" id=\"", " id='"}) {
    for (std::size_t at = html.find(opening); at != html.npos; at = html.find(opening, at + 1)) {
      const std::string id = test::between(html, opening, opening.substr(4), at);
      EXPECT_TRUE(ids.insert(id).second) << id;
    }
  }
  EXPECT_EQ(ids.count("claim-sum-rule"), 1u);
}

TEST(Report, LargeFiguresAreLinked) {
  ReportInput report = drawn();
  report.drawings["first"] += std::string(9'000'000, ' ');
  const std::string html = report_html(report);
  EXPECT_LT(html.size(), 10'000'000u);
  EXPECT_THAT(html, HasSubstr("<a href=\"figures/first.svg\">figures/first.svg</a>"));
  EXPECT_THAT(html, HasSubstr("second-gnuplot_plot_1"));
}

}  // namespace
}  // namespace wideband::report_test
