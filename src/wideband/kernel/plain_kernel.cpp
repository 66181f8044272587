#include "wideband/kernel/plain_kernel.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>
#include <vector>

#include "wideband/core/error.hpp"
#include "wideband/math/dual.hpp"
#include "wideband/model/shape.hpp"

namespace wideband {
namespace {

// What one pair of samples is between two layers.
struct PairState {
  double q1, q2;                // K(x, x), K(z, z)
  double diagonal1, diagonal2;  // Theta(x, x), Theta(z, z)
  double tangent;               // Theta(x, z)
  HalfAngle angle;              // between x and z
  double difference;            // q1 - q2, without cancellation where the input rule gave it
  double width;
};

class Recursion {
 public:
  Recursion(Parameterization parameterization, bool same, const NumericDualOptions& options)
      : parameterization_(parameterization), same_(same), options_(options) {}

  PairState through(const Layers& layers, PairState state) const {
    for (std::size_t i = 0; i < layers.size(); ++i) {
      const auto* branches = std::get_if<Branches>(&layers[i].kind);
      std::size_t next = i + 1;
      while (next < layers.size() && is_identity(layers[next])) ++next;
      const bool pushes = branches && branches->join == Join::concat && next < layers.size() &&
                          std::holds_alternative<Activation>(layers[next].kind);
      if (pushes) {
        Branches pushed = *branches;
        for (Layers& path : pushed.paths) path.push_back(layers[next]);
        state = after(pushed, state);
        i = next;
      } else {
        state = std::visit([&](const auto& kind) { return after(kind, state); }, layers[i].kind);
      }
    }
    return state;
  }

 private:
  static bool is_identity(const Layer& layer) {
    const auto* dropout = std::get_if<Dropout>(&layer.kind);
    return dropout && (!dropout->training || dropout->keep == 1);
  }

  PairState after(const Dense& dense, const PairState& in) const {
    const double W2 = dense.weight_std * dense.weight_std;
    const double b = dense.bias_std.value_or(0);
    PairState out = in;
    out.q1 = W2 * in.q1 + b * b;
    out.q2 = W2 * in.q2 + b * b;
    out.difference = W2 * in.difference;
    out.angle = with_bias(W2 * in.q1, W2 * in.q2, in.angle, b * b, out.difference);
    out.width = static_cast<double>(dense.width);
    if (parameterization_ == Parameterization::ntk) {
      out.diagonal1 = out.q1 + W2 * in.diagonal1;
      out.diagonal2 = out.q2 + W2 * in.diagonal2;
      out.tangent = covariance(out.q1, out.q2, out.angle) + W2 * in.tangent;
    } else {
      const double bias = dense.bias_std ? 1 : 0;
      out.diagonal1 = in.width * in.q1 + W2 * in.diagonal1 + bias;
      out.diagonal2 = in.width * in.q2 + W2 * in.diagonal2 + bias;
      out.tangent = in.width * covariance(in.q1, in.q2, in.angle) + W2 * in.tangent + bias;
    }
    return out;
  }

  PairState after(const Activation& activation, const PairState& in) const {
    const Phi& phi = activation.phi;
    if (!has_closed_dual(phi)) return after_numeric(phi, in);
    const Dual pair = dual(phi, in.q1, in.q2, in.angle);
    return after_dual(in, pair, dual_variance(phi, in.q1), dual_variance(phi, in.q2),
                      dual_slope_variance(phi, in.q1), dual_slope_variance(phi, in.q2));
  }

  PairState after_numeric(const Phi& phi, const PairState& in) const {
    const double variances[] = {in.q1, in.q2};
    const NumericDual numeric(phi, variances, options_);
    return after_dual(in, numeric.dual(in.q1, in.q2, in.angle), numeric.variance(in.q1),
                      numeric.variance(in.q2), numeric.slope_variance(in.q1),
                      numeric.slope_variance(in.q2));
  }

  static PairState after_dual(const PairState& in, const Dual& pair, double variance1,
                              double variance2, double slope1, double slope2) {
    PairState out = in;
    out.q1 = variance1;
    out.q2 = variance2;
    out.difference = out.q1 - out.q2;
    out.angle = pair.angle;
    out.diagonal1 = in.diagonal1 * slope1;
    out.diagonal2 = in.diagonal2 * slope2;
    out.tangent = in.tangent * pair.slope;
    return out;
  }

  PairState after(const LayerNorm& norm, const PairState& in) const {
    PairState out = in;
    const double r1 = in.q1 + norm.epsilon, r2 = in.q2 + norm.epsilon;
    require(r1 > 0 && r2 > 0, "[kernel] layernorm with eps = 0 meets a row of zeros");
    out.q1 = in.q1 / r1;
    out.q2 = in.q2 / r2;
    out.difference = norm.epsilon * in.difference / (r1 * r2);
    out.diagonal1 = in.diagonal1 / r1;
    out.diagonal2 = in.diagonal2 / r2;
    out.tangent = in.tangent / (std::sqrt(r1) * std::sqrt(r2));
    return out;
  }

  PairState after(const Dropout& dropout, const PairState& in) const {
    if (!dropout.training) return in;
    PairState out = in;
    out.q1 = in.q1 / dropout.keep;
    out.q2 = in.q2 / dropout.keep;
    out.difference = in.difference / dropout.keep;
    out.diagonal1 = in.diagonal1 / dropout.keep;
    out.diagonal2 = in.diagonal2 / dropout.keep;
    if (!same_) out.angle = with_dropout(in.angle, dropout.keep);
    return out;
  }

  PairState after(const Branches& branches, const PairState& in) const {
    std::vector<PairState> ends;
    for (const Layers& path : branches.paths) ends.push_back(through(path, in));
    if (branches.join == Join::concat) {
      const double total =
          std::accumulate(ends.begin(), ends.end(), 0.0,
                          [](double w, const PairState& end) { return w + end.width; });
      for (PairState& end : ends) end = scaled(end, end.width / total);
      PairState out = sum(ends);
      out.width = total;
      return out;
    }
    return sum(ends);
  }

  static PairState scaled(PairState state, double factor) {
    for (double* value : {&state.q1, &state.q2, &state.difference, &state.diagonal1,
                          &state.diagonal2, &state.tangent}) {
      *value *= factor;
    }
    return state;
  }

  static PairState sum(const std::vector<PairState>& ends) {
    PairState out = ends.front();
    for (std::size_t p = 1; p < ends.size(); ++p) {
      const PairState& end = ends[p];
      out.angle = joined({out.q1, out.q2, out.angle}, {end.q1, end.q2, end.angle});
      out.q1 += end.q1;
      out.q2 += end.q2;
      out.difference += end.difference;
      out.diagonal1 += end.diagonal1;
      out.diagonal2 += end.diagonal2;
      out.tangent += end.tangent;
      out.width = std::max(out.width, end.width);
    }
    return out;
  }

  Parameterization parameterization_;
  bool same_;
  NumericDualOptions options_;
};

double dot(std::span<const double> x, std::span<const double> z) {
  return std::inner_product(x.begin(), x.end(), z.begin(), 0.0);
}

}  // namespace

PairKernel plain_pair_kernel(std::span<const double> x, std::span<const double> z, bool same,
                             const Architecture& architecture, const NumericDualOptions& options) {
  const auto d = static_cast<double>(x.size());
  const double xx = dot(x, x), zz = dot(z, z);
  double difference = 0;
  for (std::size_t k = 0; k < x.size(); ++k) difference += (x[k] - z[k]) * (x[k] + z[k]);
  PairState state{.q1 = xx / d,
                  .q2 = zz / d,
                  .diagonal1 = 0,
                  .diagonal2 = 0,
                  .tangent = 0,
                  .angle = angle_between(x, z, std::sqrt(xx), std::sqrt(zz)),
                  .difference = difference / d,
                  .width = d};
  const Recursion recursion(architecture.parameterization, same, options);
  state = recursion.through(architecture.layers, state);
  PairKernel result{.nngp = covariance(state.q1, state.q2, state.angle),
                    .ntk = state.tangent,
                    .variance_x = state.q1,
                    .variance_z = state.q2,
                    .ntk_diagonal_x = state.diagonal1,
                    .ntk_diagonal_z = state.diagonal2};
  if (same) {
    result.nngp = result.variance_x;
    result.ntk = result.ntk_diagonal_x;
  }
  return result;
}

namespace {

std::span<const double> row(const MatrixView& X, Index i) {
  return {X.data() + i * X.outerStride(), static_cast<std::size_t>(X.cols())};
}

}  // namespace

PlainKernel plain_kernel(MatrixView X, const Architecture& architecture) {
  infer_shape(architecture, X.cols());
  PlainKernel result{Matrix(X.rows(), X.rows()), Matrix(X.rows(), X.rows())};
  for (Index i = 0; i < X.rows(); ++i) {
    for (Index j = 0; j <= i; ++j) {
      const PairKernel pair = plain_pair_kernel(row(X, i), row(X, j), i == j, architecture);
      result.nngp(i, j) = result.nngp(j, i) = pair.nngp;
      result.ntk(i, j) = result.ntk(j, i) = pair.ntk;
    }
  }
  return result;
}

PlainKernel plain_kernel(MatrixView X, MatrixView Z, const Architecture& architecture) {
  require(X.cols() == Z.cols(), "[plain_kernel] expected X.cols == Z.cols");
  infer_shape(architecture, X.cols());
  PlainKernel result{Matrix(X.rows(), Z.rows()), Matrix(X.rows(), Z.rows())};
  for (Index i = 0; i < X.rows(); ++i) {
    for (Index j = 0; j < Z.rows(); ++j) {
      const PairKernel pair = plain_pair_kernel(row(X, i), row(Z, j), false, architecture);
      result.nngp(i, j) = pair.nngp;
      result.ntk(i, j) = pair.ntk;
    }
  }
  return result;
}

}  // namespace wideband
