// Dual functions against their definition by quadrature, their identities, and their bounds.
#include "wideband/math/dual.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

#include <boost/math/quadrature/gauss.hpp>
#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/constants.hpp"
#include "wideband/math/dual_derivatives.hpp"
#include "wideband/random/key.hpp"

namespace wideband::dual_test {
namespace {

using test::eps;
using test::pi;

using Function = std::function<double(double)>;

using Gauss = boost::math::quadrature::gauss<double, 20>;

// 20 points on each of the panels between the ends.
double panel_sum(const Function& f, std::vector<double> ends) {
  std::sort(ends.begin(), ends.end());
  double sum = 0;
  for (std::size_t i = 0; i + 1 < ends.size(); ++i) {
    if (ends[i] < ends[i + 1]) sum += Gauss::integrate(f, ends[i], ends[i + 1]);
  }
  return sum;
}

// E f(u) g(v) in polar coordinates. Panels in the angle end where u or v vanishes and shrink toward
// there until the standard deviation is of order 1; panels in the radius end where u or v is of
// order 1. Between these the integrand is smooth on the length of its panel.
double expectation(const Function& f, const Function& g, double q1, double q2, HalfAngle angle) {
  const double root1 = std::sqrt(q1);
  const double root2 = std::sqrt(q2);
  const double largest = std::max({1.0, root1, root2});
  double sum = 0;
  for (const bool opposite : {false, true}) {
    const double width = opposite ? theta(angle) : supplement(angle);
    const double sign = opposite ? -1 : 1;
    const auto along = [&](double x) {
      const double a = root1 * std::sin(width - x);
      const double b = sign * root2 * std::sin(x);
      const auto radial = [&](double r) {
        return r * std::exp(-r * r / 2) * (f(a * r) * g(b * r) + f(-a * r) * g(-b * r));
      };
      std::vector<double> ends = {0, 1, 2.5, 4, 6, 9.5};
      for (const double scale : {std::abs(a), std::abs(b)}) {
        for (const double u : {0.5, 1.0, 2.0, 3.0, 4.5, 7.0}) {
          if (u < 9.5 * scale) ends.push_back(u / scale);
        }
      }
      return panel_sum(radial, ends);
    };
    std::vector<double> ends = {0, width / 2, width};
    for (double x = width / 4; x > width / (32 * largest); x /= 2) {
      ends.push_back(x);
      ends.push_back(width - x);
    }
    sum += panel_sum(along, ends);
  }
  return sum / (2 * pi);
}

struct Law {
  Phi phi;
  double largest;  // variance: beyond it the function oscillates or grows too fast for quadrature
};

std::vector<Law> laws() {
  return {{phi(PhiFamily::relu), 1e8},
          {phi(PhiFamily::leaky_relu, {0.2}), 1e8},
          {phi(PhiFamily::abs), 1e8},
          {phi(PhiFamily::abrelu, {-0.5, 2}), 1e8},
          {phi(PhiFamily::erf, {1.3, 0.7, 0.4}), 1e4},
          {phi(PhiFamily::probit), 1e4},
          {phi(PhiFamily::gelu), 1e4},
          {phi(PhiFamily::sin, {0.8, 1.2, 0.6}), 1e1},
          {phi(PhiFamily::cos), 1e1},
          {phi(PhiFamily::rbf), 1e1},
          {phi(PhiFamily::exp, {0.5, 0.6}), 2},
          {phi(PhiFamily::gaussian), 1e2},
          {phi(PhiFamily::gabor), 1e2},
          {phi(PhiFamily::sign), 1e8},
          {phi(PhiFamily::step), 1e8},
          {phi(PhiFamily::monomial, {3}), 1e2},
          {phi(PhiFamily::rectified_monomial, {2}), 1e2},
          {phi(PhiFamily::rectified_monomial, {5}), 1e2},
          {phi(PhiFamily::hermite, {4}), 1e2},
          {phi(PhiFamily::polynomial, {0.2, 1, 0.3, -0.1}), 1e2}};
}

// Logarithmically uniform variances in [1e-8, largest], uniform angles.
struct Point {
  double q1, q2;
  HalfAngle angle;
};
Point random_point(const Key& key, double largest) {
  const double span = std::log(largest / 1e-8);
  const double t = pi * uniform(key, 2);
  return {1e-8 * std::exp(span * uniform(key, 0)), 1e-8 * std::exp(span * uniform(key, 1)),
          settled(std::pow(std::sin(t / 2), 2), std::pow(std::cos(t / 2), 2))};
}

TEST(DualLaws, EqualTheExpectationsThatDefineThem) {
  Index number = 0;
  for (const auto& [f, largest] : laws()) {
    const Function phi_of = [&f = f](double x) { return value(f, x); };
    const Function slope_of = [&f = f](double x) { return derivative(f, x); };
    for (Index i = 0; i < 8; ++i) {
      const auto [q1, q2, angle] = random_point(Key(4).child(number).child(i), largest);
      const Dual result = dual(f, q1, q2, angle);
      const double V = std::sqrt(dual_variance(f, q1)) * std::sqrt(dual_variance(f, q2));
      const double W =
          std::sqrt(dual_slope_variance(f, q1)) * std::sqrt(dual_slope_variance(f, q2));
      EXPECT_TRUE(test::near(V * cosine(result.angle), expectation(phi_of, phi_of, q1, q2, angle),
                             1e-12 * V))
          << name_of(f.family) << " " << q1 << " " << q2 << " " << theta(angle);
      EXPECT_TRUE(
          test::near(result.slope, expectation(slope_of, slope_of, q1, q2, angle), 1e-12 * W))
          << name_of(f.family) << " " << q1 << " " << q2 << " " << theta(angle);
    }
    ++number;
  }
}

TEST(DualLaws, TheDerivativeByAVarianceIsHalfTheExpectationOfTheSecondDerivative) {
  // E[phi''(u) phi(v)]/2; phi'' by differences of fourth order, good to 1e-9.
  for (const Phi& f : {phi(PhiFamily::erf, {1.3, 0.7, 0.4}), phi(PhiFamily::gelu),
                       phi(PhiFamily::sin, {0.8, 1.2, 0.6}), phi(PhiFamily::gaussian),
                       phi(PhiFamily::gabor), phi(PhiFamily::polynomial, {0.2, 1, 0.3, -0.1})}) {
    const Function phi_of = [&](double x) { return value(f, x); };
    const Function second = [&](double x) {
      const double h = 1e-3;
      return (8 * (derivative(f, x + h) - derivative(f, x - h)) -
              (derivative(f, x + 2 * h) - derivative(f, x - 2 * h))) /
             (12 * h);
    };
    const HalfAngle angle = half_angle(0.2, false);
    const DualDerivatives d = dual_derivatives(f, 0.6, 1.4, angle);
    EXPECT_TRUE(test::near(d.K_q1, expectation(second, phi_of, 0.6, 1.4, angle) / 2, 1e-8))
        << name_of(f.family);
  }
}

double K_of(const Phi& f, double q1, double q2, HalfAngle angle) {
  return covariance(dual_variance(f, q1), dual_variance(f, q2), dual(f, q1, q2, angle).angle);
}

std::vector<Point> identity_points() {
  std::vector<Point> points;
  for (Index i = 0; i < 40; ++i) points.push_back(random_point(Key(5).child(i), 1e3));
  return points;
}

TEST(DualLaws, FourTimesReluIsAbsPlusTheIdentity) {
  for (const auto& [q1, q2, angle] : identity_points()) {
    const double k = covariance(q1, q2, angle);
    const double scale = std::sqrt(q1 * q2);
    EXPECT_TRUE(test::near(4 * K_of(phi(PhiFamily::relu), q1, q2, angle),
                           K_of(phi(PhiFamily::abs), q1, q2, angle) + k, 1e-13 * scale));
  }
}

TEST(DualLaws, AbreluOfEqualSlopesIsLinear) {
  for (const auto& [q1, q2, angle] : identity_points()) {
    EXPECT_TRUE(test::near(K_of(phi(PhiFamily::abrelu, {1.5, 1.5}), q1, q2, angle),
                           2.25 * covariance(q1, q2, angle), 1e-13 * std::sqrt(q1 * q2)));
  }
}

TEST(DualLaws, CosineIsAShiftedSineAndRbfAGaussianKernel) {
  for (const auto& [q1, q2, angle] : identity_points()) {
    const double shifted = K_of(phi(PhiFamily::sin, {1.2, 0.8, 0.3 + pi / 2}), q1, q2, angle);
    EXPECT_TRUE(
        test::near(K_of(phi(PhiFamily::cos, {1.2, 0.8, 0.3}), q1, q2, angle), shifted, 1e-13));
    EXPECT_TRUE(test::near(K_of(phi(PhiFamily::rbf, {0.7}), q1, q2, angle),
                           std::exp(-0.7 * squared_distance(q1, q2, angle)), 1e-13));
    const double wave =
        K_of(phi(PhiFamily::sin, {std::sqrt(2.0), std::sqrt(1.4), pi / 4}), q1, q2, angle);
    EXPECT_TRUE(test::near(K_of(phi(PhiFamily::rbf, {0.7}), q1, q2, angle), wave, 1e-13));
  }
}

TEST(DualLaws, APolynomialOfOneTermIsTheMonomial) {
  for (const auto& [q1, q2, angle] : identity_points()) {
    const Phi monomial = phi(PhiFamily::monomial, {4});
    const double scale = std::sqrt(dual_variance(monomial, q1) * dual_variance(monomial, q2));
    EXPECT_TRUE(test::near(K_of(phi(PhiFamily::polynomial, {0, 0, 0, 0, 1}), q1, q2, angle),
                           K_of(monomial, q1, q2, angle), 1e-13 * scale));
  }
}

TEST(DualLaws, ErfOfSteepSlopeIsSign) {
  // The distance falls like 1/b^2: tenfold b, a hundredth of it.
  const HalfAngle angle = half_angle(0.2, false);
  const double sign = K_of(phi(PhiFamily::sign), 0.5, 2, angle);
  const double far = std::abs(K_of(phi(PhiFamily::erf, {1, 100, 0}), 0.5, 2, angle) - sign);
  const double near = std::abs(K_of(phi(PhiFamily::erf, {1, 1000, 0}), 0.5, 2, angle) - sign);
  EXPECT_TRUE(test::near(near / far, 0.01, 1e-4));
}

TEST(DualLaws, AnglesStayAnglesAndReluBringsPairsTogether) {
  for (const auto& [f, largest] : laws()) {
    for (Index i = 0; i < 200; ++i) {
      const auto [q1, q2, angle] = random_point(Key(6).child(i), largest);
      const HalfAngle image = dual(f, q1, q2, angle).angle;
      EXPECT_GE(image.s, 0) << name_of(f.family);
      EXPECT_LE(image.s, 1) << name_of(f.family);
      EXPECT_GE(image.c, 0) << name_of(f.family);
      EXPECT_TRUE(test::near(image.s + image.c, 1, eps)) << name_of(f.family);
      if (f.family != PhiFamily::relu) continue;
      EXPECT_LE(image.s, angle.s * (1 + eps));
    }
  }
}

}  // namespace
}  // namespace wideband::dual_test
