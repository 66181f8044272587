// The few types that every module shares: indices, matrices, and views of them.
#pragma once

#include <Eigen/Core>

namespace wideband {

using Index = Eigen::Index;

/// Row-major: a row is a sample.
using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using Vector = Eigen::VectorXd;

/// Arguments are views (nothing is copied when the caller's storage fits), results are values.
using MatrixView = Eigen::Ref<const Matrix>;
using VectorView = Eigen::Ref<const Vector>;

}  // namespace wideband
