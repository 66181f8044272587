#include "wideband/data/labels.hpp"

#include <cmath>

#include <fmt/format.h>

#include "wideband/core/error.hpp"

namespace wideband {
namespace {

constexpr double most_classes = 1e6;

void require_same_shape(MatrixView outputs, MatrixView targets) {
  const bool same = outputs.rows() == targets.rows() && outputs.cols() == targets.cols();
  require(same, fmt::format("[labels] expected targets of shape {} x {}, got {} x {}",
                            outputs.rows(), outputs.cols(), targets.rows(), targets.cols()));
}

}  // namespace

Matrix one_hot(MatrixView labels, double offset, Index classes, const std::string& name) {
  require(labels.cols() == 1,
          fmt::format("[labels] {}: expected one column of labels, got {}", name, labels.cols()));
  for (Index i = 0; i < labels.rows(); ++i) {
    const double label = labels(i, 0);
    const double bound = classes > 0 ? static_cast<double>(classes - 1) : most_classes;
    if (label == std::floor(label) && label >= 0 && label <= bound) continue;
    throw std::invalid_argument(fmt::format(
        "[labels] {}: row {} is {}, expected an integer from 0 to {}", name, i, label, bound));
  }
  const Index width = classes > 0 ? classes : static_cast<Index>(labels.maxCoeff()) + 1;
  Matrix result = Matrix::Constant(labels.rows(), width, -offset);
  for (Index i = 0; i < labels.rows(); ++i) result(i, static_cast<Index>(labels(i, 0))) += 1;
  return result;
}

double accuracy(MatrixView outputs, MatrixView targets) {
  require_same_shape(outputs, targets);
  Index right = 0;
  for (Index i = 0; i < outputs.rows(); ++i) {
    Index guess = 0, truth = 0;
    outputs.row(i).maxCoeff(&guess);
    targets.row(i).maxCoeff(&truth);
    if (guess == truth) ++right;
  }
  return static_cast<double>(right) / static_cast<double>(outputs.rows());
}

double root_mean_square_error(MatrixView outputs, MatrixView targets) {
  require_same_shape(outputs, targets);
  return std::sqrt((outputs - targets).squaredNorm() / static_cast<double>(outputs.size()));
}

}  // namespace wideband
