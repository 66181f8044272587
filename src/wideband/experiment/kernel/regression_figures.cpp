#include "wideband/experiment/kernel/regression_figures.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

namespace wideband {
namespace {

const Axis ridge_axis{.title = "ridge over trace/n (dimensionless)", .log = true};

void add_root(Series& series, double ridge, const MeanSquare& square) {
  const double root = std::sqrt(square.mean);
  const double bar = 3 * square.standard_error / (2 * root);
  series.x.push_back(ridge);
  series.y.push_back(root);
  series.low.push_back(root - bar);
  series.high.push_back(root + bar);
}

// Leave-one-out is what theory predicts for the test rows, from the training rows alone.
void add_errors(Panel& panel, const RegressionResult& result, int style) {
  Series loo{
      .label = result.law + ", leave-one-out", .mark = Mark::line, .theory = true, .style = style};
  Series test{.label = result.law + ", test rows", .mark = Mark::points, .style = style};
  for (const RidgeResult& r : result.ridges) {
    loo.x.push_back(r.ridge);
    loo.y.push_back(std::sqrt(r.leave_one_out.mean));
    add_root(test, r.ridge, r.test);
  }
  panel.series.push_back(std::move(loo));
  panel.series.push_back(std::move(test));
}

void add_accuracies(Panel& panel, const RegressionResult& result, int style) {
  Series loo{
      .label = result.law + ", leave-one-out", .mark = Mark::line, .theory = true, .style = style};
  Series test{.label = result.law + ", test rows", .mark = Mark::points, .style = style};
  for (const RidgeResult& r : result.ridges) {
    const double bar =
        3 * std::sqrt(r.accuracy * (1 - r.accuracy) / static_cast<double>(result.test_rows));
    loo.x.push_back(r.ridge);
    loo.y.push_back(r.loo_accuracy);
    test.x.push_back(r.ridge);
    test.y.push_back(r.accuracy);
    test.low.push_back(r.accuracy - bar);
    test.high.push_back(r.accuracy + bar);
  }
  panel.series.push_back(std::move(loo));
  panel.series.push_back(std::move(test));
}

void add_likelihood(Panel& panel, const RegressionResult& result, int style) {
  if (result.law == "ntk") return;
  Series series{.label = result.law, .mark = Mark::line, .style = style};
  for (const RidgeResult& r : result.ridges) {
    series.x.push_back(r.ridge);
    series.y.push_back(r.log_marginal_likelihood / static_cast<double>(result.rows));
  }
  panel.series.push_back(std::move(series));
}

Figure ridge_figure(const std::vector<const RegressionResult*>& laws, Index number) {
  Panel errors{.title = "Error", .x = ridge_axis, .y = {.title = "RMS error (dimensionless)"}};
  Panel accuracies{
      .title = "Accuracy", .x = ridge_axis, .y = {.title = "accuracy (dimensionless)"}};
  Panel likelihoods{.title = "Marginal likelihood",
                    .x = ridge_axis,
                    .y = {.title = "log likelihood/n (nat per row)"}};
  int style = 0;
  for (const RegressionResult* result : laws) {
    add_errors(errors, *result, style);
    add_accuracies(accuracies, *result, style);
    add_likelihood(likelihoods, *result, style++);
  }
  Figure figure{.name = fmt::format("ridge-{}", number),
                .title = "What training rows alone know about test rows",
                .caption = fmt::format(
                    "{}, n = {}: leave-one-out (lines) follows error and accuracy on {} test rows "
                    "(points; bars are three standard errors) over the ridge, and its minimum "
                    "picks a ridge near the best.",
                    laws.front()->net, laws.front()->rows, laws.front()->test_rows),
                .panels = {std::move(errors), std::move(accuracies)}};
  if (!likelihoods.series.empty()) figure.panels.push_back(std::move(likelihoods));
  return figure;
}

}  // namespace

std::vector<Figure> regression_figures(const RegressionResults& results) {
  std::vector<std::vector<const RegressionResult*>> groups;
  for (const RegressionResult& result : results) {
    const auto found = std::find_if(groups.begin(), groups.end(), [&](const auto& group) {
      return group.front()->net == result.net && group.front()->rows == result.rows;
    });
    if (found != groups.end()) {
      found->push_back(&result);
    } else {
      groups.push_back({&result});
    }
  }
  std::vector<Figure> figures;
  for (const auto& group : groups)
    figures.push_back(ridge_figure(group, static_cast<Index>(figures.size()) + 1));
  return figures;
}

}  // namespace wideband
