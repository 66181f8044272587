// Gaussian expectations of a pair of activations by numbers, for activations without a closed form.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "wideband/core/types.hpp"
#include "wideband/math/dual.hpp"
#include "wideband/math/quadrature_rule.hpp"

namespace wideband {

struct NumericDualOptions {
  double tolerance = 1e-12;  // allowed error of K/sqrt(K11 K22) and Kdot/sqrt(Kdot11 Kdot22)
  Quadrature quadrature = {};
};

/// The dual functions of one activation for the variances of one layer: integrals at construction,
/// short sums per pair.
///
///   s' = s A(sigma, q1, q2) + (log q1 - log q2)^2 B(q1, q2),   sigma = sqrt(min(s, c))        (1)
///
/// A, B and Kdot/sqrt(Kdot11 Kdot22) are Chebyshev series in sigma (panels toward 0) and in log q
/// (cells of a factor of two, or single values if they are six or fewer). Odd and even phi are
/// evaluated at theta <= pi/2. Rules hermite and gauss_hermite sum per pair. Where one variance is
/// 0 the pair is independent.
///
/// cost     construction: some dozens of integrals per pair of single values, some thousand per
///          pair of cells; row(): degree_sigma x degree_q^2; dual(): 2 degree_sigma x degree_q
///          multiply-adds and one root
/// accuracy error_estimate(): half-step refinements, Parseval and Chebyshev tails, and differences
///          at points that are no nodes
/// throws   NumericalError with phi, q1, q2, theta and the achieved error where the tolerance is
///          not met with 640 nodes per axis (hermite: 8192 coefficients); std::invalid_argument for
///          a tolerance that is not positive, exp_normalized, or a variance negative or not finite.
///          NumericalError also for kinks off zero with more than 32 different variances
/// source   docs/theory/kernels/numeric_duals.md
class NumericDual {
 public:
  /// What one sample contributes to its pairs.
  struct Row {
    double q = 0;
    double variance = 0;        // E phi(u)^2
    double slope_variance = 0;  // E phi'(u)^2
    double mean = 0;            // E phi(u); the three are for pairs with q = 0
    double spread = 0;          // E (phi(u) - mean)^2
    double slope_mean = 0;      // E phi'(u)
    std::size_t cell = 0;       // of the table
    std::vector<double> left;   // coefficients contracted over log q of this sample
    std::vector<double> right;  // polynomials in log q at this sample
  };

  /// `variances` are all that will be asked for, in any order, repetitions allowed; zeros too.
  NumericDual(const Phi& phi, std::span<const double> variances,
              const NumericDualOptions& options = {});
  NumericDual(NumericDual&&) noexcept;
  NumericDual& operator=(NumericDual&&) noexcept;
  ~NumericDual();

  double variance(double q) const;
  double slope_variance(double q) const;
  /// Both by one pass.
  struct Variances {
    double value = 0;
    double slope = 0;
  };
  Variances variances(double q) const;

  /// q within the range of the constructor's variances.
  Row row(double q) const;
  Dual dual(const Row& first, const Row& second, HalfAngle angle) const;
  Dual dual(double q1, double q2, HalfAngle angle) const;

  /// What table loops need of a sample: cell and `right` of a second one, with `left` of a first.
  Row column(double q) const;
  Row contracted(double q) const;

  /// How `left` is laid out, for loops over many pairs (simd/table_step.hpp). No nodes: the rule
  /// sums per pair, or all variances are 0.
  struct Layout {
    std::size_t nodes = 0;
    std::size_t splits = 0;
    bool odd = false;
    bool even = false;
    std::vector<std::size_t> widths;   // of every cell
    std::vector<std::size_t> offsets;  // of every cell's block
  };
  Layout layout() const;

  /// Largest estimated error of K/sqrt(K11 K22) and Kdot/sqrt(Kdot11 Kdot22).
  double error_estimate() const;
  /// Integrals evaluated at construction.
  std::uint64_t integrals() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace wideband
