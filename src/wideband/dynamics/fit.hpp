// Parameters of a network by the evidence of its Gaussian process.
#pragma once

#include <span>
#include <string>

#include "wideband/core/status.hpp"
#include "wideband/core/types.hpp"
#include "wideband/dynamics/ensemble.hpp"
#include "wideband/dynamics/predictor.hpp"
#include "wideband/kernel/kernel.hpp"
#include "wideband/model/architecture.hpp"

namespace wideband {

struct FitOptions {
  Law law = Law::nngp;  // or ntk_gp
  double ridge = 1e-3;  // the start, and the value kept unless "ridge" is a field; > 0
  RidgeScale ridge_scale = RidgeScale::relative;
  Index max_iterations = 100;
  double tolerance = 1e-6;  // of the gradient, relative to max(1, |log likelihood|)
  KernelOptions kernel = {};
};
/// Throws std::invalid_argument naming field, value and bound.
void validate(const FitOptions& options);

struct Fit {
  Architecture net;
  double ridge = 0;  // in the scale of the options
  double log_marginal_likelihood = 0;
  Index iterations = 0;
  Status status = Status::ok;  // not_converged after max_iterations
};

/// The nearest maximum of the log marginal likelihood over fields of the network (model/fields.hpp)
/// and, where "ridge" is among them, the ridge, by BFGS with exact gradients. A positive number
/// moves by its logarithm, others as they are. A field that several layers have is one number,
/// which must start equal in all of them.
///
/// cost     per step one kernel, its tangents and a Cholesky factor with its inverse
/// throws   std::invalid_argument (law ntk; no fields; fields that no layer has, that start
/// unequal,
///          or at zero, where W and b have no slope; options), and what kernel and Predictor throw
Fit fit(MatrixView X, MatrixView y, const Architecture& architecture,
        std::span<const std::string> fields, const FitOptions& options = {});

}  // namespace wideband
