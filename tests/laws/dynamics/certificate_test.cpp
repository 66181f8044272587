// No prediction errs by more than its certificate says, judged in a hundred digits.
#include <algorithm>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/exact.hpp"
#include "support/kernels.hpp"
#include "wideband/dynamics/predictor.hpp"

namespace wideband::certificate_test {
namespace {

using test::Exact;
using test::ExactMatrix;
using test::ExactVector;

// Ten training and five test points of one smooth kernel; the scale sets the condition number,
// from 10 to 1e13.
struct Problem {
  Problem(double scale, Index number)
      : Theta(test::smooth_kernel(10, 10, scale)),
        Theta_zx(test::smooth_kernel(5, 10, scale, .37)),
        y(test::normal_matrix(10, 1, Key(1).child(number))) {}
  Matrix Theta, Theta_zx, y;
  std::vector<double> variance = std::vector<double>(5, 1.0);
};

const std::vector<double> scales = {.5, 1, 1.5, 2, 2.5, 3};

ExactVector exact_outputs(const Matrix& kernel, const ExactVector& alpha) {
  return test::product(test::exact(kernel), alpha);
}

// Every error must be below its bound; returns the ratios bound/error.
std::vector<double> ratios(const Prediction& prediction, const ExactVector& truth) {
  std::vector<double> result;
  for (std::size_t i = 0; i < truth.size(); ++i) {
    const double value = prediction.mean(static_cast<Index>(i), 0);
    const auto error = static_cast<double>(abs(Exact(value) - truth[i]));
    const double bound = prediction.certificate.prediction_bound[i];
    EXPECT_LE(error, bound);
    if (error > 0) result.push_back(bound / error);
  }
  return result;
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

TEST(CertificateLaw, HoldsAtTheLimit) {
  std::vector<double> with_variance, without_variance, at_training;
  for (Index number = 0; number < 8; ++number) {
    for (const double scale : scales) {
      const Problem p(scale, number);
      for (const double ridge : {0.0, 1e-12, 1e-8, 1e-3}) {
        const Predictor predictor(p.Theta, p.y,
                                  {.ridge = ridge, .ridge_scale = RidgeScale::absolute});
        const Prediction prediction =
            predictor.test(infinity, p.Theta_zx, {.variance_z = p.variance});
        if (prediction.certificate.rank < 10) continue;  // a projected problem has another answer
        ExactMatrix A = test::exact(p.Theta);
        test::add_to_diagonal(A, ridge);
        const ExactVector alpha = test::solve(A, test::exact(p.y.transpose())[0]).x;
        const ExactVector truth = exact_outputs(p.Theta_zx, alpha);
        for (const double r : ratios(prediction, truth)) with_variance.push_back(r);
        for (const double r : ratios(predictor.test(infinity, p.Theta_zx), truth)) {
          without_variance.push_back(r);
        }
        const ExactVector fitted = exact_outputs(p.Theta, alpha);
        for (const double r : ratios(predictor.train(infinity), fitted)) at_training.push_back(r);
      }
    }
  }
  EXPECT_GT(with_variance.size(), 300U);
  EXPECT_LT(median(with_variance), 1000);
  EXPECT_LT(median(at_training), 1000);
}

// alpha_t by the recursion itself.
ExactVector stepped(const Problem& p, double momentum, double kappa, double ridge, int steps) {
  ExactMatrix A = test::exact(p.Theta);
  test::add_to_diagonal(A, ridge);
  const ExactVector b = test::exact(p.y.transpose())[0];
  ExactVector alpha(10, Exact(0)), velocity(10, Exact(0));
  for (int s = 0; s < steps; ++s) {
    const ExactVector moved = test::product(A, alpha);
    for (std::size_t i = 0; i < 10; ++i) {
      velocity[i] = Exact(momentum) * velocity[i] + moved[i] - b[i];
      alpha[i] -= Exact(kappa) * velocity[i];
    }
  }
  return alpha;
}

// alpha_t = sum_j (-A)^j (kappa t)^(j+1)/(j+1)! b; a hundred digits outlast the cancellation.
ExactVector flowed(const Problem& p, double kappa, double ridge, double time) {
  ExactMatrix A = test::exact(p.Theta);
  test::add_to_diagonal(A, ridge);
  const Exact speed = Exact(kappa) * time;
  ExactVector term = test::exact(p.y.transpose())[0];
  for (Exact& entry : term) entry *= speed;
  ExactVector alpha = term;
  for (int j = 1; j < 260; ++j) {
    term = test::product(A, term);
    for (std::size_t i = 0; i < 10; ++i) {
      term[i] *= -speed / (j + 1);
      alpha[i] += term[i];
    }
  }
  return alpha;
}

TEST(CertificateLaw, HoldsAtFiniteTimes) {
  for (const double scale : {.5, 3.0}) {
    const Problem p(scale, 0);
    for (const double ridge : {0.0, 1e-6}) {
      for (const double momentum : {0.0, .8}) {
        const Rule rule = momentum == 0 ? Rule(Descent{}) : Rule(HeavyBall{momentum});
        // Up to the rate where the largest mode alternates almost for ever.
        for (const double rate :
             {1.0, 10 * 1.99 / (p.Theta.cwiseAbs().rowwise().sum().maxCoeff() + 1e-6)}) {
          const Predictor predictor(p.Theta, p.y,
                                    {.rule = rule,
                                     .learning_rate = rate,
                                     .ridge = ridge,
                                     .ridge_scale = RidgeScale::absolute});
          for (const int steps : {1, 30, 200}) {
            const ExactVector alpha = stepped(p, momentum, predictor.kappa(), ridge, steps);
            ratios(predictor.test(steps, p.Theta_zx), exact_outputs(p.Theta_zx, alpha));
            ratios(predictor.train(steps), exact_outputs(p.Theta, alpha));
          }
        }
      }
      const Predictor predictor(p.Theta, p.y,
                                {.ridge = ridge, .ridge_scale = RidgeScale::absolute});
      for (const double time : {.1, 5.0, 60.0}) {
        const ExactVector alpha = flowed(p, predictor.kappa(), ridge, time);
        ratios(predictor.test(time, p.Theta_zx), exact_outputs(p.Theta_zx, alpha));
        ratios(predictor.train(time), exact_outputs(p.Theta, alpha));
      }
    }
  }
}

}  // namespace
}  // namespace wideband::certificate_test
