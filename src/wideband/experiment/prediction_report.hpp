// The table of `wideband predict --report`: likelihood, leave-one-out errors, modes.
#pragma once

#include <string>
#include <vector>

#include "wideband/dynamics/predictor.hpp"
#include "wideband/experiment/prediction_inputs.hpp"

namespace wideband {

/// The ridges that --ridge loo tries: 10^-10, 10^-9.5, ..., 10.
std::vector<double> ridge_grid();

/// Mean squared leave-one-out error over samples and outputs.
double leave_one_out_error(const LeaveOneOut& left_out, const Matrix& y);

/// One ridge of the grid and its error.
struct RidgeError {
  double ridge;  // as --ridge would give it
  double error;
};

/// Columns report,time,index,output,quantity,value; a column that has no meaning in a row is empty.
///
/// likelihood  log_marginal_likelihood, data_fit, log_det, ridge_absolute and, with a net,
///             gradient:W, gradient:b (of all layers that have one at once), gradient:ridge
/// loo         mean and residual by index and output, for GP laws variance by index
/// loo_grid    ridge and error by index of the grid, where the ridge was searched for
/// modes       eigenvalue, half_life by index; residual, learned by time and index
std::string report_text(const PredictionJob& job, const PredictionInputs& inputs,
                        const Predictor& predictor, const std::vector<RidgeError>& grid);

}  // namespace wideband
