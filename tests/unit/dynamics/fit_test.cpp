#include "wideband/dynamics/fit.hpp"

#include <array>
#include <cmath>
#include <stdexcept>
#include <string>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/kernels.hpp"
#include "wideband/model/fields.hpp"

namespace wideband::fit_test {
namespace {

using Fields = std::vector<std::string>;

double evidence_of(const Matrix& X, const Matrix& y, const Architecture& net, double ridge) {
  return Predictor(nngp(X, net), y, {.ridge = ridge}).log_marginal_likelihood();
}

TEST(Fit, FindsTheVarianceOfIndependentSamples) {
  // X X'/d = I, so that A = (W^2 + r) I and the evidence is largest where W^2 + r is the mean of
  // y^2.
  const Matrix X = 3 * Matrix::Identity(9, 9);
  const Matrix y = 2 * test::normal_matrix(9, 2, Key(1));
  const double mean_square = y.squaredNorm() / 18;
  FitOptions options{.ridge = .1, .ridge_scale = RidgeScale::absolute, .tolerance = 1e-10};
  const Architecture net = parse_architecture("dense W=1");
  const Fit by_W = fit(X, y, net, Fields{"W"}, options);
  EXPECT_EQ(by_W.status, Status::ok);
  EXPECT_TRUE(
      test::relatively_near(std::pow(*field_values(by_W.net, "W")[0], 2), mean_square - .1, 1e-6));
  EXPECT_EQ(by_W.ridge, .1);
  const Fit by_ridge = fit(X, y, net, Fields{"ridge"}, options);
  EXPECT_TRUE(test::relatively_near(by_ridge.ridge, mean_square - 1, 1e-6));
  EXPECT_TRUE(test::near(by_ridge.log_marginal_likelihood, by_W.log_marginal_likelihood, 1e-8));
}

TEST(Fit, NeighborsOfTheMaximumAreLower) {
  const Matrix X = test::normal_matrix(14, 2, Key(2));
  Matrix y(14, 1);
  for (Index i = 0; i < 14; ++i) y(i, 0) = std::sin(2 * X(i, 0)) + .1 * X(i, 1);
  const Architecture net = parse_architecture("dense 8 W=1 b=0.5 | relu | dense W=1 b=0.5");
  const Fields fields{"0.W", "b", "ridge"};
  const Fit best = fit(X, y, net, fields, {.ridge = .1});
  EXPECT_EQ(best.status, Status::ok);
  EXPECT_GT(best.log_marginal_likelihood, evidence_of(X, y, net, .1));
  EXPECT_TRUE(
      test::near(best.log_marginal_likelihood, evidence_of(X, y, best.net, best.ridge), 1e-8));
  for (const double factor : {.95, 1.05}) {
    EXPECT_LT(evidence_of(X, y, best.net, best.ridge * factor), best.log_marginal_likelihood);
    for (const std::string field : {"0.W", "b"}) {
      Architecture other = best.net;
      for (double* const number : field_values(other, field)) *number *= factor;
      EXPECT_LT(evidence_of(X, y, other, best.ridge), best.log_marginal_likelihood) << field;
    }
  }
}

TEST(Fit, KnowsTheTangentKernelToo) {
  const Matrix X = test::normal_matrix(8, 2, Key(3));
  const Matrix y = test::normal_matrix(8, 1, Key(4));
  const Architecture net = parse_architecture("dense 8 W=1 | erf | dense W=1");
  const Fit best = fit(X, y, net, Fields{"2.W"}, {.law = Law::ntk_gp, .ridge = .3});
  EXPECT_EQ(best.status, Status::ok);
  EXPECT_TRUE(test::near(best.log_marginal_likelihood,
                         Predictor(ntk(X, best.net), y, {.ridge = .3}).log_marginal_likelihood(),
                         1e-8));
}

TEST(Fit, RefusesBadInput) {
  const Matrix X = test::normal_matrix(5, 2, Key(5));
  const Matrix y = test::normal_matrix(5, 1, Key(6));
  const Architecture net = parse_architecture("dense 8 W=1 b=0 | relu | dense W=2");
  EXPECT_THROW(fit(X, y, net, Fields{}), std::invalid_argument);
  EXPECT_THROW(fit(X, y, net, Fields{"W"}), std::invalid_argument);  // 1 and 2
  EXPECT_THROW(fit(X, y, net, Fields{"b"}), std::invalid_argument);  // at 0
  EXPECT_THROW(fit(X, y, net, Fields{"beta"}), std::invalid_argument);
  EXPECT_THROW(fit(X, y, net, Fields{"0.W"}, {.law = Law::ntk}), std::invalid_argument);
  EXPECT_THROW(validate(FitOptions{.ridge = 0}), std::invalid_argument);
  EXPECT_THROW(validate(FitOptions{.max_iterations = 0}), std::invalid_argument);
}

}  // namespace
}  // namespace wideband::fit_test
