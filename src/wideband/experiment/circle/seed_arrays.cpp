#include "wideband/experiment/circle/seed_arrays.hpp"

#include <utility>

#include "wideband/core/error.hpp"

namespace wideband {

void append(Vector& all, const Vector& more) {
  Vector joined(all.size() + more.size());
  joined << all, more;
  all = std::move(joined);
}

void append(Matrix& all, const Matrix& more) {
  require(all.rows() == 0 || all.cols() == more.cols(),
          "[append] expected blocks of repetitions with equal columns");
  Matrix joined(all.rows() + more.rows(), more.cols());
  if (all.rows() > 0) joined.topRows(all.rows()) = all;
  joined.bottomRows(more.rows()) = more;
  all = std::move(joined);
}

Array stacked(const std::vector<Matrix>& matrices) {
  require(!matrices.empty(), "[stacked] expected a matrix, got none");
  Array array{{static_cast<Index>(matrices.size()), matrices[0].rows(), matrices[0].cols()}, {}};
  for (const Matrix& M : matrices) {
    require(M.rows() == array.shape[1] && M.cols() == array.shape[2],
            "[stacked] expected matrices of one shape");
    array.values.insert(array.values.end(), M.data(), M.data() + M.size());
  }
  return array;
}

void unstack(const Array& array, std::vector<Matrix>& matrices) {
  require(array.shape.size() == 3, "[unstack] expected an array of rank 3");
  const Index rows = array.shape[1];
  const Index columns = array.shape[2];
  for (Index i = 0; i < array.shape[0]; ++i) {
    matrices.emplace_back(
        Eigen::Map<const Matrix>(array.values.data() + i * rows * columns, rows, columns));
  }
}

}  // namespace wideband
