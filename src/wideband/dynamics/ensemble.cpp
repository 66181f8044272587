#include "wideband/dynamics/ensemble.hpp"

#include <array>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "wideband/core/error.hpp"
#include "wideband/dynamics/trained_kernel.hpp"
#include "wideband/linalg/decomposition.hpp"
#include "wideband/linalg/product.hpp"

namespace wideband {
namespace {

// Which kernels a law reads, at the training points where there are no others.
struct LawKernels {
  const MatrixView& G_zx;    // of the mean
  const MatrixView& K_zx;    // of the covariance
  const MatrixView& prior;   // zz of the covariance; may be empty
  const MatrixView& energy;  // zz of the mean's kernel; may be empty
};

LawKernels law_kernels(const EnsembleKernels& kernels, Law law) {
  const auto at_points = [](const MatrixView& zx, const MatrixView& xx) -> const MatrixView& {
    return zx.size() > 0 ? zx : xx;
  };
  const MatrixView& K_zx = at_points(kernels.K_zx, kernels.K_xx);
  const MatrixView& Theta_zx = at_points(kernels.Theta_zx, kernels.Theta_xx);
  switch (law) {
    case Law::nngp:
      return {K_zx, K_zx, kernels.K_zz, kernels.K_zz};
    case Law::ntk:
      return {Theta_zx, K_zx, kernels.K_zz, kernels.Theta_zz};
    case Law::ntk_gp:
      return {Theta_zx, Theta_zx, kernels.Theta_zz, kernels.Theta_zz};
  }
  throw std::invalid_argument("[ensemble] unknown enumerator");
}

void require_kernel(const char* name, const MatrixView& A, Index rows, Index cols) {
  if (A.rows() != rows || A.cols() != cols) {
    require(false,
            fmt::format("[ensemble] expected {} of shape {} x {}, got {} x {}{}", name, rows, cols,
                        A.rows(), A.cols(), A.size() == 0 ? ": this law needs it" : ""));
  }
  require_finite("ensemble", name, A);
}

// Weights of the modes in (3) at one time: (1 - psi^2)/z = (1 + psi) g.
Vector variance_weights(const TrainedKernel& kernel, double t) {
  const KernelSpectrum& spectrum = kernel.spectrum();
  Vector weights(spectrum.values.size());
  for (Index i = 0; i < weights.size(); ++i) {
    const double z = spectrum.values(i) + kernel.ridge();
    if (std::isfinite(t)) {
      const ModeResponse mode = mode_response(kernel.options().rule, kernel.kappa(), z, t);
      weights(i) = (1 + mode.residual) * mode.gain;
    } else {
      const bool used = kernel.ridge() > 0 || i >= spectrum.unresolved();
      weights(i) = used ? 1 / z : 0;
    }
  }
  return weights;
}

// g_t, with the same rule at infinity.
Vector gains(const TrainedKernel& kernel, double t) {
  if (std::isinf(t)) return variance_weights(kernel, t);
  const KernelSpectrum& spectrum = kernel.spectrum();
  Vector result(spectrum.values.size());
  for (Index i = 0; i < result.size(); ++i) {
    const double z = spectrum.values(i) + kernel.ridge();
    result(i) = mode_response(kernel.options().rule, kernel.kappa(), z, t).gain;
  }
  return result;
}

// Covariances of one law at many times, from projections that are made once.
class Covariances {
 public:
  Covariances(const TrainedKernel& kernel, const EnsembleKernels& kernels, const LawKernels& points,
              Law law, bool with_spectrum)
      : kernel_(kernel), kernels_(kernels), points_(points), law_(law) {
    G_xz_ = points.G_zx.transpose();
    if (with_spectrum) {
      coordinates_ = product(kernel.spectrum().modes, G_xz_);
    } else {
      factor_ = kernel.factor();
    }
  }

  Matrix at(double t) const {
    Matrix covariance = points_.prior;
    covariance -= law_ == Law::ntk ? removed_by_training(t) : removed_by_conditioning(t);
    covariance = (covariance + covariance.transpose()).eval() / 2;
    covariance.diagonal().array() += kernel_.options().observation_noise;
    return covariance;
  }

 private:
  // G_zx V ((1 - psi^2)/z) V'G_xz, (3)
  Matrix removed_by_conditioning(double t) const {
    if (factor_ != nullptr) return gram(factor_->half_solve(G_xz_));
    const Matrix weighted = variance_weights(kernel_, t).asDiagonal() * coordinates_;
    return transposed_product(coordinates_, weighted);
  }

  // B K_xz + its transpose - B K_xx B', (2)
  Matrix removed_by_training(double t) const {
    Matrix B;  // transposed, (n, m)
    if (factor_ != nullptr) {
      B = factor_->solve(G_xz_);
    } else {
      const Matrix weighted = gains(kernel_, t).asDiagonal() * coordinates_;
      B = transposed_product(kernel_.spectrum().modes, weighted);
    }
    const Matrix K_xz = points_.K_zx.transpose();
    const Matrix moved = product(kernels_.K_xx, B) - K_xz;
    return product(points_.K_zx, B) - transposed_product(B, moved);
  }

  const TrainedKernel& kernel_;
  const EnsembleKernels& kernels_;
  const LawKernels& points_;
  Law law_;
  const Cholesky* factor_ = nullptr;
  Matrix G_xz_;
  Matrix coordinates_;  // V'G_xz
};

}  // namespace

std::vector<Prediction> ensemble(const Predictor& predictor, const EnsembleKernels& kernels,
                                 std::span<const double> times, Law law) {
  const LawKernels points = law_kernels(kernels, law);
  const Index n = predictor.samples();
  const bool at_training_points = kernels.K_zx.size() == 0 && kernels.Theta_zx.size() == 0;
  std::vector<Prediction> predictions;
  const Index m = at_training_points ? n : points.G_zx.rows();
  std::vector<double> variance;
  if (points.energy.size() > 0) {
    require_kernel("the kernel of the points", points.energy, m, m);
    const Vector diagonal = points.energy.diagonal();
    variance.assign(diagonal.begin(), diagonal.end());
  }
  if (at_training_points) {
    predictions = predictor.train(times);
  } else {
    require_kernel("the kernel between points and training points", points.G_zx, m, n);
    predictions = predictor.test(times, points.G_zx, {.variance_z = variance});
  }
  if (points.prior.size() == 0) return predictions;
  require_kernel("the kernel of the points", points.prior, m, m);
  require_kernel("the kernel between points and training points", points.G_zx, m, n);
  if (law == Law::ntk) {
    require_kernel("K between points and training points", points.K_zx, m, n);
    require_kernel("K_xx", kernels.K_xx, n, n);
  }
  const TrainedKernel& kernel = predictor.kernel();
  const Covariances covariances(kernel, kernels, points, law, kernel.needs_spectrum(times));
  for (std::size_t t = 0; t < times.size(); ++t) {
    const bool lost = std::isinf(times[t]) && predictions[t].status == Status::diverged;
    predictions[t].covariance =
        lost ? Matrix::Constant(m, m, std::nan("")) : covariances.at(times[t]);
  }
  return predictions;
}

Prediction ensemble(const EnsembleKernels& kernels, MatrixView y, double t, Law law,
                    const PredictOptions& options) {
  const MatrixView& G_xx = law == Law::nngp ? kernels.K_xx : kernels.Theta_xx;
  return std::move(ensemble(Predictor(G_xx, y, options), kernels, std::array{t}, law).front());
}

Matrix posterior_samples(const Prediction& prediction, Index count, Key key) {
  require(prediction.covariance.has_value(),
          "[posterior_samples] expected a prediction with covariance");
  require(count >= 0, fmt::format("[posterior_samples] expected count >= 0, got {}", count));
  const Index m = prediction.mean.rows(), o = prediction.mean.cols();
  SymmetricModes eigen = symmetric_modes(*prediction.covariance);
  const Vector deviation = eigen.values.cwiseMax(0.0).cwiseSqrt();
  const Matrix root = deviation.asDiagonal() * eigen.modes;  // root'root is the covariance
  Matrix samples(count, m * o);
  for (Index s = 0; s < count; ++s) {
    const Vector stream = gaussians(key.child(s), m * o);
    const Eigen::Map<const Matrix> xi(stream.data(), m, o);
    const Matrix sample = prediction.mean + transposed_product(root, xi);
    samples.row(s) = Eigen::Map<const Eigen::RowVectorXd>(sample.data(), m * o);
  }
  return samples;
}

}  // namespace wideband
