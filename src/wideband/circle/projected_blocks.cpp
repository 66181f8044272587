#include "wideband/circle/projected_blocks.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "wideband/circle/nested_sums.hpp"
#include "wideband/circle/tangent_gram.hpp"
#include "wideband/core/error.hpp"
#include "wideband/linalg/product.hpp"

namespace wideband {
namespace {

constexpr Index chunk_size = 1024;  // neurons; part of the bits of every block

}  // namespace

ProjectedBlocks::ProjectedBlocks(VectorView angles, MatrixView U)
    : d_(U.cols()), prefix_(angles.size() + 1, 3 * U.cols()) {
  require(angles.size() == U.rows(),
          fmt::format("[ProjectedBlocks] expected one row of U per angle, got {} and {}", U.rows(),
                      angles.size()));
  prefix_.row(0).setZero();
  for (Index i = 0; i < angles.size(); ++i) {
    prefix_.row(i + 1) << U.row(i), std::cos(angles(i)) * U.row(i), std::sin(angles(i)) * U.row(i);
    prefix_.row(i + 1) += prefix_.row(i);
  }
}

void ProjectedBlocks::add(Matrix& sum, const ShallowNetwork& network, const ActiveArcs& arcs,
                          Index first, Index count) const {
  Matrix features(4 * count, d_);
  Eigen::RowVectorXd v(3 * d_);
  for (Index i = 0; i < count; ++i) {
    const Index j = first + i;
    v.setZero();
    arcs.each_range(j, [&](Index begin, Index end) { v += prefix_.row(end) - prefix_.row(begin); });
    const auto v0 = v.head(d_), vc = v.segment(d_, d_), vs = v.tail(d_);
    const double c = network.beta_b * network.b(j);
    features.row(4 * i) = network.w1(j) * vc + network.w2(j) * vs + c * v0;
    features.row(4 * i + 1) = network.a(j) * vc;
    features.row(4 * i + 2) = network.a(j) * vs;
    features.row(4 * i + 3) = network.a(j) * network.beta_b * v0;
  }
  sum += gram(features);  // (1)
}

Matrix ProjectedBlocks::block(const ArcNetwork& network) const {
  return nested_blocks(network.neurons(), network.arcs(), {network.width()}).front();
}

std::vector<Matrix> ProjectedBlocks::nested_blocks(const ShallowNetwork& network,
                                                   const ActiveArcs& arcs,
                                                   const std::vector<Index>& widths) const {
  const Index n = prefix_.rows() - 1;
  require(arcs.samples() == n,
          fmt::format("[ProjectedBlocks] expected {} samples, got {}", n, arcs.samples()));
  require(arcs.width() == network.width() && (widths.empty() || widths.back() <= arcs.width()),
          fmt::format("[ProjectedBlocks] expected arcs of {} neurons and widths up to that, got {}",
                      network.width(), arcs.width()));
  const auto add_neurons = [&](Matrix& sum, Index first, Index count) {
    add(sum, network, arcs, first, count);
  };
  std::vector<Matrix> blocks =
      nested_sums(Matrix(Matrix::Zero(d_, d_)), widths, chunk_size, add_neurons);
  for (std::size_t i = 0; i < blocks.size(); ++i)
    blocks[i] /= static_cast<double>(n) * static_cast<double>(widths[i]);
  return blocks;
}

Matrix plain_projected_block(const ShallowNetwork& network, VectorView angles, MatrixView U) {
  const Matrix gram_matrix = plain_tangent_gram(network, angles);
  return transposed_product(U, product(gram_matrix, U)) / static_cast<double>(angles.size());
}

}  // namespace wideband
