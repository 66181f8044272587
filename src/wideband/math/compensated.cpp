#include "wideband/math/compensated.hpp"

#include <array>
#include <vector>

#include <fmt/format.h>

#include "wideband/core/error.hpp"

namespace wideband {
namespace {

constexpr Index lanes = 8;  // independent sums, which the compiler turns into vectors

// high + low without overlap; low gathers the errors of both products and sums.
struct Lanes {
  std::array<double, lanes> high{};
  std::array<double, lanes> low{};
};

// The upper 26 bits of a; a - upper(a) has the other 26 and a sign.
double upper(double a) {
  const double scaled = 134217729 * a;  // 2^27 + 1
  return scaled - (scaled - a);
}

// sum += a x, given the halves of x.
inline void add_product(double& high, double& low, double a, double x, double x_upper,
                        double x_lower) {
  const double a_upper = upper(a);
  const double a_lower = a - a_upper;
  const double product = a * x;
  const double product_error =
      ((a_upper * x_upper - product) + a_upper * x_lower + a_lower * x_upper) + a_lower * x_lower;
  const double sum = high + product;
  const double moved = sum - high;
  const double sum_error = (high - (sum - moved)) + (product - moved);
  high = sum;
  low += sum_error + product_error;
}

// A column of X beside its halves, contiguous.
struct Column {
  Column(const MatrixView& X, Index k) {
    for (Index i = 0; i < X.rows(); ++i) {
      value.push_back(X(i, k));
      high.push_back(upper(X(i, k)));
      low.push_back(X(i, k) - high.back());
    }
  }
  std::vector<double> value, high, low;
};

double residual(double b, const double* row, Index n, const Column& x, Index i, double shift) {
  Lanes sums;
  const double* const value = x.value.data();
  const double* const high = x.high.data();
  const double* const low = x.low.data();
  Index j = 0;
  for (; j + lanes <= n; j += lanes) {
    for (Index l = 0; l < lanes; ++l) {
      const auto lane = static_cast<std::size_t>(l);
      add_product(sums.high[lane], sums.low[lane], row[j + l], value[j + l], high[j + l],
                  low[j + l]);
    }
  }
  for (; j < n; ++j) add_product(sums.high[0], sums.low[0], row[j], value[j], high[j], low[j]);
  add_product(sums.high[0], sums.low[0], shift, value[i], high[i], low[i]);
  double total = b, errors = 0;
  for (std::size_t l = 0; l < static_cast<std::size_t>(lanes); ++l) {
    add_product(total, errors, -1, sums.high[l], upper(sums.high[l]),
                sums.high[l] - upper(sums.high[l]));
    errors -= sums.low[l];
  }
  return total + errors;
}

}  // namespace

Matrix compensated_residual(MatrixView B, MatrixView A, MatrixView X, double shift) {
  require(
      A.rows() == A.cols() && A.rows() == B.rows() && A.cols() == X.rows() && B.cols() == X.cols(),
      fmt::format("[compensated_residual] expected A (n, n), B and X (n, k), got {} x {}, "
                  "{} x {}, {} x {}",
                  A.rows(), A.cols(), B.rows(), B.cols(), X.rows(), X.cols()));
  const Index n = A.rows();
  std::vector<Column> columns;
  for (Index k = 0; k < X.cols(); ++k) columns.emplace_back(X, k);
  Matrix result(n, X.cols());
  for (Index i = 0; i < n; ++i) {
    const double* const row = A.data() + i * A.outerStride();
    for (Index k = 0; k < X.cols(); ++k) {
      result(i, k) = residual(B(i, k), row, n, columns[static_cast<std::size_t>(k)], i, shift);
    }
  }
  return result;
}

}  // namespace wideband
