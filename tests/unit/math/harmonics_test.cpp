#include "wideband/math/harmonics.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/constants.hpp"
#include "wideband/math/quadrature.hpp"

namespace wideband::harmonics_test {
namespace {

using test::eps;
using test::pi;

template <class Function>
Vector at_angles(const AngleQuadrature& rule, const Function& function) {
  Vector values(static_cast<Index>(rule.theta.size()));
  for (std::size_t i = 0; i < rule.theta.size(); ++i)
    values(static_cast<Index>(i)) = function(rule.theta[i], rule.complement[i]);
  return values;
}

double relu_kernel(double theta, double psi) {
  // sin t - t cos t cancels below 1, where its series t^3/3 - t^5/30 + ... takes over.
  if (psi > 0.5) return (std::sin(theta) + psi * std::cos(theta)) / (2 * pi);
  double term = psi * psi * psi / 3;
  double sum = term;
  for (int j = 2; j < 12; ++j) {
    term *= -psi * psi * j / ((j - 1) * (2.0 * j) * (2.0 * j + 1));
    sum += term;
  }
  return sum / (2 * pi);
}

TEST(HarmonicMultiplicity, CountsPolynomialsModuloTheRadius) {
  EXPECT_EQ(harmonic_multiplicity(2, 0), 1);
  EXPECT_EQ(harmonic_multiplicity(2, 9), 2);
  for (Index k = 0; k < 50; ++k) EXPECT_EQ(harmonic_multiplicity(3, k), 2 * k + 1);
  // C(k + d - 1, d - 1) - C(k + d - 3, d - 1) at d = 10, k = 4: 715 - 55.
  EXPECT_EQ(harmonic_multiplicity(10, 4), 660);
  EXPECT_THROW(harmonic_multiplicity(1, 0), std::invalid_argument);
  EXPECT_THROW(harmonic_multiplicity(3, -1), std::invalid_argument);
}

TEST(AngleQuadrature, IntegratesTheHighestCosine) {
  const Index cutoff = 300;
  const AngleQuadrature rule = angle_quadrature(cutoff);
  double fine = 0;
  double coarse = 0;
  double square = 0;
  for (std::size_t i = 0; i < rule.theta.size(); ++i) {
    const double cosine = std::cos(static_cast<double>(cutoff) * rule.theta[i]);
    (i < rule.fine ? fine : coarse) += rule.weight[i] * cosine;
    if (i < rule.fine) square += rule.weight[i] * cosine * cosine;
  }
  EXPECT_TRUE(test::near(fine, 0, 1e-13));
  EXPECT_TRUE(test::near(coarse, 0, 1e-13));
  EXPECT_TRUE(test::near(square, pi / 2, 1e-13));
}

// Zonal harmonics are eigenfunctions: lambda_k(P_l) = delta_kl/N(d, l).
TEST(ZonalSpectrum, OfAZonalHarmonicIsOneOverItsMultiplicity) {
  const AngleQuadrature rule = angle_quadrature(12);
  const Vector legendre3 = at_angles(rule, [](double theta, double) {
    const double t = std::cos(theta);
    return (5 * t * t * t - 3 * t) / 2;
  });
  const Vector gegenbauer2 = at_angles(rule, [](double theta, double) {
    const double t = std::cos(theta);
    return (10 * t * t - 1) / 9;
  });
  const ZonalSpectrum sphere = zonal_spectrum(rule, legendre3, 3, 12);
  const ZonalSpectrum ninth = zonal_spectrum(rule, gegenbauer2, 10, 12);
  for (Index k = 0; k <= 12; ++k) {
    EXPECT_TRUE(test::near(sphere.value(k), k == 3 ? 1.0 / 7 : 0, sphere.error(k)));
    EXPECT_TRUE(test::near(ninth.value(k), k == 2 ? 1.0 / 54 : 0, ninth.error(k)));
  }
}

// The closed form stands on Rodrigues' formula, the quadrature on none.
TEST(ZonalSpectrum, MeetsTheClosedFormWithinItsError) {
  const AngleQuadrature rule = angle_quadrature(128);
  const Vector values = at_angles(rule, relu_kernel);
  for (const Index d : {2, 3, 4, 10}) {
    const ZonalSpectrum spectrum = zonal_spectrum(rule, values, d, 128);
    for (Index k = 0; k <= 128; ++k) {
      EXPECT_TRUE(test::near(spectrum.value(k), relu_kernel_eigenvalue(d, k), spectrum.error(k)))
          << "d = " << d << ", k = " << k;
      EXPECT_LE(spectrum.error(k),
                (20 + 4 * static_cast<double>(k)) * eps / std::sqrt(harmonic_multiplicity(d, k)));
    }
  }
}

TEST(ZonalSpectrum, RefusesOtherNumbersOfValues) {
  const AngleQuadrature rule = angle_quadrature(4);
  EXPECT_THROW(zonal_spectrum(rule, Vector::Ones(3), 3, 4), std::invalid_argument);
  EXPECT_THROW(zonal_spectrum(rule, Vector::Ones(static_cast<Index>(rule.theta.size())), 1, 4),
               std::invalid_argument);
}

TEST(ArcCosineEigenvalues, OfTheCircleAreThoseOfTheory) {
  for (Index k = 2; k <= 40; ++k) {
    const auto order = static_cast<double>(k);
    const double relu = k % 2 == 0 ? 2 / std::pow(pi * (order * order - 1), 2) : 0;
    const double step = k % 2 == 0 ? 0 : 1 / std::pow(pi * order, 2);
    EXPECT_TRUE(test::relatively_near(relu_kernel_eigenvalue(2, k), relu, 32 * eps));
    EXPECT_TRUE(test::relatively_near(step_kernel_eigenvalue(2, k), step, 32 * eps));
  }
  EXPECT_TRUE(test::relatively_near(relu_kernel_eigenvalue(2, 0), 2 / (pi * pi), 32 * eps));
  EXPECT_TRUE(test::relatively_near(relu_tangent_eigenvalue(2, 0), 3 / (pi * pi), 32 * eps));
  EXPECT_TRUE(test::relatively_near(relu_tangent_eigenvalue(2, 1), 0.25, 32 * eps));
}

TEST(ArcCosineEigenvalues, AreIntegralsOfTheirKernelsOnS9) {
  const double c = 1 / integrate([](double t) { return std::pow(std::sin(t), 8); }, 0, pi).value;
  const auto eigenvalue = [c](const auto& kernel) {
    return integrate(
               [&](double t) {
                 const double cosine = std::cos(t);
                 const double P2 = (10 * cosine * cosine - 1) / 9;
                 return c * std::pow(std::sin(t), 8) * P2 * kernel(t);
               },
               0, pi)
        .value;
  };
  const auto step = [](double t) { return (pi - t) / (2 * pi); };
  const auto relu = [](double t) { return relu_kernel(t, pi - t); };
  EXPECT_TRUE(test::near(relu_kernel_eigenvalue(10, 2), eigenvalue(relu), 1e-15));
  EXPECT_TRUE(test::near(relu_tangent_eigenvalue(10, 2),
                         eigenvalue([&](double t) { return relu(t) + std::cos(t) * step(t); }),
                         1e-15));
}

TEST(ArcCosineEigenvalues, VanishAtTheirParity) {
  for (const Index d : {2, 3, 10}) {
    for (Index k = 3; k < 40; k += 2) {
      EXPECT_EQ(relu_kernel_eigenvalue(d, k), 0);
      EXPECT_EQ(relu_tangent_eigenvalue(d, k), 0);
      EXPECT_EQ(step_kernel_eigenvalue(d, k + 1), 0);
    }
  }
  EXPECT_THROW(relu_kernel_eigenvalue(1, 0), std::invalid_argument);
  EXPECT_THROW(step_kernel_eigenvalue(3, -1), std::invalid_argument);
}

}  // namespace
}  // namespace wideband::harmonics_test
