#include "wideband/circle/operator_eigenpairs.hpp"

#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "wideband/circle/tangent_gram.hpp"
#include "wideband/core/error.hpp"
#include "wideband/linalg/decomposition.hpp"
#include "wideband/linalg/product.hpp"

namespace wideband {
namespace {

constexpr double rank_tolerance = 1e-12;
constexpr double largest_amplification = 1e9;  // of the leading against the last filtered vector

// Lower triangular L with L L' = W up to rounding, W positive semidefinite.
Eigen::Matrix3d semidefinite_root(const Eigen::Matrix3d& W) {
  Eigen::Matrix3d L = Eigen::Matrix3d::Zero();
  for (Index p = 0; p < 3; ++p) {
    const double pivot = W(p, p) - L.row(p).head(p).squaredNorm();
    if (!(pivot > 0)) continue;
    L(p, p) = std::sqrt(pivot);
    for (Index q = p + 1; q < 3; ++q)
      L(q, p) = (W(q, p) - L.row(q).head(p).dot(L.row(p).head(p))) / L(p, p);
  }
  return L;
}

Eigen::Matrix3d weight_root(const ShallowNetwork& network, Index j) {
  const double a2 = network.a(j) * network.a(j), beta = network.beta_b;
  const Eigen::Vector3d w(network.w1(j), network.w2(j), beta * network.b(j));
  Eigen::Matrix3d W = w * w.transpose();
  W.diagonal() += Eigen::Vector3d(a2, a2, a2 * beta * beta);
  return semidefinite_root(W / static_cast<double>(network.width()));
}

// F of (1), (n, 3m), over sqrt n.
Matrix scaled_features(const ArcNetwork& network) {
  const Index n = network.samples(), m = network.width();
  Matrix F = Matrix::Zero(n, 3 * m);
  const double scale = 1 / std::sqrt(static_cast<double>(n));
  for (Index j = 0; j < m; ++j) {
    const Eigen::Matrix3d L = scale * weight_root(network.neurons(), j);
    network.arcs().each_range(j, [&](Index begin, Index end) {
      for (Index i = begin; i < end; ++i) {
        const CirclePoint& x = network.arcs().point(i);
        F.row(i).segment<3>(3 * j) = Eigen::RowVector3d(x.cos, x.sin, 1) * L;
      }
    });
  }
  return F;
}

// The pairs of ascending order that count, descending.
Eigenpairs leading_part(const SymmetricEigen& eigen) {
  const Index r = eigen.values.size();
  const double floor = rank_tolerance * eigen.values(r - 1);
  Index kept = 0;
  while (kept < r && eigen.values(r - 1 - kept) > floor) ++kept;
  return {eigen.values.tail(kept).reverse(), eigen.vectors.rightCols(kept).rowwise().reverse()};
}

// T_q(x) for x >= 1.
double chebyshev(Index q, double x) {
  return std::cosh(static_cast<double>(q) * std::acosh(x));
}

void require_options(Index rows, Index columns, const LeadingOptions& options) {
  require(options.wanted >= 1 && options.wanted <= columns && columns <= rows,
          fmt::format("[leading_eigenpairs] expected 1 <= wanted <= start columns <= rows, got {}, "
                      "{}, {}",
                      options.wanted, columns, rows));
  require(options.tolerance > 0 && options.degree >= 1 && options.max_products >= 1,
          fmt::format("[leading_eigenpairs] expected tolerance > 0, degree >= 1, max_products >= "
                      "1, got {}, {}, {}",
                      options.tolerance, options.degree, options.max_products));
}

// A block of Ritz vectors X with A X, its values descending.
struct RitzBlock {
  Vector values;
  Matrix vectors;
  Matrix images;

  double residual(Index wanted) const {
    const Matrix errors =
        images.leftCols(wanted) - vectors.leftCols(wanted) * values.head(wanted).asDiagonal();
    return errors.colwise().norm().maxCoeff() / values(0);
  }
};

RitzBlock rayleigh_ritz(const Matrix& V, const Matrix& AV) {
  const Matrix compressed = transposed_product(V, AV);
  const SymmetricEigen eigen = symmetric_eigen((compressed + compressed.transpose()) / 2);
  const Matrix Y = eigen.vectors.rowwise().reverse();
  return {eigen.values.reverse(), product(V, Y), product(AV, Y)};
}

}  // namespace

Eigenpairs tangent_eigenpairs(const ArcNetwork& network) {
  const Index n = network.samples();
  if (3 * network.width() >= n)
    return leading_part(symmetric_eigen(tangent_gram(network) / static_cast<double>(n)));
  const Matrix F = scaled_features(network);
  const Eigenpairs small = leading_part(symmetric_eigen(gram(F)));
  const Vector scale = small.values.cwiseSqrt().cwiseInverse();
  return {small.values, product(F, small.vectors) * scale.asDiagonal()};  // (1)
}

Vector operator_function(const Eigenpairs& pairs, VectorView v,
                         const std::function<double(double)>& f) {
  const double f0 = f(0);
  const Vector change = pairs.values.unaryExpr([&](double x) { return f(x) - f0; });
  const Vector inner = pairs.vectors.transpose() * v;
  return f0 * v + pairs.vectors * change.cwiseProduct(inner);
}

LeadingEigenpairs leading_eigenpairs(const std::function<Matrix(const Matrix&)>& product,
                                     Matrix start, const LeadingOptions& options) {
  require_options(start.rows(), start.cols(), options);
  LeadingEigenpairs result;
  Matrix V = orthonormal_frame(start);
  while (true) {
    RitzBlock block = rayleigh_ritz(V, product(V));
    ++result.products;
    result.residual = block.residual(options.wanted);
    result.converged = result.residual <= options.tolerance;
    const double half = block.values(block.values.size() - 1) / 2;
    if (result.converged || result.products >= options.max_products) {
      result.pairs = {block.values, block.vectors};
      return result;
    }
    if (!(half > 0))
      throw NumericalError(
          fmt::format("[leading_eigenpairs] the operator has rank below {}", block.values.size()));
    // Three-term recurrence of T_q((A - half)/half); its first step reuses A X.
    Index degree = options.degree;
    while (degree > 1 && chebyshev(degree, block.values(0) / half - 1) > largest_amplification)
      --degree;
    Matrix before = block.vectors;
    V = block.images / half - block.vectors;
    for (Index q = 2; q <= degree; ++q) {
      Matrix next = (2 / half) * product(V) - 2 * V - before;
      ++result.products;
      before = std::exchange(V, std::move(next));
    }
    V.colwise().normalize();
    V = orthonormal_frame(V);
  }
}

LeadingEigenpairs leading_eigenpairs(const ArcNetwork& network, Matrix start,
                                     const LeadingOptions& options) {
  return leading_eigenpairs([&](const Matrix& V) { return network.tangent_products(V); },
                            std::move(start), options);
}

}  // namespace wideband
