#include "wideband/math/dual_derivatives.hpp"

#include <cmath>
#include <functional>
#include <vector>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/constants.hpp"

namespace wideband::dual_derivatives_test {
namespace {

using test::eps;

std::vector<Phi> closed_functions() {
  return {phi(PhiFamily::relu),
          phi(PhiFamily::leaky_relu, {0.2}),
          phi(PhiFamily::abs),
          phi(PhiFamily::abrelu, {-0.5, 2}),
          phi(PhiFamily::erf, {1.3, 0.7, 0.4}),
          phi(PhiFamily::probit),
          phi(PhiFamily::sigmoid_like),
          phi(PhiFamily::gelu),
          phi(PhiFamily::sin, {0.8, 1.2, 0.6}),
          phi(PhiFamily::cos, {1.1, 0.5, 0.3}),
          phi(PhiFamily::rbf, {0.3}),
          phi(PhiFamily::exp, {0.5, 0.6}),
          phi(PhiFamily::gaussian, {0.7, -0.8}),
          phi(PhiFamily::gabor),
          phi(PhiFamily::sign),
          phi(PhiFamily::step),
          phi(PhiFamily::monomial, {3}),
          phi(PhiFamily::rectified_monomial, {0}),
          phi(PhiFamily::rectified_monomial, {1}),
          phi(PhiFamily::rectified_monomial, {2}),
          phi(PhiFamily::rectified_monomial, {4}),
          phi(PhiFamily::hermite, {3}),
          phi(PhiFamily::polynomial, {0.2, 1, 0.3, -0.1}),
          phi(PhiFamily::exp_normalized, {1.5, 0.3})};
}

// From the pair state, which is another route than the derivatives take.
double K_of(const Phi& f, double q1, double q2, double k) {
  const double rho = k / std::sqrt(q1 * q2);
  return covariance(dual_variance(f, q1), dual_variance(f, q2),
                    dual(f, q1, q2, {(1 - rho) / 2, (1 + rho) / 2}).angle);
}
double Kdot_of(const Phi& f, double q1, double q2, double k) {
  const double rho = k / std::sqrt(q1 * q2);
  return dual(f, q1, q2, {(1 - rho) / 2, (1 + rho) / 2}).slope;
}

// Fourth order with h = 1e-3: truncation some 1e-12, rounding some 1e-13 times the values.
double difference(const std::function<double(double)>& f, double x) {
  const double h = 1e-3;
  return (8 * (f(x + h) - f(x - h)) - (f(x + 2 * h) - f(x - 2 * h))) / (12 * h);
}

struct Point {
  double q1, q2, k;
};
const std::vector<Point> points = {{0.8, 1.3, 0.5}, {0.8, 1.3, -0.6}, {0.9, 0.7, 0.1}};

HalfAngle angle_of(const Point& x) {
  const double rho = x.k / std::sqrt(x.q1 * x.q2);
  return {(1 - rho) / 2, (1 + rho) / 2};
}

void expect_close(double measured, double expected, const Phi& f, const char* what) {
  EXPECT_TRUE(test::near(measured, expected, 1e-9 * std::max(1.0, std::abs(expected))))
      << name_of(f.family) << " " << what;
}

TEST(DualDerivativesOf, ValuesAreThoseOfTheDual) {
  for (const Phi& f : closed_functions()) {
    for (const Point& x : points) {
      const DualDerivatives d = dual_derivatives(f, x.q1, x.q2, angle_of(x));
      const double scale = std::max(1.0, std::abs(d.K) + std::abs(d.Kdot));
      EXPECT_TRUE(test::near(d.K, K_of(f, x.q1, x.q2, x.k), 64 * eps * scale)) << name_of(f.family);
      EXPECT_TRUE(test::near(d.Kdot, Kdot_of(f, x.q1, x.q2, x.k), 64 * eps * scale))
          << name_of(f.family);
    }
  }
}

TEST(DualDerivativesOf, AreTheLimitsOfDifferences) {
  for (const Phi& f : closed_functions()) {
    for (const Point& x : points) {
      const double q1 = x.q1, q2 = x.q2, k = x.k;  // clang 14 captures no structured bindings
      const DualDerivatives d = dual_derivatives(f, q1, q2, angle_of({q1, q2, k}));
      expect_close(d.K_q1, difference([&](double q) { return K_of(f, q, q2, k); }, q1), f, "K_q1");
      expect_close(d.K_q2, difference([&](double q) { return K_of(f, q1, q, k); }, q2), f, "K_q2");
      expect_close(d.K_k, difference([&](double moved) { return K_of(f, q1, q2, moved); }, k), f,
                   "K_k");
      expect_close(d.Kdot_q1, difference([&](double q) { return Kdot_of(f, q, q2, k); }, q1), f,
                   "Kdot_q1");
      expect_close(d.Kdot_q2, difference([&](double q) { return Kdot_of(f, q1, q, k); }, q2), f,
                   "Kdot_q2");
      expect_close(d.Kdot_k, difference([&](double moved) { return Kdot_of(f, q1, q2, moved); }, k),
                   f, "Kdot_k");
    }
  }
}

TEST(DualDerivativesOf, TheSlopeByTheCovarianceIsTheDual) {
  for (const Phi& f : closed_functions()) {
    if (has_distributional_derivative(f)) continue;
    for (const Point& x : points) {
      const DualDerivatives d = dual_derivatives(f, x.q1, x.q2, angle_of(x));
      EXPECT_TRUE(test::near(d.K_k, d.Kdot, 32 * eps * std::max(1.0, std::abs(d.Kdot))))
          << name_of(f.family);
    }
  }
}

TEST(DualDerivativesOf, ByTheParameters) {
  for (const Phi& f : closed_functions()) {
    const auto& known = keys(f.family);
    if (known.empty() || known.front().is_integer) continue;
    for (std::size_t i = 0; i < f.parameters.size(); ++i) {
      const auto with = [&](double p) {
        Phi moved = f;
        moved.parameters[i] = p;
        return moved;
      };
      for (const Point& x : points) {
        const double q1 = x.q1, q2 = x.q2, k = x.k;  // clang 14 captures no structured bindings
        const DualDerivatives d = dual_derivatives(f, q1, q2, angle_of({q1, q2, k}), i);
        const double p = f.parameters[i];
        expect_close(d.K_p,
                     difference([&](double moved) { return K_of(with(moved), q1, q2, k); }, p), f,
                     "K_p");
        expect_close(d.Kdot_p,
                     difference([&](double moved) { return Kdot_of(with(moved), q1, q2, k); }, p),
                     f, "Kdot_p");
      }
      const VarianceDerivatives v = variance_derivatives(f, 0.8, i);
      const double p = f.parameters[i];
      expect_close(v.V_p, difference([&](double x) { return dual_variance(with(x), 0.8); }, p), f,
                   "V_p");
      expect_close(v.W_p,
                   difference([&](double x) { return dual_slope_variance(with(x), 0.8); }, p), f,
                   "W_p");
    }
  }
}

TEST(VarianceDerivativesOf, AreTheLimitsOfDifferences) {
  for (const Phi& f : closed_functions()) {
    const VarianceDerivatives v = variance_derivatives(f, 0.8);
    expect_close(v.V_q, difference([&](double q) { return dual_variance(f, q); }, 0.8), f, "V_q");
    expect_close(v.W_q, difference([&](double q) { return dual_slope_variance(f, q); }, 0.8), f,
                 "W_q");
  }
}

TEST(DualDerivativesOf, AtACornerOnTheDiagonal) {
  const DualDerivatives d = dual_derivatives(phi(PhiFamily::relu), 1, 1, half_angle(0, false));
  EXPECT_TRUE(std::isinf(d.Kdot_k));
  EXPECT_EQ(slope_change(d, 1, 1, 1), 0);
  EXPECT_TRUE(test::near(covariance_change(d, 1, 1, 1), 0.5, eps));
}

TEST(DualDerivativesOf, ZeroRowsAreFinite) {
  for (const Phi& f : closed_functions()) {
    const DualDerivatives d = dual_derivatives(f, 0, 0.7, {});
    EXPECT_TRUE(std::isfinite(d.K_q1) && std::isfinite(d.K_q2) && std::isfinite(d.K_k) &&
                std::isfinite(d.Kdot_q1) && std::isfinite(d.Kdot_k))
        << name_of(f.family);
  }
}

TEST(DualDerivativesOf, RefusesWhatIsNoParameter) {
  EXPECT_THROW(dual_derivatives(phi(PhiFamily::relu), 1, 1, {}, 0), std::invalid_argument);
  EXPECT_THROW(dual_derivatives(phi(PhiFamily::monomial, {3}), 1, 1, {}, 0), std::invalid_argument);
  EXPECT_THROW(dual_derivatives(phi(PhiFamily::tanh), 1, 1, {}), std::invalid_argument);
}

}  // namespace
}  // namespace wideband::dual_derivatives_test
