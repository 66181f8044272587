#include "wideband/circle/sample_moments.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/constants.hpp"
#include "wideband/circle/basis.hpp"
#include "wideband/circle/dense_product.hpp"
#include "wideband/circle/sample_matrices.hpp"
#include "wideband/data/circle_points.hpp"
#include "wideband/math/quadrature.hpp"

namespace wideband::sample_moments_test {
namespace {

using test::pi;

// Phi and A of a few angles, without the requirement n >= d of fourier_basis.
Matrix small_basis(const Vector& g, Index cutoff) {
  Matrix Phi(g.size(), basis_size(cutoff));
  for (Index i = 0; i < g.size(); ++i) {
    Phi(i, 0) = 1;
    for (Index k = 1; k <= cutoff; ++k) {
      Phi(i, 2 * k - 1) = std::sqrt(2.0) * std::cos(static_cast<double>(k) * g[i]);
      Phi(i, 2 * k) = std::sqrt(2.0) * std::sin(static_cast<double>(k) * g[i]);
    }
  }
  return Phi;
}

struct SquaredErrors {
  double gram;
  double compressed;
  double action;
};

SquaredErrors squared_errors(AngleKernel kernel, Index cutoff, const Vector& g) {
  const double n = static_cast<double>(g.size());
  const Matrix Phi = small_basis(g, cutoff);
  const Matrix A = dense_operator(kernel, g, g);
  const Matrix lambda = sampled_eigenvalues(kernel, cutoff, g.size()).asDiagonal();
  const Index d = Phi.cols();
  return {(Phi.transpose() * Phi / n - Matrix::Identity(d, d)).squaredNorm(),
          (Phi.transpose() * A * Phi / n - lambda).squaredNorm(),
          (A * Phi - Phi * lambda).squaredNorm()};
}

// Mean over n = 2 angles. The three norms do not change when all angles turn, so one angle is 0 and
// the mean is an integral over the other, smooth off 0 and pi.
double mean_over_two(const std::function<double(const Vector&)>& f) {
  const auto integrand = [&](double x) { return f(Vector{{0.0, x}}) / (2 * pi); };
  return integrate(integrand, 0, pi, 1e-13).value + integrate(integrand, pi, 2 * pi, 1e-13).value;
}

// Mean over n = 3 angles: 0 < x < y, twice; smooth off x, y, y - x = pi.
double mean_over_three(const std::function<double(const Vector&)>& f) {
  const auto inner = [&](double x, double a, double b) {
    return integrate([&](double y) { return f(Vector{{0.0, x, y}}); }, a, b, 1e-10).value;
  };
  const auto below = [&](double x) {
    return inner(x, x, pi) + inner(x, pi, x + pi) + inner(x, x + pi, 2 * pi);
  };
  const auto above = [&](double x) { return inner(x, x, 2 * pi); };
  return 2 / (4 * pi * pi) *
         (integrate(below, 0, pi, 1e-9).value + integrate(above, pi, 2 * pi, 1e-9).value);
}

TEST(SampleMoments, EqualTheExactMeansOverTwoAngles) {
  for (const AngleKernel kernel : angle_kernels()) {
    for (const Index cutoff : {0, 1, 3}) {
      const auto mean = [&](double SquaredErrors::*part) {
        return mean_over_two(
            [&](const Vector& g) { return squared_errors(kernel, cutoff, g).*part; });
      };
      EXPECT_TRUE(test::near(gram_square_moment(cutoff, 2), mean(&SquaredErrors::gram), 1e-11));
      EXPECT_TRUE(test::near(compressed_square_moment(kernel, cutoff, 2),
                             mean(&SquaredErrors::compressed), 1e-11));
      EXPECT_TRUE(
          test::near(action_square_moment(kernel, cutoff, 2), mean(&SquaredErrors::action), 1e-11));
    }
  }
}

// n = 3 has every term of the exact formula, the leading one included.
TEST(SampleMoments, EqualTheExactMeansOverThreeAngles) {
  for (const AngleKernel kernel : {AngleKernel::bias, AngleKernel::K0}) {
    const auto mean = [&](double SquaredErrors::*part) {
      return mean_over_three([&](const Vector& g) { return squared_errors(kernel, 1, g).*part; });
    };
    EXPECT_TRUE(test::near(gram_square_moment(1, 3), mean(&SquaredErrors::gram), 1e-8));
    EXPECT_TRUE(
        test::near(compressed_square_moment(kernel, 1, 3), mean(&SquaredErrors::compressed), 1e-8));
    EXPECT_TRUE(test::near(action_square_moment(kernel, 1, 3), mean(&SquaredErrors::action), 1e-8));
  }
}

TEST(SampleMoments, OfOneAngleAreThoseOfTheSelfTerm) {
  // n = 1: H - Lambda^(1) = Theta(0)(phi phi' - I), E = 0.
  EXPECT_TRUE(test::near(compressed_square_moment(AngleKernel::bias, 2, 1), 2.25 * 20, 1e-13));
  EXPECT_EQ(action_square_moment(AngleKernel::bias, 2, 1), 0);
}

TEST(BasisProductVariance, IsThatOfTheSampledProducts) {
  // The mean over a grid of n > 4K angles is exact for products of four basis functions.
  const Index cutoff = 3;
  const Matrix Phi = grid_fourier_basis(64, cutoff);
  Matrix expected(7, 7);
  for (Index p = 0; p < 7; ++p) {
    for (Index q = 0; q < 7; ++q) {
      const Vector product = Phi.col(p).array() * Phi.col(q).array();
      expected(p, q) = product.squaredNorm() / 64 - std::pow(product.mean(), 2);
    }
  }
  const Matrix v = basis_product_variance(cutoff);
  EXPECT_TRUE(test::near(v, expected, 1e-14));
  EXPECT_TRUE(test::near(Vector(v.rowwise().sum()), Vector::Constant(7, 6), 1e-14));
}

TEST(CompressedLeadingVariance, SumsToThePublishedForm) {
  // S_H = 4 sum (l0 + lk)^2 + 4 sum_{k != l} (lk + ll)^2 + 8 sum lk^2, frequencies 1, 2 (K = 2).
  const Vector lambda = basis_eigenvalues(AngleKernel::bias, 2);
  const double l0 = lambda[0];
  const double l1 = lambda[1];
  const double l2 = lambda[3];
  const double S = 4 * (std::pow(l0 + l1, 2) + std::pow(l0 + l2, 2)) + 8 * std::pow(l1 + l2, 2) +
                   8 * (l1 * l1 + l2 * l2);
  EXPECT_TRUE(
      test::near(compressed_leading_variance(AngleKernel::bias, 2, 10).sum(), S / 10, 1e-14));
  const double large = compressed_square_moment(AngleKernel::bias, 2, 1000000) * 1e6;
  EXPECT_TRUE(test::relatively_near(large, S, 1e-4));
}

// Entry by entry over two angles, turned to six places: squares of entries are of degree 4K = 4 in
// the turn. Their sum is (5).
TEST(CompressedEntryVariance, IsTheExactOneOverTwoAngles) {
  for (const AngleKernel kernel : {AngleKernel::bias, AngleKernel::K0}) {
    const Matrix variance = compressed_entry_variance(kernel, 1, 2);
    const Matrix lambda = sampled_eigenvalues(kernel, 1, 2).asDiagonal();
    for (Index p = 0; p < 3; ++p) {
      for (Index q = p; q < 3; ++q) {
        const double expected = mean_over_two([&](const Vector& g) {
          double sum = 0;
          for (int turn = 0; turn < 6; ++turn) {
            const Matrix Phi = small_basis(g.array() + turn * pi / 3, 1);
            const Matrix H = Phi.transpose() * dense_operator(kernel, g, g) * Phi / 2;
            sum += std::pow(H(p, q) - lambda(p, q), 2) / 6;
          }
          return sum;
        });
        EXPECT_TRUE(test::near(variance(p, q), expected, 1e-6)) << p << q;
      }
    }
    for (const Index n : {1, 2, 50, 5000}) {
      EXPECT_TRUE(test::relatively_near(compressed_entry_variance(kernel, 7, n).sum(),
                                        compressed_square_moment(kernel, 7, n), 1e-6));
    }
  }
}

TEST(SampleMoments, RefuseNoSamples) {
  EXPECT_THROW(gram_square_moment(2, 0), std::invalid_argument);
  EXPECT_THROW(compressed_square_moment(AngleKernel::bias, 2, 0), std::invalid_argument);
}

}  // namespace
}  // namespace wideband::sample_moments_test
