#include "wideband/experiment/doctor.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <cstdint>
#include <exception>
#include <functional>
#include <numbers>

#include <fmt/format.h>

#include "wideband/circle/arc_network.hpp"
#include "wideband/circle/dense_product.hpp"
#include "wideband/circle/grid_operator.hpp"
#include "wideband/circle/operator_eigenpairs.hpp"
#include "wideband/circle/projected_blocks.hpp"
#include "wideband/circle/sorted_product.hpp"
#include "wideband/circle/spectrum.hpp"
#include "wideband/circle/tangent_gram.hpp"
#include "wideband/core/constants.hpp"
#include "wideband/core/error.hpp"
#include "wideband/data/circle_points.hpp"
#include "wideband/data/target.hpp"
#include "wideband/linalg/decomposition.hpp"
#include "wideband/linalg/product.hpp"
#include "wideband/math/fourier.hpp"
#include "wideband/random/key.hpp"

namespace wideband {
namespace {

// The largest ratio of an error to its bound. A failure stays, so that a NaN cannot be forgotten.
class Worst {
 public:
  void see(double error, double bound) {
    const double ratio = error / bound;
    if (ratio_ <= 1 && !(ratio <= ratio_)) ratio_ = ratio;
  }
  void see(const Matrix& measured, const Matrix& expected, double bound) {
    // Entry by entry: maxCoeff may step over a NaN.
    for (Index i = 0; i < expected.rows(); ++i) {
      for (Index j = 0; j < expected.cols(); ++j) {
        see(std::abs(measured(i, j) - expected(i, j)), bound);
      }
    }
  }
  double ratio() const { return ratio_; }

 private:
  double ratio_ = 0;
};

Check check(const std::string& name, const std::function<Worst()>& body) {
  try {
    const double ratio = body().ratio();
    return {name, ratio <= 1, fmt::format("largest error {:.2g} of the error allowed", ratio)};
  } catch (const std::exception& error) {
    return {name, false, error.what()};
  }
}

Matrix random_matrix(Index rows, Index cols) {
  const Vector u = uniforms(Key(1).child("doctor").child(rows).child(cols), rows * cols);
  return 2 * Eigen::Map<const Matrix>(u.data(), rows, cols) - Matrix::Ones(rows, cols);
}

// The plain loops.
Matrix plain_product(const Matrix& A, const Matrix& B) {
  Matrix C = Matrix::Zero(A.rows(), B.cols());
  for (Index i = 0; i < A.rows(); ++i) {
    for (Index l = 0; l < A.cols(); ++l) {
      for (Index j = 0; j < B.cols(); ++j) C(i, j) += A(i, l) * B(l, j);
    }
  }
  return C;
}

// Sums of k products of entries below 1, in two orders.
double product_bound(Index k) {
  return 2 * eps * static_cast<double>(k * k + 1);
}

// Sizes beside the blocks of any kernel: one less, one more, and primes.
constexpr std::array<std::array<Index, 3>, 8> awkward = {{{1, 1, 1},
                                                          {3, 5, 7},
                                                          {17, 31, 13},
                                                          {33, 15, 64},
                                                          {65, 97, 31},
                                                          {97, 129, 63},
                                                          {127, 8, 193},
                                                          {131, 257, 101}}};

Worst matrix_products() {
  Worst worst;
  for (const auto& [n, k, m] : awkward) {
    const Matrix A = random_matrix(n, k);
    const Matrix B = random_matrix(k, m);
    const Matrix expected = plain_product(A, B);
    worst.see(product(A, B), expected, product_bound(k));
    worst.see(transposed_product(A.transpose(), B), expected, product_bound(k));
  }
  return worst;
}

Worst gram_products() {
  Worst worst;
  for (const auto& [n, k, m] : awkward) {
    const Matrix A = random_matrix(k, n);
    worst.see(gram(A), plain_product(A.transpose(), A), product_bound(k));
  }
  return worst;
}

// Backward error and orthogonality of LAPACK: a small multiple of n eps |A|; ten covers it.
Worst eigenvectors() {
  Worst worst;
  for (const Index n : {1, 2, 7, 26, 33, 101}) {
    const Matrix R = random_matrix(n, n);
    const Matrix A = R + R.transpose();
    const SymmetricEigen eigen = symmetric_eigen(A);
    const Matrix& V = eigen.vectors;
    const double bound = 10 * eps * static_cast<double>(n) * std::max(1.0, A.norm());
    worst.see(plain_product(A, V), V * eigen.values.asDiagonal(), bound);
    worst.see(plain_product(V.transpose(), V), Matrix::Identity(n, n), bound);
    worst.see(symmetric_eigenvalues(A), eigen.values, bound);
  }
  return worst;
}

// The lines "philox4x64 10" of kat_vectors in the distribution of Random123.
Worst generator_known_answers() {
  using Block = std::array<std::uint64_t, 4>;
  constexpr std::uint64_t ones = ~std::uint64_t{0};
  const bool zeros_agree =
      philox({0, 0, 0, 0}, {0, 0}) ==
      Block{0x16554d9eca36314c, 0xdb20fe9d672d0fdc, 0xd7e772cee186176b, 0x7e68b68aec7ba23b};
  const bool ones_agree =
      philox({ones, ones, ones, ones}, {ones, ones}) ==
      Block{0x87b092c3013fe90b, 0x438c3c67be8d0224, 0x9cc7d7c69cd777b6, 0xa09caebf594f0ba0};
  Worst worst;
  worst.see(zeros_agree && ones_agree ? 0 : 1, eps);
  return worst;
}

Worst fourier_transforms() {
  Worst worst;
  for (const Index n : {1, 2, 15, 16, 1001, 1009, 32768}) {
    const Vector x = gaussians(Key(2).child("doctor").child(n), n);
    const Eigen::VectorXcd X = real_fft(x);
    const double bound = 1e-14 * std::log2(2 * static_cast<double>(n)) * x.norm();
    worst.see(inverse_real_fft(X, n), x, bound);
    const Index k = n / 3;
    std::complex<double> sum = 0;
    for (Index i = 0; i < n; ++i) {
      const double angle =
          -2 * std::numbers::pi * static_cast<double>(i * k % n) / static_cast<double>(n);
      sum += std::polar(1.0, angle) * x[i];
    }
    worst.see(std::abs(X[k] - sum), bound + eps * static_cast<double>(n) * x.norm());
  }
  return worst;
}

Worst sorted_angle_products() {
  Worst worst;
  for (const Index n : {1, 2, 33, 257}) {
    const Vector angles = random_angles(n, Key(3).child("doctor"));
    const SortedAngles samples(angles);
    const Vector v = gaussians(Key(4).child("doctor"), n);
    const double bound = 1e-14 * v.lpNorm<1>() / static_cast<double>(n);
    for (const AngleKernel kernel : angle_kernels()) {
      worst.see(operator_product(kernel, samples, v), dense_product(kernel, angles, angles, v),
                bound);
    }
  }
  return worst;
}

Worst grid_operators() {
  Worst worst;
  for (const Index n : {2, 64, 101, 256}) {
    const Vector v = gaussians(Key(5).child("doctor"), n);
    const double bound = 1e-14 * std::log2(2 * static_cast<double>(n)) * v.norm();
    for (const AngleKernel kernel : angle_kernels()) {
      const Matrix A = dense_grid_operator(kernel, n);
      worst.see(GridOperator(kernel, n).product(v), plain_product(A, v), bound);
      const Vector spectrum = grid_spectrum(kernel, n);
      for (Index k = 0; k <= n / 2; ++k) {
        worst.see(std::abs(spectrum[k] - grid_eigenvalue(kernel, n, k)), 1e-15);
      }
    }
  }
  return worst;
}

// Thirty steps of one network by arcs and by plain loops. Rounding moves a loss by n + m additions
// a step; the Gram matrix sums over neurons.
Worst arc_networks() {
  constexpr Index n = 65, m = 48, steps = 30;
  const Vector angles = random_angles(n, Key(6).child("doctor"));
  const Vector y = target_values(target("base4"), angles);
  Worst worst;
  for (const double beta_b : {0.0, 1.0}) {
    ShallowNetwork plain = initial_network(Key(7).child("doctor"), m, beta_b);
    ArcNetwork arcs(plain, angles);
    const Matrix expected = plain_tangent_gram(plain, angles);
    worst.see(tangent_gram(arcs), expected, (n + m) * eps * expected.maxCoeff());
    const double learning_rate = 0.2 / n;
    for (Index s = 1; s <= steps; ++s) {
      const double loss = plain_step(plain, angles, y, learning_rate);
      const double bound = static_cast<double>(8 * s * (n + m)) * eps * loss;
      worst.see(std::abs(arcs.step(y, learning_rate).loss - loss), bound);
    }
  }
  return worst;
}

// The matrix-free operator A = J J'/n, its blocks and its eigenpairs beside the dense Gram matrix.
Worst tangent_operators() {
  constexpr Index n = 65, m = 16;
  const Vector angles = random_angles(n, Key(8).child("doctor"));
  const ShallowNetwork network = initial_network(Key(9).child("doctor"), m);
  const ArcNetwork arcs(network, angles);
  const Matrix A = plain_tangent_gram(network, angles) / static_cast<double>(n);
  const Matrix V = random_matrix(n, 5);  // entries below 1, hence |A V| <= n max|A|
  const double bound = 8 * (n + m) * eps * static_cast<double>(n) * A.maxCoeff();
  Worst worst;
  worst.see(arcs.tangent_products(V), plain_product(A, V), bound);
  worst.see(arcs.tangent_product(V.col(0)), plain_product(A, V.col(0)), bound);
  worst.see(ProjectedBlocks(angles, V).block(arcs),
            plain_product(V.transpose(), plain_product(A, V)), static_cast<double>(n) * bound);
  const Eigenpairs pairs = tangent_eigenpairs(arcs);
  worst.see(plain_product(A, pairs.vectors), pairs.vectors * pairs.values.asDiagonal(), bound);
  return worst;
}

}  // namespace

std::vector<Check> blas_tests() {
  return {check("matrix products", matrix_products), check("Gram products", gram_products),
          check("eigenvectors", eigenvectors)};
}

std::vector<Check> self_tests() {
  std::vector<Check> checks = blas_tests();
  checks.push_back(check("random numbers", generator_known_answers));
  checks.push_back(check("Fourier transforms", fourier_transforms));
  checks.push_back(check("sorted-angle products", sorted_angle_products));
  checks.push_back(check("grid operator", grid_operators));
  checks.push_back(check("arc network", arc_networks));
  checks.push_back(check("tangent operator", tangent_operators));
  return checks;
}

void require_sound_blas(const std::vector<Check>& checks) {
  for (const Check& check : checks) {
    if (check.passed) continue;
    throw UnavailableError(fmt::format(
        "[doctor] this BLAS computes wrong numbers on this processor ({}: {}); BLAS is {}; set "
        "OPENBLAS_CORETYPE=Haswell in the environment and run again",
        check.name, check.detail, blas_description()));
  }
}

}  // namespace wideband
