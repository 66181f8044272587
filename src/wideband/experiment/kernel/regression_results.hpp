// What table-regression measures: its results as structs, their place in records, and the table.
#pragma once

#include <string>
#include <vector>

#include "wideband/experiment/kernel/regression.hpp"

namespace wideband {

/// Mean over rows of |y - f|^2/o, with its standard error over the rows.
struct MeanSquare {
  double mean = 0;
  double standard_error = 0;
};

/// Predictions at t = infinity with one ridge.
struct RidgeResult {
  double ridge = 0;     // over trace/n
  double absolute = 0;  // as added to the diagonal
  double accuracy = 0;  // on the test rows
  MeanSquare test;
  MeanSquare leave_one_out;
  double loo_accuracy = 0;
  double log_marginal_likelihood = 0;  // of the law's own kernel as a Gaussian process
  double bound = 0;                    // largest certified error of a test output
};

/// One network under one law.
struct RegressionResult {
  std::string net;
  std::string law;
  Index rows = 0;
  Index test_rows = 0;
  std::vector<RidgeResult> ridges;
};

using RegressionResults = std::vector<RegressionResult>;

/// Of the rows of y - f.
MeanSquare mean_square(MatrixView residual);

Record regression_record_of(const RegressionResult& result);
RegressionResults regression_results(
    const std::vector<Point<RegressionConfig, RegressionTask>>& points);

/// The ridge of the smallest leave-one-out error, and that of the best test accuracy.
const RidgeResult& picked(const RegressionResult& result);
const RidgeResult& most_accurate(const RegressionResult& result);

/// tables/results.csv.
std::vector<Table> regression_tables(const RegressionResults& results);

}  // namespace wideband
