// Finite networks approach the kernels as one over the root of their width.
#include <cmath>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/finite_network.hpp"
#include "support/kernel_points.hpp"
#include "wideband/kernel/kernel.hpp"
#include "wideband/linalg/row_products.hpp"

namespace wideband::finite_width_test {
namespace {

struct Fit {
  double slope, standard_error;
};

// Mean and standard error over draws of each draw's least-squares slope of log error by log width.
Fit fit_of(const std::vector<double>& log_width,
           const std::vector<std::vector<double>>& log_error) {
  double mean_x = 0;
  for (const double x : log_width) mean_x += x / static_cast<double>(log_width.size());
  std::vector<double> slopes;
  for (const std::vector<double>& errors : log_error) {
    double xy = 0, xx = 0;
    for (std::size_t w = 0; w < errors.size(); ++w) {
      xy += (log_width[w] - mean_x) * errors[w];
      xx += (log_width[w] - mean_x) * (log_width[w] - mean_x);
    }
    slopes.push_back(xy / xx);
  }
  const auto n = static_cast<double>(slopes.size());
  double mean = 0, square = 0;
  for (const double slope : slopes) mean += slope / n;
  for (const double slope : slopes) square += (slope - mean) * (slope - mean);
  return {mean, std::sqrt(square / (n - 1) / n)};
}

double relative(const Matrix& A, const Matrix& B) {
  return (A - B).norm() / B.norm();
}

// Law 2. `text` has {} where the width stands.
void expect_half(const std::string& text, const std::vector<Index>& widths, int draws) {
  SCOPED_TRACE(text);
  const BlasThreads single(1);
  const Matrix X = test::gaussian_rows(6, 3, 31);
  std::vector<double> log_width;
  for (const Index width : widths) log_width.push_back(std::log(static_cast<double>(width)));
  std::vector<std::vector<double>> K_errors(static_cast<std::size_t>(draws)),
      Theta_errors = K_errors;
  for (const Index width : widths) {
    const Architecture net = parse_architecture(fmt::format(fmt::runtime(text), width));
    const KernelResult<> limit = kernel(X, net);
    Matrix mean = Matrix::Zero(6, 6);
    double mean_error = 0;
    for (int draw = 0; draw < draws; ++draw) {
      const Key key = Key(32).child("draw").child(draw).child(width);
      const auto reading = test::FiniteNetwork(net, key).read(X);
      const double error = relative(reading.tangent_kernel, limit.ntk);
      K_errors[static_cast<std::size_t>(draw)].push_back(
          std::log(relative(reading.covariance, limit.nngp)));
      Theta_errors[static_cast<std::size_t>(draw)].push_back(std::log(error));
      mean += reading.tangent_kernel / draws;
      mean_error += error / draws;
    }
    EXPECT_LT(relative(mean, limit.ntk), mean_error);
  }
  for (const auto* errors : {&K_errors, &Theta_errors}) {
    const Fit fit = fit_of(log_width, *errors);
    EXPECT_LE(fit.standard_error, 0.03);
    EXPECT_TRUE(test::near(fit.slope, -0.5, 4 * fit.standard_error));
  }
}

TEST(FiniteWidth, ErrorsFallAsTheRootOfTheWidth) {
  const std::vector<Index> wide = {64, 128, 256, 512, 1024, 2048, 4096};
  expect_half("dense {0} W=1.4 b=0.1 | relu | dense W=1.2 b=0.1", wide, 32);
  expect_half("standard: dense {0} W=1.4 b=0.1 | relu | dense W=1.2 b=0.1", wide, 32);
  expect_half("dense {0} W=1.4 b=0.1 | erf | dense", wide, 32);
  expect_half("standard: dense {0} W=1.4 | tanh | dense b=0.2", wide, 32);
}

TEST(FiniteWidthFull, ErrorsOfResidualNetsToo) {
  const std::vector<Index> narrow = {32, 64, 128, 256, 512};
  expect_half("dense {0} | residual(dense {0} W=1.2 | relu | dense {0} b=0.1) | erf | dense",
              narrow, 48);
  expect_half("standard: dense {0} | residual(dense {0} | erf | dense {0} b=0.1) | relu | dense",
              narrow, 48);
}

}  // namespace
}  // namespace wideband::finite_width_test
