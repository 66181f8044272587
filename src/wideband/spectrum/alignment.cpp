#include "wideband/spectrum/alignment.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include <fmt/format.h>

#include "wideband/circle/basis.hpp"
#include "wideband/core/error.hpp"
#include "wideband/linalg/decomposition.hpp"
#include "wideband/linalg/product.hpp"
#include "wideband/math/assignment.hpp"

namespace wideband {
namespace {

Index plane_count(Index columns) {
  require(columns % 2 == 1,
          fmt::format("[alignment] expected 2 K + 1 columns of planes, got {}", columns));
  return (columns + 1) / 2;
}

// Column indices of one plane by decreasing overlap, ties by index.
std::vector<Index> by_overlap(const Eigen::Ref<const Eigen::RowVectorXd>& overlaps, Index count) {
  std::vector<Index> columns(static_cast<std::size_t>(overlaps.size()));
  std::iota(columns.begin(), columns.end(), Index{0});
  std::partial_sort(columns.begin(), columns.begin() + count, columns.end(), [&](Index p, Index q) {
    return overlaps(p) > overlaps(q) || (overlaps(p) == overlaps(q) && p < q);
  });
  columns.resize(static_cast<std::size_t>(count));
  return columns;
}

// Plane k has d_k slots; each slot weighs a column by the overlap with its plane.
std::vector<std::vector<Index>> exclusive_columns(MatrixView overlaps) {
  const Index planes = overlaps.rows();
  Matrix slots(basis_size(planes - 1), overlaps.cols());
  for (Index s = 0; s < slots.rows(); ++s) slots.row(s) = overlaps.row(basis_frequency(s));
  const std::vector<Index> chosen = maximal_assignment(slots);
  std::vector<std::vector<Index>> columns(static_cast<std::size_t>(planes));
  for (Index s = 0; s < slots.rows(); ++s)
    columns[static_cast<std::size_t>(basis_frequency(s))].push_back(
        chosen[static_cast<std::size_t>(s)]);
  for (Index k = 0; k < planes; ++k) {
    auto& pair = columns[static_cast<std::size_t>(k)];
    std::sort(pair.begin(), pair.end(), [&](Index p, Index q) {
      return overlaps(k, p) > overlaps(k, q) || (overlaps(k, p) == overlaps(k, q) && p < q);
    });
  }
  return columns;
}

}  // namespace

std::string to_string(Matching matching) {
  return matching == Matching::shared ? "shared" : "exclusive";
}

Matrix plane_overlaps(MatrixView U, MatrixView V) {
  require(U.rows() == V.rows(), fmt::format("[plane_overlaps] expected U.rows == V.rows, got {} "
                                            "and {}",
                                            U.rows(), V.rows()));
  const Matrix inner = transposed_product(U, V);
  Matrix overlaps(plane_count(U.cols()), V.cols());
  for (Index k = 0; k < overlaps.rows(); ++k)
    overlaps.row(k) = inner.middleRows(plane_start(k), plane_size(k)).colwise().squaredNorm();
  return overlaps;
}

std::vector<std::vector<Index>> matched_columns(MatrixView overlaps, Matching matching) {
  const Index planes = overlaps.rows();
  const Index needed =
      matching == Matching::exclusive ? basis_size(planes - 1) : plane_size(planes - 1);
  require(overlaps.cols() >= needed,
          fmt::format("[matched_columns] expected at least {} eigenvectors, got {}", needed,
                      overlaps.cols()));
  if (matching == Matching::exclusive) return exclusive_columns(overlaps);
  std::vector<std::vector<Index>> columns;
  for (Index k = 0; k < planes; ++k) columns.push_back(by_overlap(overlaps.row(k), plane_size(k)));
  return columns;
}

Vector captured_overlaps(MatrixView overlaps) {
  Vector captured = overlaps.rowwise().sum();
  for (Index k = 0; k < captured.size(); ++k) captured(k) /= static_cast<double>(plane_size(k));
  return captured;
}

SubspaceAlignment subspace_alignment(MatrixView U, MatrixView V) {
  require(U.rows() == V.rows() && U.cols() == V.cols(),
          fmt::format("[subspace_alignment] expected equal shapes, got {}x{} and {}x{}", U.rows(),
                      U.cols(), V.rows(), V.cols()));
  const Matrix inner = transposed_product(U, V);
  const Matrix outside = V - product(U, inner);
  const Vector cosines = singular_values(inner);
  const Vector sines = singular_values(outside);  // decreasing, cosines too: pair them crosswise
  const Index d = U.cols();
  SubspaceAlignment result;
  result.angles.resize(d);
  for (Index i = 0; i < d; ++i) result.angles(i) = std::atan2(sines(d - 1 - i), cosines(i));  // (1)
  result.projector_fro = std::sqrt(2.0) * outside.norm();
  result.projector_op = sines(0);
  result.rms_cosine = inner.norm() / std::sqrt(static_cast<double>(d));
  return result;
}

std::vector<PlaneAlignment> plane_alignments(MatrixView U, MatrixView V, VectorView values,
                                             const std::vector<std::vector<Index>>& columns) {
  require(values.size() == V.cols() && static_cast<Index>(columns.size()) == plane_count(U.cols()),
          fmt::format("[plane_alignments] expected {} eigenvalues and {} planes, got {} and {}",
                      V.cols(), plane_count(U.cols()), values.size(), columns.size()));
  std::vector<PlaneAlignment> planes;
  for (std::size_t k = 0; k < columns.size(); ++k) {
    const Matrix chosen = V(Eigen::all, columns[k]);
    const Vector lambda = values(columns[k]);
    const Index start = plane_start(static_cast<Index>(k));
    planes.push_back({subspace_alignment(U.middleCols(start, chosen.cols()), chosen), lambda.mean(),
                      lambda.maxCoeff() - lambda.minCoeff()});
  }
  return planes;
}

std::vector<PlaneAlignment> plane_alignments(MatrixView U, MatrixView V, VectorView values,
                                             Matching matching) {
  return plane_alignments(U, V, values, matched_columns(plane_overlaps(U, V), matching));
}

Vector prefix_cosines(MatrixView U, MatrixView V) {
  const Index planes = plane_count(U.cols());
  require(V.rows() == U.rows() && V.cols() >= U.cols(),
          fmt::format("[prefix_cosines] expected {}x{} eigenvectors or more, got {}x{}", U.rows(),
                      U.cols(), V.rows(), V.cols()));
  const Matrix inner = transposed_product(U, V.leftCols(U.cols()));
  Vector cosines(planes);
  for (Index k = 0; k < planes; ++k) {
    const Index d = basis_size(k);
    cosines(k) = inner.topLeftCorner(d, d).norm() / std::sqrt(static_cast<double>(d));
  }
  return cosines;
}

Vector column_leakage(MatrixView B) {
  plane_count(B.cols());
  require(B.rows() == B.cols(),
          fmt::format("[column_leakage] expected a square block, got {}x{}", B.rows(), B.cols()));
  Vector leakage(B.cols());
  for (Index p = 0; p < B.cols(); ++p) {
    const Index k = basis_frequency(p);
    const double inside = B.col(p).segment(plane_start(k), plane_size(k)).lpNorm<1>();
    leakage(p) = (B.col(p).lpNorm<1>() - inside) / inside;
  }
  return leakage;
}

Vector eigenvalue_gaps(VectorView lambda) {
  Vector gaps = Vector::Constant(lambda.size(), std::numeric_limits<double>::infinity());
  for (Index k = 0; k < lambda.size(); ++k) {
    for (Index l = 0; l < lambda.size(); ++l) {
      if (l != k) gaps(k) = std::min(gaps(k), std::abs(lambda(k) - lambda(l)));
    }
  }
  return gaps;
}

}  // namespace wideband
