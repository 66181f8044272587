// Identities between kernels of different networks or inputs: what must agree to rounding.
#include <cmath>
#include <string>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/kernel_points.hpp"
#include "wideband/kernel/kernel.hpp"

namespace wideband::algebra_test {
namespace {

// Entries of A and B agree relative to the diagonal of A, both kernels.
void expect_same(const KernelResult<>& A, const KernelResult<>& B, double tolerance,
                 double ntk_factor = 1) {
  for (Index i = 0; i < A.nngp.rows(); ++i) {
    for (Index j = 0; j < A.nngp.cols(); ++j) {
      const auto x = static_cast<std::size_t>(i), z = static_cast<std::size_t>(j);
      const double K = std::sqrt(A.variance_x[x] * A.variance_z[z]);
      const double Theta = std::sqrt(A.ntk_diagonal_x[x] * A.ntk_diagonal_z[z]);
      EXPECT_TRUE(test::near(B.nngp(i, j), A.nngp(i, j), tolerance * K)) << i << ' ' << j;
      EXPECT_TRUE(test::near(B.ntk(i, j) / ntk_factor, A.ntk(i, j), tolerance * Theta))
          << i << ' ' << j;
    }
  }
}

KernelResult<> of(const Matrix& X, const std::string& net) {
  return kernel(X, parse_architecture(net));
}

const Matrix rows = test::clustered_rows(6, 11);
constexpr double rounding = 1e-14;

// Law 6. Rotations, permutations and zero features act on inner products alone.
TEST(KernelInvariance, RotationsPermutationsAndZeroFeatures) {
  const Architecture net =
      parse_architecture("dense W=1.3 b=0.2 | relu | dense b=0.1 | gelu | dense");
  const KernelResult<> plain = kernel(rows, net);
  // Two reflections x - 2 v v'x / |v|^2 make a rotation.
  Matrix turned = rows;
  for (Index k = 0; k < 2; ++k) {
    const Vector v =
        test::gaussian_rows(1, 6, 12 + static_cast<std::uint64_t>(k)).row(0).transpose();
    turned = (turned - (turned * v) * v.transpose() * (2 / v.squaredNorm())).eval();
  }
  // The rotated rows are rounded: pairs at distance r turn by eps/r, kernels by eps.
  expect_same(plain, kernel(turned, net), 1e-13);
  expect_same(plain, kernel(rows.rowwise().reverse(), net), 1e-13);

  Matrix order(rows.rows(), rows.cols());
  for (Index i = 0; i < rows.rows(); ++i) order.row(i) = rows.row(rows.rows() - 1 - i);
  const KernelResult<> permuted = kernel(order, net);
  EXPECT_TRUE(test::near(permuted.ntk.reverse(), plain.ntk, 1e-13 * plain.ntk.maxCoeff()));
  const KernelResult<> cross = kernel(rows, order, net), swapped = kernel(order, rows, net);
  EXPECT_TRUE(test::near(swapped.ntk.transpose(), cross.ntk, 1e-13 * plain.ntk.maxCoeff()));

  Matrix wider = Matrix::Zero(rows.rows(), rows.cols() + 1);
  wider.leftCols(rows.cols()) = rows;
  const double shrink = 6.0 / 7.0;  // K_0 is a mean over features
  const KernelResult<> padded = kernel(wider, parse_architecture("dense"));
  EXPECT_TRUE(test::near(padded.nngp, shrink * of(rows, "dense").nngp, 1e-14));
}

TEST(KernelInvariance, BiasFreeReluIsHomogeneous) {
  const std::string net = "dense W=1.2 | relu | dense | relu | dense";
  const KernelResult<> plain = kernel(rows, rows, parse_architecture(net));
  const KernelResult<> scaled = kernel(3.7 * rows, 0.2 * rows, parse_architecture(net));
  const double factor = 3.7 * 0.2;
  EXPECT_TRUE(test::near(scaled.nngp, factor * plain.nngp, 1e-13 * plain.nngp.maxCoeff()));
  EXPECT_TRUE(test::near(scaled.ntk, factor * plain.ntk, 1e-13 * plain.ntk.maxCoeff()));
}

// Law 7. |K| <= sqrt(K11 K22), and a normalized ReLU layer never lowers the cosine.
TEST(KernelBounds, CauchySchwarzAndMonotoneCosine) {
  const Matrix X = test::gaussian_rows(40, 5, 13);
  std::string net = "dense W=1.4142135623730951";
  KernelResult<> below = of(X, net);
  for (int l = 0; l < 5; ++l) {
    net += " | relu | dense W=1.4142135623730951";
    const KernelResult<> above = of(X, net);
    for (Index i = 0; i < X.rows(); ++i) {
      for (Index j = 0; j < i; ++j) {
        const double scale = std::sqrt(above.nngp(i, i) * above.nngp(j, j));
        EXPECT_LE(std::abs(above.nngp(i, j)), scale * (1 + 4e-16));
        EXPECT_GE(above.nngp(i, j), below.nngp(i, j) - 4e-16 * scale);
      }
    }
    below = above;
  }
}

// Law 8. With all fan-ins N: K identical, Theta_standard = (N / W^2) Theta_ntk, for no bias and for
// b = W / sqrt N.
TEST(KernelParameterizations, DifferByAFactor) {
  const Matrix X = test::clustered_rows(8, 14);
  for (const std::string bias : {"", " b=0.53033008588991064"}) {  // 1.5 / sqrt 8
    std::string net = "dense 8 W=1.5" + bias;
    for (const char* phi : {"relu", "erf", "gelu"})
      net += std::string(" | ") + phi + " | dense 8 W=1.5" + bias;
    expect_same(of(X, net), of(X, "standard: " + net), rounding, 8 / 2.25);
  }
}

// Law 9. Bias-free ReLU: Theta(x, x) = (number of dense layers) K(x, x), W = sqrt 2 keeps q.
TEST(KernelDiagonal, CountsLayers) {
  std::string net = "dense W=1.4142135623730951";
  const KernelResult<> first = of(rows, net);
  for (int l = 2; l <= 6; ++l) {
    net += " | relu | dense W=1.4142135623730951";
    const KernelResult<> result = of(rows, net);
    for (Index i = 0; i < rows.rows(); ++i) {
      EXPECT_TRUE(test::relatively_near(result.ntk(i, i), l * result.nngp(i, i), rounding));
      EXPECT_TRUE(test::relatively_near(result.nngp(i, i), first.nngp(i, i), rounding));
    }
  }
}

// Law 10. n equal branches with own weights are one whose last dense layer has W, b times sqrt n.
TEST(KernelAlgebra, EqualBranchesAddUp) {
  const std::string body = "dense W=1.1 b=0.3 | relu | dense W=", close = " | erf | dense";
  const std::string one = "0.5 b=0.2", two = "0.70710678118654757 b=0.28284271247461901";
  expect_same(of(rows, "dense | sum(" + body + one + "; " + body + one + ")" + close),
              of(rows, "dense | " + body + two + close), rounding);
}

TEST(KernelAlgebra, EqualBranchesOfAConcatAreOne) {
  const std::string path = "dense 3 W=1.1 b=0.3", close = " | relu | dense b=0.1 | gelu | dense";
  expect_same(of(rows, path + close), of(rows, "concat(" + path + "; " + path + ")" + close),
              rounding);
}

TEST(KernelAlgebra, DropoutThatKeepsAllAndASecondLayerNormChangeNothing) {
  const std::string front = "dense b=0.4 | relu", back = " | dense b=0.1 | erf | dense";
  expect_same(of(rows, front + back), of(rows, front + " | dropout keep=1 training=1" + back), 0);
  const std::string norm = " | dense b=0.3 | layernorm eps=0";
  expect_same(of(rows, front + norm + " | relu | dense"),
              of(rows, front + norm + " | layernorm eps=0 | relu | dense"), rounding);
}

TEST(KernelAlgebra, EmptyAndNestedPathsAreComposition) {
  expect_same(of(rows, "dense | identity | relu | dense"), of(rows, "dense | relu | dense"), 0);
  expect_same(of(rows, "dense | sum(identity; sum(dense W=0.5; dense W=0.7)) | relu | dense"),
              of(rows, "dense | sum(identity; dense W=0.5; dense W=0.7) | relu | dense"), rounding);
}

}  // namespace
}  // namespace wideband::algebra_test
