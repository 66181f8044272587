// The recursion of a row of pairs: the steps of a network as operations on packed angles and
// tangents.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "wideband/core/types.hpp"
#include "wideband/kernel/input_angles.hpp"
#include "wideband/kernel/sample_recursion.hpp"
#include "wideband/kernel/steps.hpp"
#include "wideband/simd/pair_steps.hpp"

namespace wideband {

/// What one thread needs for the rows of a block: signals of a row on a stack, and factors of the
/// block's samples. Made by PairRecursion::work.
template <class Real>
struct PairWork {
  static constexpr Index width = InputRows::block;

  Real* angle(Index level) { return signals.data() + 2 * level * width; }
  Real* tangent(Index level) { return signals.data() + (2 * level + 1) * width; }
  Real* row_factor(Index slot) { return row_factors.data() + slot * width; }
  Real* column_factor(Index slot) { return column_factors.data() + slot * width; }

  using Buffer = Eigen::Matrix<Real, Eigen::Dynamic, 1>;  // aligned to 64 bytes by `aligned`
  Buffer storage;
  std::span<Real> signals, half_sine, row_factors, column_factors;
  Index first_row = -1, first_column = -1;  // of the block that the factors are for

  // Per step by numbers: what its dual takes from a sample, one entry per distinct variance.
  struct NumericRows {
    std::vector<NumericDual::Row> rows;
    std::vector<std::vector<Real>> left;  // of rows, for tables
    std::vector<std::size_t> of_sample;
  };
  std::vector<NumericRows> numeric_rows, numeric_columns;
};

/// Everything about a network and two sets of samples that the pairs between them share. The state
/// of a pair is its packed angle (simd/pair_steps.hpp) and Theta / sqrt(Theta_11 Theta_22), which a
/// dense layer maps to
///
///   own_1 own_2 rho + kept_1 kept_2 tangent + bias_1 bias_2,   own = sqrt(q / Theta_out), (1)
///
/// q the variance that enters Theta, kept = W sqrt(Theta_in / Theta_out), bias = 1/sqrt(Theta_out)
/// where `standard` adds 1; an activation maps it to
///
///   tangent Kdot / sqrt(Kdot_11 Kdot_22). (2)
template <class Real>
class PairRecursion {
 public:
  /// Traces and duals are kept by reference.
  PairRecursion(std::vector<Step> steps, const SampleTrace& x, const SampleTrace& z,
                const NumericDuals& duals, Index d);

  PairWork<Real> work() const;

  /// Whether a bias acts on the input angles, so that run() uses the refined pairs.
  bool wants_differences() const;

  /// Prepares `work` for rows i0, ... and columns j0, ... of one block.
  void enter(PairWork<Real>& work, Index i0, Index rows, Index j0, Index columns) const;

  /// Runs all steps on the pairs of row i with the block's columns. work.angle(0) holds the input
  /// angles before and those of the output after, work.tangent(0) the output's tangents after.
  void run(PairWork<Real>& work, Index i, Index columns,
           std::span<const RefinedPair> refined) const;

 private:
  enum class Kind {
    rectifier,
    error_function,
    offset,  // the constant c of a erf(b x) + c
    gelu,
    dual,     // any other, one scalar dual per pair
    table,    // a tabulated dual
    numeric,  // a dual that is summed per pair
    bias,
    tangent,
    dropout,
    copy,
    sum,
    settle
  };
  struct Operation {
    Kind kind;
    std::size_t step = 0;
    Index slot = 0;      // first of its factors
    bool raw = false;    // acts on the input angles
    bool acute = false;  // its angles are at most pi/2
    bool equal_variances = false;
    int below = 0;
    simd::Rectifier<Real> rectifier = {};
  };

  void add_dense(std::size_t l, bool raw, bool acute);
  void add_activation(std::size_t l, bool acute);
  void add_tangent(std::size_t l, bool acute);
  static bool leaves_acute(const Operation& operation);
  bool in_range(std::size_t l, double scale, double smallest) const;
  bool equal_variances(std::size_t l) const;
  Operation& add(Kind kind, std::size_t l, Index slots, bool acute);
  const SampleSignal& after(const SampleTrace& trace, std::size_t l) const;

  void dense_ratios(const SampleTrace& trace, std::size_t l, Index i, double& own, double& kept,
                    double& bias) const;
  void fill(const Operation& operation, const SampleTrace& trace, Index first, Index count,
            Real* factors) const;
  simd::Mixture<Real> mixture(Index slot, bool acute, PairWork<Real>& work, Index row) const;
  void raw_half_sines(const Operation& operation, PairWork<Real>& work, Index row, Index columns,
                      std::span<const RefinedPair> refined, simd::Mixture<Real>& step) const;
  void error_function(const Operation& operation, PairWork<Real>& work, Index row, std::size_t n,
                      Real* angle, Real* tangent) const;
  void gelu(const Operation& operation, PairWork<Real>& work, Index row, std::size_t n, Real* angle,
            Real* tangent) const;
  void scalar_duals(const Operation& operation, PairWork<Real>& work, Index row, Index columns,
                    Index level) const;

  void numeric_samples(std::size_t l, const SampleTrace& trace, Index first, Index count,
                       typename PairWork<Real>::NumericRows& rows) const;
  void table(const Operation& operation, PairWork<Real>& work, Index row, std::size_t n,
             Real* angle, Real* tangent) const;
  void numeric_duals(const Operation& operation, PairWork<Real>& work, Index row, Index columns,
                     Index level) const;

  std::vector<Step> steps_;
  std::vector<Operation> operations_;
  const SampleTrace& x_;
  const SampleTrace& z_;
  const NumericDuals& duals_;
  std::vector<NumericDual::Layout> layouts_;  // per step
  double features_;
  Index slots_ = 0;
  Index depth_ = 1;
};

extern template class PairRecursion<double>;
extern template class PairRecursion<float>;

}  // namespace wideband
