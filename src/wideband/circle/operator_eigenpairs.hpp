// Eigenpairs of the empirical tangent operator of a finite network: all of them, or the leading
// ones.
#pragma once

#include <functional>

#include "wideband/circle/arc_network.hpp"
#include "wideband/core/types.hpp"

namespace wideband {

struct Eigenpairs {
  Vector values;   // descending
  Matrix vectors;  // (n, r), orthonormal columns in the order of the values
};

/// Every eigenpair of A = J J'/n whose eigenvalue exceeds 1e-12 of the largest.
///
/// A neuron's features lie in gate x {cos g, sin g, 1}, F_j (n, 3), with weights (1/m)(w~ w~' +
/// a^2 diag(1, 1, beta_b^2)) = L_j L_j', w~ = (w1, w2, c). So with F = (F_1 L_1, ..., F_m L_m)
///
///   A = F F'/n,   F'F/n y = lambda y,   v = F y / sqrt(n lambda)                             (1)
///
/// and the small Gram matrix (3m x 3m) serves if 3m < n, else the dense operator (n x n).
///
/// cost     O(N^3 + n N^2), N = min(n, 3 m); memory O(n N)
/// accuracy values n eps lambda_max; by (1) vectors orthonormal to n eps lambda_max/lambda
Eigenpairs tangent_eigenpairs(const ArcNetwork& network);

/// f(A) v = f(0) v + V (f(lambda) - f(0)) V'v from all eigenpairs: a frozen trajectory at any time.
Vector operator_function(const Eigenpairs& pairs, VectorView v,
                         const std::function<double(double)>& f);

struct LeadingOptions {
  Index wanted = 25;         // pairs that must converge
  double tolerance = 1e-8;   // |A v - theta v| <= tolerance theta_max
  Index degree = 4;          // of the Chebyshev filter; 1 is plain subspace iteration
  Index max_products = 200;  // with the whole block
};

struct LeadingEigenpairs {
  Eigenpairs pairs;        // as many as start vectors, of which the wanted ones have converged
  double residual = 0;     // largest |A v - theta v|/theta_max of the wanted ones
  Index products = 0;      // with the whole block
  bool converged = false;  // false: max_products were spent
};

/// Leading eigenpairs of a symmetric positive semidefinite operator by block subspace iteration
/// with Rayleigh-Ritz, filtered by the Chebyshev polynomial that is small on [0, theta_min], the
/// smallest Ritz value of the block. Its degree stays low enough that no filtered vector drowns in
/// the leading ones.
///
/// product  V -> A V for (n, p) blocks
/// start    (n, p), p >= wanted, independent columns; the pairs of an earlier operator save work
/// cost     products + O(n p^2) each
/// throws   std::invalid_argument on shapes, tolerance <= 0, degree < 1; NumericalError if the
///          start is dependent or the rank of A below p
LeadingEigenpairs leading_eigenpairs(const std::function<Matrix(const Matrix&)>& product,
                                     Matrix start, const LeadingOptions& options);

/// The same for A = J J'/n by its O(n + m) product.
LeadingEigenpairs leading_eigenpairs(const ArcNetwork& network, Matrix start,
                                     const LeadingOptions& options);

}  // namespace wideband
