// Memory and time of a prediction before it begins.
#pragma once

#include <cstddef>
#include <string>

#include "wideband/experiment/prediction_inputs.hpp"

namespace wideband {

struct PredictionPlan {
  std::size_t result_bytes = 0;
  std::size_t work_bytes = 0;
  double seconds = 0;  // 0: too short to measure beforehand
  std::string text;
};

/// Whether a Cholesky factorization serves: a ridge, only t = infinity, and nothing that asks for
/// eigenvalues.
bool cholesky_is_enough(const PredictionJob& job);

/// With n samples, m points, o outputs, T times:
///
///   result_bytes = 8 T (m o + n o), with a covariance 8 T m^2 more, with samples 8 T N m o more
///   work_bytes   = 8 (4 n^2 + n m), or 8 (2 n^2 + n m) where Cholesky is enough
///
/// cost     none for jobs estimated below 0.2 s, else a measurement of at most 0.3 s
PredictionPlan prediction_plan(const PredictionJob& job, Index n, Index m, Index o);

/// Throws UnavailableError where the plan exceeds the limit (0: 80 % of free memory), saying what
/// would fit.
void check_memory(const PredictionPlan& plan, const PredictionJob& job, Index n);

}  // namespace wideband
