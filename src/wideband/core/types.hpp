// The few types that every module shares: indices, matrices, and views of them.
#pragma once

#include <Eigen/Core>

namespace wideband {

using Index = Eigen::Index;

/// Where a computation runs.
enum class Device { cpu };

/// Row-major: a row is a sample.
template <class Real>
using MatrixOf = Eigen::Matrix<Real, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using Matrix = MatrixOf<double>;
using Vector = Eigen::VectorXd;

/// Arguments are views (nothing is copied when the caller's storage fits), results are values.
using MatrixView = Eigen::Ref<const Matrix>;
using VectorView = Eigen::Ref<const Vector>;

}  // namespace wideband
