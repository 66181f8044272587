// The step of the pair recursion for tabulated duals, at the widest vectors that the processor has.
#pragma once

#include <cstddef>

namespace wideband::simd {

/// Chebyshev series in sigma = sqrt(min(s, c)) on panels that halve toward 0, contracted for the
/// row's sample over its log q; columns bring polynomials of theirs. In a cell of variances of
/// `width` polynomials
///
///   s' = s A(sigma) + (log q_1 - log q_2)^2 B,   tangent' = tangent S(sigma)                   (1)
///   A(sigma) = sum_i T_i(t) sum_k left_ik right_k,   t in [-1, 1] the place in the panel       (2)
///
/// S and B likewise. Panel p is [end/2^(p+1), end/2^p], end = sqrt(1/2); the last reaches 0. A
/// folded table (odd or even phi) holds theta <= pi/2 alone, else panels beyond follow.
template <class Real>
struct Table {
  std::size_t nodes;   // orders i per panel
  std::size_t splits;  // panels per half, less one
  bool odd = false;    // folded: theta beyond pi/2 swaps s' and c'
  bool even = false;   // folded: theta beyond pi/2 negates S
  std::size_t cells;
  const std::size_t* widths;   // of every cell
  const std::size_t* offsets;  // of every cell's block in `left`: (panel, i, A or S, k), then B's k
  const Real* left;
  Real log_q;
  const Real*
      cell_row;  // of the columns: index of the cell, log q, polynomials k at right[k stride]
  const Real* log_q_row;
  const Real* right;  // polynomial 0 is 1
  std::size_t stride;
};

void table_step(const Table<double>& table, std::size_t n, double* angle, double* tangent);
void table_step(const Table<float>& table, std::size_t n, float* angle, float* tangent);

namespace scalar {
void table_step(const Table<double>& table, std::size_t n, double* angle, double* tangent);
void table_step(const Table<float>& table, std::size_t n, float* angle, float* tangent);
}  // namespace scalar

}  // namespace wideband::simd
