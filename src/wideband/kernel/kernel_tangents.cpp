// Derivatives of kernels with respect to parameters of the network, by the recursion of the plain
// kernel.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <functional>
#include <numeric>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "wideband/core/error.hpp"
#include "wideband/core/parallel.hpp"
#include "wideband/kernel/input_angles.hpp"
#include "wideband/kernel/kernel.hpp"
#include "wideband/kernel/steps.hpp"
#include "wideband/math/dual.hpp"
#include "wideband/math/dual_derivatives.hpp"
#include "wideband/math/half_angle.hpp"
#include "wideband/model/fields.hpp"
#include "wideband/model/shape.hpp"

namespace wideband {
namespace {

// One sample: K(x, x), Theta(x, x), and their derivatives.
struct Sample {
  double q = 0, tangent = 0;
  double dq = 0, dtangent = 0;
};

// One pair of samples: angle and Theta, and the derivatives of k and Theta.
struct Pair {
  Sample x, z;
  HalfAngle angle;
  double tangent = 0;
  double dk = 0, dtangent = 0;
  double width = 0;

  double k() const { return covariance(x.q, z.q, angle); }
};

// The recursion of the plain kernel with the derivative along one field beside every number. The
// field is told by the addresses of its numbers.
class TangentRecursion {
 public:
  TangentRecursion(Parameterization parameterization, const std::vector<const double*>& field,
                   bool same)
      : parameterization_(parameterization), field_(field), same_(same) {}

  Pair through(const Layers& layers, Pair pair) const {
    for (std::size_t i = 0; i < layers.size(); ++i) {
      const auto* branches = std::get_if<Branches>(&layers[i].kind);
      std::size_t next = i + 1;
      while (next < layers.size() && is_identity(layers[next])) ++next;
      const bool pushes = branches != nullptr && branches->join == Join::concat &&
                          next < layers.size() &&
                          std::holds_alternative<Activation>(layers[next].kind);
      if (pushes) {
        pair = joined(*branches, &std::get<Activation>(layers[next].kind), pair);
        i = next;
      } else {
        pair = std::visit([&](const auto& kind) { return after(kind, pair); }, layers[i].kind);
      }
    }
    return pair;
  }

 private:
  static bool is_identity(const Layer& layer) {
    const auto* dropout = std::get_if<Dropout>(&layer.kind);
    return dropout != nullptr && (!dropout->training || dropout->keep == 1);
  }

  double moves(const double& number) const {
    return std::find(field_.begin(), field_.end(), &number) != field_.end() ? 1 : 0;
  }

  Pair after(const Dense& dense, const Pair& in) const {
    const double W2 = dense.weight_std * dense.weight_std;
    const double dW2 = 2 * dense.weight_std * moves(dense.weight_std);
    const double b = dense.bias_std.value_or(0);
    const double db2 = dense.bias_std ? 2 * b * moves(*dense.bias_std) : 0;
    const bool ntk = parameterization_ == Parameterization::ntk;
    const double bias = dense.bias_std ? 1 : 0;
    const auto sample = [&](const Sample& s) {
      Sample out;
      out.q = W2 * s.q + b * b;
      out.dq = W2 * s.dq + dW2 * s.q + db2;
      out.tangent = (ntk ? out.q : in.width * s.q + bias) + W2 * s.tangent;
      out.dtangent = (ntk ? out.dq : in.width * s.dq) + W2 * s.dtangent + dW2 * s.tangent;
      return out;
    };
    Pair out = in;
    out.x = sample(in.x);
    out.z = sample(in.z);
    out.angle = with_bias(W2 * in.x.q, W2 * in.z.q, in.angle, b * b, W2 * (in.x.q - in.z.q));
    out.dk = W2 * in.dk + dW2 * in.k() + db2;
    out.tangent = (ntk ? out.k() : in.width * in.k() + bias) + W2 * in.tangent;
    out.dtangent = (ntk ? out.dk : in.width * in.dk) + W2 * in.dtangent + dW2 * in.tangent;
    out.width = static_cast<double>(dense.width);
    return out;
  }

  Pair after(const Activation& activation, const Pair& in) const {
    const Phi& phi = activation.phi;
    std::optional<std::size_t> parameter;
    for (std::size_t p = 0; p < phi.parameters.size(); ++p) {
      if (moves(phi.parameters[p]) > 0) parameter = p;
    }
    const auto sample = [&](const Sample& s) {
      const VarianceDerivatives d = variance_derivatives(phi, s.q, parameter);
      const double slope = dual_slope_variance(phi, s.q);
      return Sample{.q = dual_variance(phi, s.q),
                    .tangent = s.tangent * slope,
                    .dq = d.V_q * s.dq + d.V_p,
                    .dtangent = s.dtangent * slope + s.tangent * (d.W_q * s.dq + d.W_p)};
    };
    const DualDerivatives d = dual_derivatives(phi, in.x.q, in.z.q, in.angle, parameter);
    Pair out = in;
    out.x = sample(in.x);
    out.z = sample(in.z);
    out.angle = dual(phi, in.x.q, in.z.q, in.angle).angle;
    out.dk = covariance_change(d, in.x.dq, in.z.dq, in.dk) + d.K_p;
    out.tangent = in.tangent * d.Kdot;
    out.dtangent = in.dtangent * d.Kdot;
    if (in.tangent != 0) {
      out.dtangent += in.tangent * (slope_change(d, in.x.dq, in.z.dq, in.dk) + d.Kdot_p);
    }
    return out;
  }

  Pair after(const LayerNorm& norm, const Pair& in) const {
    const double de = moves(norm.epsilon);
    const double r1 = in.x.q + norm.epsilon, r2 = in.z.q + norm.epsilon;
    require(r1 > 0 && r2 > 0, "[kernel] layernorm with eps = 0 meets a row of zeros");
    const double growth1 = (in.x.dq + de) / r1, growth2 = (in.z.dq + de) / r2;  // of r
    const auto sample = [](const Sample& s, double r, double growth) {
      return Sample{.q = s.q / r,
                    .tangent = s.tangent / r,
                    .dq = (s.dq - s.q * growth) / r,
                    .dtangent = (s.dtangent - s.tangent * growth) / r};
    };
    const double root = std::sqrt(r1) * std::sqrt(r2), growth = (growth1 + growth2) / 2;
    Pair out = in;
    out.x = sample(in.x, r1, growth1);
    out.z = sample(in.z, r2, growth2);
    out.dk = (in.dk - in.k() * growth) / root;
    out.tangent = in.tangent / root;
    out.dtangent = (in.dtangent - in.tangent * growth) / root;
    return out;
  }

  Pair after(const Dropout& dropout, const Pair& in) const {
    if (!dropout.training) return in;
    const double growth = moves(dropout.keep) / dropout.keep;
    const auto sample = [&](const Sample& s) {
      return Sample{.q = s.q / dropout.keep,
                    .tangent = s.tangent / dropout.keep,
                    .dq = (s.dq - s.q * growth) / dropout.keep,
                    .dtangent = (s.dtangent - s.tangent * growth) / dropout.keep};
    };
    Pair out = in;
    out.x = sample(in.x);
    out.z = sample(in.z);
    if (!same_) out.angle = with_dropout(in.angle, dropout.keep);
    return out;
  }

  Pair after(const Branches& branches, const Pair& in) const {
    return joined(branches, nullptr, in);
  }

  Pair joined(const Branches& branches, const Activation* pushed, const Pair& in) const {
    std::vector<Pair> ends;
    double total = 0;
    for (const Layers& path : branches.paths) {
      // Addresses tell the field, so the pushed layer is applied, not copied behind the path.
      Pair end = through(path, in);
      if (pushed != nullptr) end = after(*pushed, end);
      total += end.width;
      ends.push_back(end);
    }
    if (branches.join == Join::concat) {
      for (Pair& end : ends) end = scaled(end, end.width / total);
    }
    Pair out = ends.front();
    for (std::size_t p = 1; p < ends.size(); ++p) out = sum(out, ends[p]);
    if (branches.join == Join::concat) out.width = total;
    return out;
  }

  static Sample scaled(const Sample& s, double factor) {
    return {s.q * factor, s.tangent * factor, s.dq * factor, s.dtangent * factor};
  }

  static Pair scaled(Pair pair, double factor) {
    pair.x = scaled(pair.x, factor);
    pair.z = scaled(pair.z, factor);
    pair.tangent *= factor;
    pair.dk *= factor;
    pair.dtangent *= factor;
    return pair;
  }

  static Sample sum(const Sample& a, const Sample& b) {
    return {a.q + b.q, a.tangent + b.tangent, a.dq + b.dq, a.dtangent + b.dtangent};
  }

  static Pair sum(const Pair& A, const Pair& B) {
    Pair out = A;
    out.angle = wideband::joined({A.x.q, A.z.q, A.angle}, {B.x.q, B.z.q, B.angle});
    out.x = sum(A.x, B.x);
    out.z = sum(A.z, B.z);
    out.tangent = A.tangent + B.tangent;
    out.dk = A.dk + B.dk;
    out.dtangent = A.dtangent + B.dtangent;
    out.width = std::max(A.width, B.width);
    return out;
  }

  Parameterization parameterization_;
  const std::vector<const double*>& field_;
  bool same_;
};

KernelResult<> tangent(const InputRows& X, const Architecture& architecture,
                       const std::string& name, Index threads) {
  const std::vector<const double*> field = field_values(architecture, name);
  const Index n = X.count();
  const auto d = static_cast<std::size_t>(X.features());
  KernelResult<> result;
  result.nngp.resize(n, n);
  result.ntk.resize(n, n);
  result.variance_x.resize(static_cast<std::size_t>(n));
  result.ntk_diagonal_x.resize(static_cast<std::size_t>(n));
  parallel_for(n, threads, [&](Index i) {
    for (Index j = 0; j <= i; ++j) {
      const HalfAngle angle = angle_between({X.row(i), d}, {X.row(j), d}, X.norm(i), X.norm(j));
      const Pair input{.x = {.q = X.variances()[static_cast<std::size_t>(i)]},
                       .z = {.q = X.variances()[static_cast<std::size_t>(j)]},
                       .angle = angle,
                       .width = static_cast<double>(d)};
      const Pair output = TangentRecursion(architecture.parameterization, field, i == j)
                              .through(architecture.layers, input);
      result.nngp(i, j) = result.nngp(j, i) = i == j ? output.x.dq : output.dk;
      result.ntk(i, j) = result.ntk(j, i) = i == j ? output.x.dtangent : output.dtangent;
      if (i != j) continue;
      result.variance_x[static_cast<std::size_t>(i)] = output.x.dq;
      result.ntk_diagonal_x[static_cast<std::size_t>(i)] = output.x.dtangent;
    }
  });
  result.variance_z = result.variance_x;
  result.ntk_diagonal_z = result.ntk_diagonal_x;
  result.pairs = static_cast<std::uint64_t>(n * (n + 1) / 2);
  return result;
}

// Where a dual has no closed form: central differences of fourth order in the field.
KernelResult<> differences(const MatrixView& X, const Architecture& architecture,
                           const std::string& name, const KernelOptions& options) {
  const double size = std::abs(*field_values(architecture, name).front());
  const double h = 2e-3 * (size > 0 ? size : 1);
  const auto moved = [&](double step) {
    Architecture changed = architecture;
    for (double* number : field_values(changed, name)) *number += step;
    return kernel(X, changed, options);
  };
  KernelResult<> result = moved(h);
  const KernelResult<> a = moved(-h), b = moved(2 * h), c = moved(-2 * h);
  const auto derivative = [&](Matrix& up, const Matrix& down, const Matrix& far_up,
                              const Matrix& far_down) {
    up = (8 * (up - down) - (far_up - far_down)) / (12 * h);
  };
  derivative(result.nngp, a.nngp, b.nngp, c.nngp);
  derivative(result.ntk, a.ntk, b.ntk, c.ntk);
  const auto each = [&](std::vector<double>& up, const std::vector<double>& down,
                        const std::vector<double>& far_up, const std::vector<double>& far_down) {
    for (std::size_t i = 0; i < up.size(); ++i) {
      up[i] = (8 * (up[i] - down[i]) - (far_up[i] - far_down[i])) / (12 * h);
    }
  };
  each(result.variance_x, a.variance_x, b.variance_x, c.variance_x);
  each(result.ntk_diagonal_x, a.ntk_diagonal_x, b.ntk_diagonal_x, c.ntk_diagonal_x);
  result.variance_z = result.variance_x;
  result.ntk_diagonal_z = result.ntk_diagonal_x;
  return result;
}

}  // namespace

std::vector<KernelResult<>> kernel_tangents(MatrixView X, const Architecture& architecture,
                                            std::span<const std::string> fields,
                                            const KernelOptions& options) {
  validate(options);
  const std::vector<Step> list = steps(architecture, X.cols());
  const bool closed = std::all_of(list.begin(), list.end(), [](const Step& step) {
    return step.kind != StepKind::activation || has_closed_dual(step.phi);
  });
  const Index threads = options.threads > 0 ? options.threads : available_cores();
  const InputRows rows(X, "X");
  std::vector<KernelResult<>> results;
  for (const std::string& field : fields) {
    const auto start = std::chrono::steady_clock::now();
    results.push_back(closed ? tangent(rows, architecture, field, threads)
                             : differences(X, architecture, field, options));
    results.back().seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  }
  return results;
}

}  // namespace wideband
