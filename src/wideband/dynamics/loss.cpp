#include "wideband/dynamics/loss.hpp"

#include <cmath>

#include <fmt/format.h>

#include "wideband/core/error.hpp"

namespace wideband {
namespace {

// log(1 + e^f) and its derivative without overflow.
double softplus(double f) {
  return f > 0 ? f + std::log1p(std::exp(-f)) : std::log1p(std::exp(f));
}

double sigmoid(double f) {
  return f > 0 ? 1 / (1 + std::exp(-f)) : std::exp(f) / (1 + std::exp(f));
}

LossValue half_mean(const MatrixView& f, const MatrixView& y) {
  const auto size = static_cast<double>(f.size());
  const Matrix residual = f - y;
  return {residual.squaredNorm() / (2 * size), residual / size};
}

LossValue logistic(const MatrixView& f, const MatrixView& y) {
  const auto size = static_cast<double>(f.size());
  LossValue result{0, Matrix(f.rows(), f.cols())};
  for (Index i = 0; i < f.rows(); ++i) {
    for (Index k = 0; k < f.cols(); ++k) {
      result.value += (softplus(f(i, k)) - y(i, k) * f(i, k)) / size;
      result.gradient(i, k) = (sigmoid(f(i, k)) - y(i, k)) / size;
    }
  }
  return result;
}

LossValue softmax(const MatrixView& f, const MatrixView& y) {
  const auto n = static_cast<double>(f.rows());
  LossValue result{0, Matrix(f.rows(), f.cols())};
  for (Index i = 0; i < f.rows(); ++i) {
    const double top = f.row(i).maxCoeff();
    const Eigen::RowVectorXd shifted = f.row(i).array() - top;
    const Eigen::RowVectorXd weights = shifted.array().exp();
    const double total = weights.sum();
    result.value += (std::log(total) * y.row(i).sum() - y.row(i).dot(shifted)) / n;
    result.gradient.row(i) = (weights / total * y.row(i).sum() - y.row(i)) / n;
  }
  return result;
}

void require_probabilities(const MatrixView& y) {
  for (Index i = 0; i < y.rows(); ++i) {
    for (Index k = 0; k < y.cols(); ++k) {
      require(y(i, k) >= 0 && y(i, k) <= 1,
              fmt::format("[logistic] expected targets in [0, 1], got {} in row {}, column {}",
                          y(i, k), i, k));
    }
  }
}

void require_distributions(const MatrixView& y) {
  for (Index i = 0; i < y.rows(); ++i) {
    require(
        y.row(i).minCoeff() >= 0 && std::abs(y.row(i).sum() - 1) <= 1e-9,
        fmt::format("[softmax] expected rows of targets >= 0 with sum 1, got the sum {} and the "
                    "least entry {} in row {}",
                    y.row(i).sum(), y.row(i).minCoeff(), i));
  }
}

}  // namespace

Loss half_mean_loss() {
  return {.name = "half_mean", .evaluate = half_mean};
}

Loss logistic_loss() {
  return {.name = "logistic", .evaluate = logistic, .check = require_probabilities};
}

Loss softmax_loss() {
  return {.name = "softmax", .evaluate = softmax, .check = require_distributions};
}

}  // namespace wideband
