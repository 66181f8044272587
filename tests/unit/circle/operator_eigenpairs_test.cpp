#include "wideband/circle/operator_eigenpairs.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/constants.hpp"
#include "wideband/circle/basis.hpp"
#include "wideband/circle/tangent_gram.hpp"
#include "wideband/core/error.hpp"
#include "wideband/data/circle_points.hpp"
#include "wideband/linalg/decomposition.hpp"
#include "wideband/linalg/product.hpp"

namespace wideband::operator_eigenpairs_test {
namespace {

using test::eps;

// Small matrices: more threads than one only wait for one another.
const bool one_thread = (set_blas_threads(1), true);

ArcNetwork network_of(Index n, Index m, double beta_b = 1) {
  ShallowNetwork network = initial_network(Key(31), m, beta_b);
  network.b = 0.3 * gaussians(Key(32), m);
  return ArcNetwork(network, grid_angles(n));
}

Matrix dense_operator(const ArcNetwork& network) {
  return plain_tangent_gram(network.network(), network.angles()) /
         static_cast<double>(network.samples());
}

TEST(TangentEigenpairs, RebuildTheOperatorFromEitherMatrix) {
  // 3 m = 60 < 128 takes the small Gram, 3 m = 150 the dense operator.
  for (const Index m : {20, 50}) {
    for (const double beta_b : {0.0, 1.0}) {
      const ArcNetwork network = network_of(128, m, beta_b);
      const Eigenpairs pairs = tangent_eigenpairs(network);
      const Matrix A = dense_operator(network);
      const Matrix rebuilt = pairs.vectors * pairs.values.asDiagonal() * pairs.vectors.transpose();
      const double top = pairs.values(0);
      // What is cut off is below 1e-12 of the top; n eps top from the decomposition.
      EXPECT_TRUE(test::near(rebuilt, A, (1e-12 + 4 * 128 * eps) * top)) << m;
      EXPECT_GE(pairs.values.minCoeff(), 1e-12 * top);
      EXPECT_LE(pairs.values.size(), std::min<Index>(128, (beta_b == 0 ? 2 : 3) * m));
      const Matrix leading = pairs.vectors.leftCols(9);
      EXPECT_TRUE(test::near(transposed_product(leading, leading), Matrix::Identity(9, 9),
                             4 * 128 * eps * top / pairs.values(8)));
    }
  }
}

TEST(TangentEigenpairs, SurviveNeuronsWithoutOutputWeight) {
  ShallowNetwork network = initial_network(Key(31), 6);
  network.a(2) = 0;
  network.a(4) = 1e-200;
  const ArcNetwork arcs(network, grid_angles(64));
  const Eigenpairs pairs = tangent_eigenpairs(arcs);
  const Matrix rebuilt = pairs.vectors * pairs.values.asDiagonal() * pairs.vectors.transpose();
  EXPECT_TRUE(test::near(rebuilt, dense_operator(arcs), 2e-12 * pairs.values(0)));
}

TEST(OperatorFunction, IsTheSquareForASquare) {
  const ArcNetwork network = network_of(96, 12);
  const Vector v = gaussians(Key(33), 96);
  const Eigenpairs pairs = tangent_eigenpairs(network);
  const Vector result = operator_function(pairs, v, [](double x) { return (1 - x) * (1 - x); });
  const Matrix step = Matrix::Identity(96, 96) - dense_operator(network);
  EXPECT_TRUE(test::near(result, step * (step * v), 1e-11 * v.norm()));
}

TEST(LeadingEigenpairs, AreThoseOfTheDenseOperator) {
  const ArcNetwork network = network_of(256, 400);
  const SymmetricEigen dense = symmetric_eigen(dense_operator(network));
  const Matrix start = plane_frame(grid_fourier_basis(256, 16));
  for (const Index degree : {1, 4}) {
    LeadingOptions options;
    options.wanted = 11;
    options.degree = degree;
    const LeadingEigenpairs leading = leading_eigenpairs(network, start, options);
    ASSERT_TRUE(leading.converged);
    EXPECT_LE(leading.residual, 1e-8);
    // A residual of rho bounds the error of an eigenvalue by rho lambda_max.
    const Vector expected = dense.values.reverse().head(11);
    EXPECT_TRUE(test::near(leading.pairs.values.head(11), expected, 1e-8 * expected(0)));
    const Matrix V = leading.pairs.vectors.leftCols(11);
    const Matrix errors = dense_operator(network) * V - V * expected.asDiagonal();
    EXPECT_LE(errors.colwise().norm().maxCoeff(), 2.1e-8 * expected(0));
  }
}

TEST(LeadingEigenpairs, FiltersAndEarlierPairsSaveProducts) {
  const ArcNetwork network = network_of(256, 400);
  const Matrix start = plane_frame(grid_fourier_basis(256, 16));
  LeadingOptions options;
  options.wanted = 21;
  const LeadingEigenpairs cold = leading_eigenpairs(network, start, options);
  const LeadingEigenpairs warm = leading_eigenpairs(network, cold.pairs.vectors, options);
  EXPECT_EQ(warm.products, 1);
  options.wanted = 15;
  const Index filtered = leading_eigenpairs(network, start, options).products;
  options.degree = 1;
  EXPECT_LT(filtered, leading_eigenpairs(network, start, options).products);
}

TEST(LeadingEigenpairs, SayWhenTheyHaveNotConverged) {
  const ArcNetwork network = network_of(128, 100);
  LeadingOptions options;
  options.wanted = 9;
  options.max_products = 1;
  const Matrix start = plane_frame(grid_fourier_basis(128, 5));
  const LeadingEigenpairs leading = leading_eigenpairs(network, start, options);
  EXPECT_FALSE(leading.converged);
  EXPECT_GT(leading.residual, 1e-8);
  EXPECT_EQ(leading.pairs.values.size(), 11);
}

TEST(LeadingEigenpairs, RefuseWhatCannotBe) {
  const Matrix start = plane_frame(grid_fourier_basis(64, 5));
  LeadingOptions options;
  options.wanted = 12;
  EXPECT_THROW(leading_eigenpairs(network_of(64, 30), start, options), std::invalid_argument);
  options.wanted = 5;
  EXPECT_THROW(leading_eigenpairs(network_of(64, 2), start, options), NumericalError);
}

}  // namespace
}  // namespace wideband::operator_eigenpairs_test
