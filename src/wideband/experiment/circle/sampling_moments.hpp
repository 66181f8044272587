// The moments of circle-sampling: errors of the sample matrices over repetitions.
#pragma once

#include <string>
#include <vector>

#include "wideband/circle/angle_kernel.hpp"
#include "wideband/circle/sorted_product.hpp"
#include "wideband/experiment/circle/sampling.hpp"

namespace wideband {

/// Samples of one size; one row or one entry per repetition.
struct SampleGroup {
  AngleKernel kernel = AngleKernel::bias;
  Index cutoff = 0;
  Index n = 0;
  bool from_file = false;
  bool judged = true;  // claims are drawn from it; not from the few samples of the dynamics
  Vector gram_max, gram_fro, compressed_max, compressed_fro, action_max, action_fro;
  Vector coordinate_max;       // max|C - Lambda^(n)|
  Vector coordinate_mean;      // max|C - Lambda_K - tail_K/n I|
  Matrix gram;                 // (seeds, d(d+1)/2), upper triangle of G, row by row
  Matrix compressed;           // the same of H
  Matrix coordinate_diagonal;  // (seeds, d), C_pp
  Matrix action_column;        // (seeds, d), |E_p|/|Phi_p|
  Matrix largest;              // (seeds, 5): row and column for G, for H, column for E
  Matrix coefficient_square;   // (seeds, max(K, 1)), |S_q|^2, q = 1, ...
  Matrix mixing;               // (frequencies, 3): k, worst |A e_k - sum|, its bound; may be empty

  Index seeds() const { return gram_max.size(); }
};

/// Place of (p, q), p <= q, in the rows of `gram` and `compressed`.
Index triangle_index(Index d, Index p, Index q);

/// "const", "cos1", "sin1", "cos2", ...
std::string column_name(Index column);

/// The matrices of samples first, ..., first + count - 1 of the task's sizes.
Record moments_record(const SamplingTask& task);

/// The samples of one repetition.
SortedAngles sampled_angles(const SamplingTask& task, Index n, Index repetition);

/// Wall seconds and peak bytes of one sample of size n.
Cost moments_cost(const SamplingTask& task, Index n);

/// Reads the records of all moment tasks back, one group per point and size, repetitions in order.
std::vector<SampleGroup> sample_groups(
    const std::vector<Point<SamplingConfig, SamplingTask>>& points);

}  // namespace wideband
