#include "wideband/circle/sample_matrices.hpp"

#include <cmath>
#include <numbers>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "wideband/circle/basis.hpp"
#include "wideband/circle/dense_product.hpp"
#include "wideband/circle/spectrum.hpp"
#include "wideband/core/error.hpp"
#include "wideband/data/circle_points.hpp"

namespace wideband::sample_matrices_test {
namespace {

TEST(SampleMatrices, EqualTheDenseDefinitions) {
  const Index n = 60;
  const Vector g = random_angles(n, Key(1));
  for (const AngleKernel kernel : angle_kernels()) {
    const SampleMatrices matrices =
        sample_matrices(SortedAngles(g), {.kernel = kernel, .cutoff = 4});
    const Matrix Phi = fourier_basis(g, 4);
    const Matrix A = dense_operator(kernel, g, g);
    const Matrix G = Phi.transpose() * Phi / n;
    const Matrix H = Phi.transpose() * A * Phi / n;
    EXPECT_TRUE(test::near(matrices.G, G, 1e-14));
    EXPECT_TRUE(test::near(matrices.H, H, 1e-14));
    EXPECT_TRUE(test::near(Matrix(matrices.G * matrices.C), H, 1e-14));
    EXPECT_TRUE(test::near(
        matrices.E, Matrix(A * Phi - Phi * sampled_eigenvalues(kernel, 4, n).asDiagonal()), 1e-14));
    EXPECT_TRUE(test::near(matrices.column_norm, Vector(Phi.colwise().norm().transpose()), 1e-13));
  }
}

TEST(SampleMatrices, OfAGridAreDiagonal) {
  const Index n = 64;
  const SampleMatrices matrices = sample_matrices(SortedAngles(grid_angles(n)), {.cutoff = 5});
  Vector lambda(11);
  for (Index p = 0; p < 11; ++p)
    lambda[p] = grid_eigenvalue(AngleKernel::bias, n, basis_frequency(p));
  EXPECT_TRUE(test::near(matrices.G, Matrix::Identity(11, 11), 1e-14));
  EXPECT_TRUE(test::near(matrices.H, Matrix(lambda.asDiagonal()), 1e-14));
  EXPECT_TRUE(test::near(matrices.C, Matrix(lambda.asDiagonal()), 1e-14));
}

TEST(SampleMatrices, RidgeEntersTheCoordinatesOnly) {
  const SortedAngles samples(random_angles(40, Key(2)));
  const SampleMatrices plain = sample_matrices(samples, {.cutoff = 2});
  const SampleMatrices ridged =
      sample_matrices(samples, {.cutoff = 2, .published_gram_ridge = 0.5});
  EXPECT_EQ(plain.G, ridged.G);
  EXPECT_TRUE(
      test::near(Matrix((plain.G + 0.5 * Matrix::Identity(5, 5)) * ridged.C), plain.H, 1e-14));
}

TEST(SampleMatrices, RefuseTooFewSamplesAndTies) {
  EXPECT_THROW(sample_matrices(SortedAngles(grid_angles(4)), {.cutoff = 2}), std::invalid_argument);
  EXPECT_THROW(
      sample_matrices(SortedAngles(grid_angles(9)), {.cutoff = 2, .published_gram_ridge = -1}),
      std::invalid_argument);
  EXPECT_THROW(sample_matrices(SortedAngles(Vector::Constant(9, 1.0)), {.cutoff = 2}),
               NumericalError);
}

TEST(SampleErrors, AreTheNormsOfTheErrors) {
  const Index n = 80;
  const SampleMatrices matrices =
      sample_matrices(SortedAngles(random_angles(n, Key(3))), {.cutoff = 3});
  const SampleErrors errors = sample_errors(matrices);
  const Matrix gram = matrices.G - Matrix::Identity(7, 7);
  const Matrix compressed = matrices.H - Matrix(matrices.lambda.asDiagonal());
  EXPECT_EQ(errors.gram.value, gram.cwiseAbs().maxCoeff());
  EXPECT_EQ(std::abs(gram(errors.gram.row, errors.gram.column)), errors.gram.value);
  EXPECT_EQ(errors.compressed.value, compressed.cwiseAbs().maxCoeff());
  EXPECT_EQ(errors.action.value, matrices.E.cwiseAbs().maxCoeff());
  EXPECT_TRUE(test::near(errors.gram_fro, gram.norm(), 1e-15));
  EXPECT_TRUE(test::near(errors.compressed_fro, compressed.norm(), 1e-15));
  EXPECT_TRUE(test::near(errors.action_fro, matrices.E.norm(), 1e-14));
  const double shift = spectrum_tail(AngleKernel::bias, 3) / n;
  Matrix centered = matrices.C;
  for (Index p = 0; p < 7; ++p)
    centered(p, p) -= continuum_eigenvalue(AngleKernel::bias, basis_frequency(p)) + shift;
  EXPECT_TRUE(test::near(errors.coordinate_mean, centered.cwiseAbs().maxCoeff(), 1e-15));
}

TEST(LargestEntry, IsTheFirstAmongEquals) {
  Matrix M(2, 2);
  M << 1, -3, 3, 2;
  const LargestEntry largest = largest_entry(M);
  EXPECT_EQ(largest.value, 3);
  EXPECT_EQ(largest.row, 0);
  EXPECT_EQ(largest.column, 1);
}

}  // namespace
}  // namespace wideband::sample_matrices_test
