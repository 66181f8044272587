#include "wideband/dynamics/ensemble.hpp"

#include <array>
#include <cmath>
#include <stdexcept>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/kernels.hpp"
#include "wideband/linalg/decomposition.hpp"

namespace wideband::ensemble_test {
namespace {

// Kernels of features at ten points, the first six of them for training: Theta = K + more.
struct Kernels {
  Matrix K = test::feature_kernel(10, 40, Key(1));
  Matrix Theta = K + test::feature_kernel(10, 25, Key(2));
  Matrix y = test::normal_matrix(6, 2, Key(3));
  Matrix K_xx = K.topLeftCorner(6, 6), K_zx = K.bottomLeftCorner(4, 6),
         K_zz = K.bottomRightCorner(4, 4);
  Matrix Theta_xx = Theta.topLeftCorner(6, 6), Theta_zx = Theta.bottomLeftCorner(4, 6),
         Theta_zz = Theta.bottomRightCorner(4, 4);
  EnsembleKernels views() const {
    return {.K_xx = K_xx,
            .Theta_xx = Theta_xx,
            .K_zx = K_zx,
            .Theta_zx = Theta_zx,
            .K_zz = K_zz,
            .Theta_zz = Theta_zz};
  }
};

const Kernels kernels;

TEST(Ensemble, MeansAreThoseOfTheirKernels) {
  const PredictOptions options{.ridge = .1};
  for (const double t : {0.0, 3.0, infinity}) {
    const Prediction nngp = ensemble(kernels.views(), kernels.y, t, Law::nngp, options);
    const Prediction ntk = ensemble(kernels.views(), kernels.y, t, Law::ntk, options);
    const Prediction gp = ensemble(kernels.views(), kernels.y, t, Law::ntk_gp, options);
    const Predictor by_K(kernels.K_xx, kernels.y, options);
    const Predictor by_Theta(kernels.Theta_xx, kernels.y, options);
    EXPECT_TRUE(test::near(nngp.mean, by_K.test(t, kernels.K_zx).mean, 1e-13));
    EXPECT_TRUE(test::near(ntk.mean, by_Theta.test(t, kernels.Theta_zx).mean, 1e-13));
    EXPECT_EQ(ntk.mean, gp.mean);
  }
}

TEST(Ensemble, StartsAtThePrior) {
  EXPECT_EQ(*ensemble(kernels.views(), kernels.y, 0, Law::nngp).covariance, kernels.K_zz);
  EXPECT_EQ(*ensemble(kernels.views(), kernels.y, 0, Law::ntk).covariance, kernels.K_zz);
  EXPECT_EQ(*ensemble(kernels.views(), kernels.y, 0, Law::ntk_gp).covariance, kernels.Theta_zz);
}

TEST(Ensemble, EndsAtThePosterior) {
  const PredictOptions options{
      .ridge = .3, .ridge_scale = RidgeScale::absolute, .observation_noise = .5};
  const Matrix A = kernels.K_xx + .3 * Matrix::Identity(6, 6);
  const Matrix expected = kernels.K_zz - kernels.K_zx * solve(A, kernels.K_zx.transpose()) +
                          .5 * Matrix::Identity(4, 4);
  const Prediction limit = ensemble(kernels.views(), kernels.y, infinity, Law::nngp, options);
  EXPECT_TRUE(test::near(*limit.covariance, expected, 1e-13));
  EXPECT_EQ(*limit.covariance, Matrix(limit.covariance->transpose()));
  // By the eigensystem, late.
  const Prediction late = ensemble(kernels.views(), kernels.y, 1e6, Law::nngp, options);
  EXPECT_TRUE(test::near(*late.covariance, expected, 1e-12));
}

TEST(Ensemble, NtkCovarianceIsTheSameByCholeskyAndByModes) {
  const PredictOptions options{.ridge = .3};
  const Predictor predictor(kernels.Theta_xx, kernels.y, options);
  const std::array late{1e7, infinity};
  const std::array never{infinity};
  const auto both = ensemble(predictor, kernels.views(), late, Law::ntk);
  const auto one = ensemble(predictor, kernels.views(), never, Law::ntk);
  EXPECT_TRUE(test::near(*both[0].covariance, *both[1].covariance, 1e-12));
  EXPECT_TRUE(test::near(*one[0].covariance, *both[1].covariance, 1e-12));
}

TEST(Ensemble, AtTheTrainingPointsNothingIsLeftOfTheVariance) {
  EnsembleKernels at_training{.K_xx = kernels.K_xx, .Theta_xx = kernels.Theta_xx};
  EXPECT_FALSE(ensemble(at_training, kernels.y, 1, Law::ntk).covariance.has_value());
  const EnsembleKernels with_prior{
      .K_xx = kernels.K_xx, .Theta_xx = kernels.Theta_xx, .K_zz = kernels.K_xx};
  const Prediction limit = ensemble(with_prior, kernels.y, infinity, Law::ntk);
  EXPECT_TRUE(test::near(limit.mean, kernels.y, 1e-13));
  EXPECT_TRUE(test::near(*limit.covariance, Matrix::Zero(6, 6), 1e-13));
}

TEST(Ensemble, RefusesMissingKernels) {
  EnsembleKernels missing{
      .Theta_xx = kernels.Theta_xx, .Theta_zx = kernels.Theta_zx, .K_zz = kernels.K_zz};
  EXPECT_THROW(ensemble(missing, kernels.y, 1, Law::ntk), std::invalid_argument);
  EXPECT_THROW(ensemble(missing, kernels.y, 1, Law::nngp), std::invalid_argument);
}

TEST(PosteriorSamples, HaveTheMomentsOfThePrediction) {
  Prediction prediction;
  prediction.mean = kernels.y.topRows(3);
  prediction.covariance = test::feature_kernel(3, 2, Key(7));  // rank 2
  const Index count = 20000;
  const Matrix samples = posterior_samples(prediction, count, Key(9));
  ASSERT_EQ(samples.cols(), 6);
  const Matrix centered =
      samples.rowwise() - Eigen::Map<const Eigen::RowVectorXd>(prediction.mean.data(), 6);
  // Standard errors: sqrt(2) variance/sqrt(count) at most per entry; five of them.
  const double scale = prediction.covariance->diagonal().maxCoeff();
  const double five = 5 * scale * std::sqrt(2.0 / static_cast<double>(count));
  const Matrix moments = centered.transpose() * centered / static_cast<double>(count);
  for (Index i = 0; i < 3; ++i) {
    for (Index j = 0; j < 3; ++j) {
      EXPECT_TRUE(test::near(moments(2 * i, 2 * j), (*prediction.covariance)(i, j), five));
      EXPECT_TRUE(test::near(moments(2 * i, 2 * j + 1), 0, five));  // outputs are independent
    }
  }
  EXPECT_EQ(posterior_samples(prediction, 2, Key(9)), samples.topRows(2));
  prediction.covariance.reset();
  EXPECT_THROW(posterior_samples(prediction, 2, Key(9)), std::invalid_argument);
}

}  // namespace
}  // namespace wideband::ensemble_test
