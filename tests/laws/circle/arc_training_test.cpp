// Laws of the shallow network on the circle: its start, the rank of its kernel, one step, parity.
#include <cmath>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/constants.hpp"
#include "wideband/circle/arc_network.hpp"
#include "wideband/circle/basis.hpp"
#include "wideband/circle/tangent_gram.hpp"
#include "wideband/data/circle_points.hpp"
#include "wideband/data/target.hpp"
#include "wideband/linalg/decomposition.hpp"
#include "wideband/linalg/product.hpp"
#include "wideband/math/statistics.hpp"

namespace wideband::arc_training_test {
namespace {

using test::eps;

const bool one_blas_thread = (set_blas_threads(1), true);

// Within four standard errors of the mean of independent values.
::testing::AssertionResult mean_near(const Vector& values, double expected) {
  const Summary s = summary(values);
  return test::near(s.mean, expected, 4 * s.standard_error);
}

TEST(ArcStart, OutputsHaveVarianceOneHalfAndTheKernelHasMeanThreeHalves) {
  // E f_0(x)^2 = K0(0) = 1/2; E Theta(0) = 3/2 with bias, 1 without.
  const Vector angles = grid_angles(8);
  for (const double beta_b : {1.0, 0.0}) {
    const Index networks = 4000;
    Vector squares(networks), traces(networks);
    for (Index s = 0; s < networks; ++s) {
      const ArcNetwork network(initial_network(Key(3).child(s), 16, beta_b), angles);
      squares(s) = network.outputs()(0) * network.outputs()(0);
      traces(s) = tangent_gram(network)(0, 0);
    }
    EXPECT_TRUE(mean_near(squares, 0.5));
    EXPECT_TRUE(mean_near(traces, beta_b == 1 ? 1.5 : 1.0));
  }
}

TEST(ArcKernel, HasRankThreePerNeuronAndTwoWithoutBias) {
  // Enough samples for three between any two arc ends, or gates would coincide on them.
  const Index m = 4, n = 512;
  for (const double beta_b : {1.0, 0.0}) {
    const ArcNetwork network(initial_network(Key(4), m, beta_b), grid_angles(n));
    const Vector values = symmetric_eigenvalues(tangent_gram(network));
    const Index rank = beta_b == 1 ? 3 * m : 2 * m;
    const double rounding = static_cast<double>(n) * eps * values(n - 1);
    EXPECT_GT(values(n - rank), 1e3 * rounding);
    EXPECT_LT(values(n - rank - 1), rounding);
  }
}

// ln(loss_{s+1}/loss_s)/(2 eta) + R and the bound on its size, for one step from a given network.
struct StepDefect {
  double defect;
  double bound;
};

StepDefect step_defect(ArcNetwork network, const Vector& y, double eta) {
  const Vector r = network.outputs() - y;
  const Vector Ar = network.tangent_product(r);
  const ArcStep step = network.step(y, eta / static_cast<double>(y.size()));
  const Vector next = network.outputs() - y;
  const Vector linear = r - eta * Ar;
  return {std::log(next.squaredNorm() / r.squaredNorm()) / (2 * eta) + step.rate,
          eta * Ar.squaredNorm() / r.squaredNorm() +
              2 * (next - linear).norm() / (eta * linear.norm())};
}

TEST(ArcStep, DecaysByTheRateWithinTheBound) {
  const Vector y = grid_target_values(target("sparse"), 512);
  for (const double beta_b : {1.0, 0.0}) {
    ArcNetwork network(initial_network(Key(5), 64, beta_b), grid_angles(512));
    for (int s = 0; s < 200; ++s) {
      for (const double eta : {0.6, 0.4, 0.2, 0.1, 1e-3}) {
        const StepDefect whole = step_defect(network, y, eta);
        EXPECT_LE(std::abs(whole.defect), whole.bound);
      }
      network.step(y, 0.2 / 512);
    }
  }
}

TEST(ArcStep, DefectHalvesWithEta) {
  // A gate that moves by O(eta) errs by O(eta) at the O(eta n) samples that it crosses: the defect,
  // a mean over samples, is O(eta), once they are many. (The norm of the curvature, and with it the
  // bound, is only O(eta^(3/2))/eta.)
  const Index n = 16384;
  const Vector y = grid_target_values(target("sparse"), n);
  const auto defect = [&](double eta) {
    double sum = 0;
    for (Index s = 0; s < 8; ++s) {
      const ArcNetwork network(initial_network(Key(5).child(s), 64), grid_angles(n));
      sum += step_defect(network, y, eta).defect;
    }
    return sum;
  };
  EXPECT_TRUE(test::near(defect(0.02) / defect(0.01), 2, 0.05));
}

TEST(ArcParity, OddFrequenciesAboveOneNeverMoveWithoutBias) {
  // The odd part of sum_j a_j relu(w_j.x) is linear in x: on an even grid f has no frequency 3, 5,
  // ..., at any width, at the start and after any training.
  const Index n = 256;
  const Vector y = grid_target_values(target("eight"), n);
  const Matrix U = plane_frame(grid_fourier_basis(n, 15));
  for (const Index m : {3, 64}) {
    ArcNetwork network(initial_network(Key(6), m, 0), grid_angles(n));
    for (int s = 0; s <= 2000; ++s) {
      if (s % 500 == 0) {
        const Vector amplitudes = plane_amplitudes(U, network.outputs());
        // Sums of n terms of order 10, each to a few eps.
        for (Index k = 3; k <= 15; k += 2)
          EXPECT_LT(amplitudes(k), 10 * static_cast<double>(n) * eps) << k;
        EXPECT_GT(amplitudes(2), 1e-3);
      }
      network.step(y, 0.2 / static_cast<double>(n));
    }
  }
}

TEST(ArcWidth, DistanceToTheFrozenKernelFallsAtLeastLikeTheRootOfTheWidth) {
  // Fixed t = 10 from one f_0: exponent of the rms distance between m = 64 and 1024 over seeds.
  const Index n = 128, seeds = 8;
  const double eta = 0.2;
  const Vector y = grid_target_values(target("decreasing"), n);
  const auto distances = [&](Index m) {
    Vector result(seeds);
    for (Index s = 0; s < seeds; ++s) {
      const ArcNetwork start(initial_network(Key(7).child(s), m), grid_angles(n));
      ArcNetwork network = start;
      Vector frozen = start.outputs() - y;
      for (int step = 0; step < 50; ++step) {
        network.step(y, eta / static_cast<double>(n));
        frozen -= eta * start.tangent_product(frozen);
      }
      result(s) = (network.outputs() - y - frozen).norm() / frozen.norm();
    }
    return result;
  };
  const Vector narrow = distances(64);
  const Vector wide = distances(1024);
  const auto exponent = [&](const std::vector<Index>& chosen) {
    double above = 0, below = 0;
    for (const Index s : chosen) above += wide(s) * wide(s), below += narrow(s) * narrow(s);
    return std::log(above / below) / (2 * std::log(16.0));
  };
  const double error = bootstrap_error(seeds, exponent, Key(8));
  EXPECT_LT(exponent({0, 1, 2, 3, 4, 5, 6, 7}), -0.5 + 4 * error);
  EXPECT_LT(4 * error, 0.25) << "or nothing was tested";
}

}  // namespace
}  // namespace wideband::arc_training_test
