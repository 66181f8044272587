#include "wideband/experiment/kernel/regression_results.hpp"

#include <algorithm>
#include <cmath>

#include "wideband/math/statistics.hpp"

namespace wideband {
namespace {

// Columns of the record's matrix, one row per ridge.
constexpr Index columns = 10;

}  // namespace

MeanSquare mean_square(MatrixView residual) {
  const Vector squares = residual.rowwise().squaredNorm() / static_cast<double>(residual.cols());
  const Summary s = summary(squares);
  return {s.mean, s.standard_error};
}

Record regression_record_of(const RegressionResult& result) {
  Matrix values(std::ssize(result.ridges), columns);
  for (Index i = 0; i < values.rows(); ++i) {
    const RidgeResult& r = result.ridges[static_cast<std::size_t>(i)];
    values.row(i) << r.ridge, r.absolute, r.accuracy, r.test.mean, r.test.standard_error,
        r.leave_one_out.mean, r.leave_one_out.standard_error, r.loo_accuracy,
        r.log_marginal_likelihood, r.bound;
  }
  Record record;
  record.put("ridges", values);
  return record;
}

RegressionResults regression_results(
    const std::vector<Point<RegressionConfig, RegressionTask>>& points) {
  RegressionResults results;
  for (const auto& point : points) {
    for (const auto& [task, record] : point.finished) {
      RegressionResult result{task.net, task.law, task.rows, task.test_rows, {}};
      const Matrix values = record.matrix("ridges");
      for (Index i = 0; i < values.rows(); ++i) {
        const auto v = values.row(i);
        result.ridges.push_back({.ridge = v(0),
                                 .absolute = v(1),
                                 .accuracy = v(2),
                                 .test = {v(3), v(4)},
                                 .leave_one_out = {v(5), v(6)},
                                 .loo_accuracy = v(7),
                                 .log_marginal_likelihood = v(8),
                                 .bound = v(9)});
      }
      results.push_back(std::move(result));
    }
  }
  return results;
}

const RidgeResult& picked(const RegressionResult& result) {
  return *std::min_element(result.ridges.begin(), result.ridges.end(),
                           [](const RidgeResult& a, const RidgeResult& b) {
                             return a.leave_one_out.mean < b.leave_one_out.mean;
                           });
}

const RidgeResult& most_accurate(const RegressionResult& result) {
  return *std::max_element(
      result.ridges.begin(), result.ridges.end(),
      [](const RidgeResult& a, const RidgeResult& b) { return a.accuracy < b.accuracy; });
}

std::vector<Table> regression_tables(const RegressionResults& results) {
  Table table("results",
              {"net", "law", "ridge", "accuracy", "rmse", "log_marginal_likelihood", "loo_rmse",
               "loo_accuracy", "rmse_stderr", "loo_rmse_stderr", "ridge_absolute", "bound"});
  for (const RegressionResult& result : results) {
    for (const RidgeResult& r : result.ridges) {
      const double rmse = std::sqrt(r.test.mean);
      const double loo = std::sqrt(r.leave_one_out.mean);
      // The tangent law trains networks, which have no likelihood.
      const Cell likelihood = result.law == "ntk" ? Cell() : Cell(r.log_marginal_likelihood);
      table.add({result.net, result.law, r.ridge, r.accuracy, rmse, likelihood, loo, r.loo_accuracy,
                 r.test.standard_error / (2 * rmse), r.leave_one_out.standard_error / (2 * loo),
                 r.absolute, r.bound});
    }
  }
  return {table};
}

}  // namespace wideband
