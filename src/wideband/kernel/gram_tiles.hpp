// Gram matrices tile by tile: input products, all steps and the store in one pass over each block.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "wideband/core/types.hpp"
#include "wideband/kernel/input_angles.hpp"
#include "wideband/kernel/kernel.hpp"
#include "wideband/kernel/pair_recursion.hpp"
#include "wideband/kernel/sample_recursion.hpp"

namespace wideband {

/// One call of kernel, prepared.
template <class Real>
struct GramJob {
  const InputRows& X;
  const InputRows& Z;  // X itself for the symmetric call
  bool symmetric;
  const Architecture& architecture;
  const SampleTrace& x;
  const SampleTrace& z;
  const PairRecursion<Real>& recursion;
  NumericDualOptions numeric;  // for pairs that go through the plain kernel
  double refine_below;
  Index tile;  // a multiple of InputRows::block
  Index threads;
  std::function<bool(const Progress&)> on_progress;
};

/// Fills nngp and ntk, those of them that are not empty; returns the number of pairs evaluated.
/// Entries do not depend on tile or threads. The lower triangle of a symmetric job is computed, the
/// upper one mirrored; its diagonal comes from the trace.
///
/// throws   Stopped if on_progress returned false
template <class Real>
std::uint64_t fill_gram(const GramJob<Real>& job, MatrixOf<Real>& nngp, MatrixOf<Real>& ntk);

extern template std::uint64_t fill_gram(const GramJob<double>&, Matrix&, Matrix&);
extern template std::uint64_t fill_gram(const GramJob<float>&, MatrixOf<float>&, MatrixOf<float>&);

}  // namespace wideband
