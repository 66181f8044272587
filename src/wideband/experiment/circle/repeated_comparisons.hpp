// Comparisons made from repetitions: of a mean, and of the worst of many like ones.
#pragma once

#include <string>
#include <vector>

#include "wideband/core/types.hpp"
#include "wideband/experiment/claim.hpp"

namespace wideband {

/// The mean of one value per repetition beside its prediction, with its standard error.
///
/// Where the theory knows how much the values vary, `least_std` is that standard deviation, and the
/// standard error is at least its share: few skewed values may all lie low and close together.
Comparison mean_comparison(std::string label, const Vector& values, double predicted,
                           double least_std = 0);

/// The comparison of `all` that lies the most standard errors off its prediction.
///
/// Picking the worst of N makes large deviations likely, so its standard error is widened by the
/// ratio of the critical values: judged in a claim of `shown` such lines it then passes exactly
/// when all N x shown comparisons would. `all` must not be empty, and have one number of
/// repetitions. NaN is worst.
Comparison worst_comparison(const std::vector<Comparison>& all, std::size_t shown);

}  // namespace wideband
