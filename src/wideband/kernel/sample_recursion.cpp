#include "wideband/kernel/sample_recursion.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "wideband/core/error.hpp"
#include "wideband/core/status.hpp"
#include "wideband/math/dual.hpp"

namespace wideband {
namespace {

SampleSignal after_dense(const Step& step, const SampleSignal& in) {
  SampleSignal out = in;
  for (std::size_t i = 0; i < in.variance.size(); ++i) {
    out.variance[i] = step.weight * in.variance[i] + step.bias;
    const double own =
        step.fan_in > 0 ? step.fan_in * in.variance[i] + step.bias_tangent : out.variance[i];
    out.tangent[i] = own + step.weight * in.tangent[i];
  }
  return out;
}

// Samples of one norm have few different variances: each is evaluated once.
SampleSignal after_activation(const Step& step, const SampleSignal& in,
                              const NumericDual* numeric) {
  std::map<double, NumericDual::Variances> known;
  const auto variances = [&](double q) {
    const auto found = known.find(q);
    if (found != known.end()) return found->second;
    constexpr std::size_t most = 64;
    const NumericDual::Variances fresh =
        numeric != nullptr
            ? numeric->variances(q)
            : NumericDual::Variances{dual_variance(step.phi, q), dual_slope_variance(step.phi, q)};
    if (known.size() < most) known.emplace(q, fresh);
    return fresh;
  };
  SampleSignal out = in;
  for (std::size_t i = 0; i < in.variance.size(); ++i) {
    const NumericDual::Variances moments = variances(in.variance[i]);
    out.variance[i] = moments.value;
    out.tangent[i] = in.tangent[i] == 0 ? 0 : in.tangent[i] * moments.slope;
  }
  return out;
}

SampleSignal after_norm(const Step& step, const SampleSignal& in) {
  SampleSignal out = in;
  for (std::size_t i = 0; i < in.variance.size(); ++i) {
    const double r = in.variance[i] + step.epsilon;
    if (!(r > 0)) {
      require(
          false,
          fmt::format(
              "[kernel] {} with eps = 0 meets variance 0 at row {} (those of Z follow those of X)",
              step.place, i));
    }
    out.variance[i] = in.variance[i] / r;
    out.tangent[i] = in.tangent[i] / r;
  }
  return out;
}

SampleSignal scaled(SampleSignal signal, double factor) {
  for (double& q : signal.variance) q *= factor;
  for (double& t : signal.tangent) t *= factor;
  return signal;
}

SampleSignal added(SampleSignal a, const SampleSignal& b) {
  for (std::size_t i = 0; i < a.variance.size(); ++i) {
    a.variance[i] += b.variance[i];
    a.tangent[i] += b.tangent[i];
  }
  return a;
}

void check_range(const SampleSignal& signal, const Step& step, const TraceLimits& limits) {
  for (std::size_t i = 0; i < signal.variance.size(); ++i) {
    const double q = signal.variance[i], t = signal.tangent[i];
    if (q <= limits.largest_result && t <= limits.largest_result) continue;
    throw NumericalError(fmt::format("[kernel] {} {:.3g} after {}; reduce W",
                                     q <= limits.largest_result ? "tangent kernel" : "variance",
                                     q <= limits.largest_result ? t : q, step.place));
  }
}

bool vanishes(const Step& step, const SampleSignal& in, const SampleSignal& out, double smallest) {
  if (step.kind != StepKind::dense && step.kind != StepKind::activation) return false;
  if (step.kind == StepKind::dense && step.weight == 0) return false;
  for (std::size_t i = 0; i < in.variance.size(); ++i) {
    if (in.variance[i] > 0 && out.variance[i] < smallest) return true;
  }
  return false;
}

}  // namespace

SampleTrace sample_trace(const std::vector<Step>& steps, const std::vector<double>& variances,
                         const TraceLimits& limits, const NumericDualOptions& options,
                         NumericDuals& duals) {
  duals.clear();
  SampleTrace trace;
  trace.zero.assign(variances.size(), false);
  std::vector<SampleSignal> stack = {{variances, std::vector<double>(variances.size(), 0.0)}};
  check_range(stack.back(), {.kind = StepKind::dense, .place = "the inputs"}, limits);
  for (const Step& step : steps) {
    trace.before.push_back(stack.back());
    trace.beneath.emplace_back();
    duals.emplace_back();
    const SampleSignal& in = trace.before.back();
    switch (step.kind) {
      case StepKind::dense:
        stack.back() = after_dense(step, in);
        break;
      case StepKind::activation:
        for (std::size_t i = 0; i < variances.size(); ++i) {
          if (in.variance[i] == 0) trace.zero[i] = true;
        }
        if (!has_closed_dual(step.phi)) {
          duals.back() = std::make_unique<NumericDual>(step.phi, in.variance, options);
        }
        stack.back() = after_activation(step, in, duals.back().get());
        break;
      case StepKind::layer_norm:
        stack.back() = after_norm(step, in);
        break;
      case StepKind::dropout:
        stack.back() = scaled(in, 1 / step.keep);
        break;
      case StepKind::scale:
        stack.back() = scaled(in, step.factor);
        break;
      case StepKind::copy:
        stack.push_back(stack[stack.size() - 1 - static_cast<std::size_t>(step.below)]);
        break;
      case StepKind::sum:
        stack.pop_back();
        trace.beneath.back() = stack.back();
        stack.back() = added(trace.beneath.back(), in);
        break;
      case StepKind::settle:
        stack.pop_back();
        stack.back() = in;
        break;
    }
    check_range(stack.back(), step, limits);
    if (vanishes(step, in, stack.back(), limits.smallest_variance)) trace.vanished = true;
  }
  trace.output = std::move(stack.back());
  return trace;
}

SampleTrace part_of(const SampleTrace& trace, Index first, Index count) {
  const auto cut = [&](const auto& values) {
    using Values = std::decay_t<decltype(values)>;
    return values.empty() ? Values()
                          : Values(values.begin() + first, values.begin() + first + count);
  };
  const auto cut_signal = [&](const SampleSignal& signal) {
    return SampleSignal{cut(signal.variance), cut(signal.tangent)};
  };
  SampleTrace part;
  for (const SampleSignal& signal : trace.before) part.before.push_back(cut_signal(signal));
  for (const SampleSignal& signal : trace.beneath) part.beneath.push_back(cut_signal(signal));
  part.output = cut_signal(trace.output);
  part.zero = cut(trace.zero);
  part.vanished = trace.vanished;
  return part;
}

namespace {

// d log K(x, x) / d log q by a central difference in log q; its own error is far below the bound's.
double logarithmic_slope(const Phi& phi, double q) {
  constexpr double h = 1e-4;
  const double above = dual_variance(phi, q * std::exp(h)),
               below = dual_variance(phi, q * std::exp(-h));
  if (!(above > 0 && below > 0) || !std::isfinite(above)) return 1;
  return (std::log(above) - std::log(below)) / (2 * h);
}

double largest_gain(const Step& step, const std::vector<double>& variances) {
  double low = infinity, high = 0;
  for (const double q : variances) {
    if (q == 0) continue;
    low = std::min(low, q);
    high = std::max(high, q);
  }
  if (high == 0) return 1;
  double gain = 1;
  constexpr int points = 16;  // the slope is monotone or single-humped in log q for every family
  for (int k = 0; k <= points; ++k) {
    const double q = low * std::pow(high / low, k / double{points});
    gain = std::max(gain, logarithmic_slope(step.phi, q));
  }
  return gain;
}

// The same between the variances themselves, where a dual is known at no other.
double largest_gain(const std::vector<double>& before, const std::vector<double>& after) {
  std::vector<std::pair<double, double>> points;
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (before[i] > 0 && after[i] > 0) points.emplace_back(std::log(before[i]), std::log(after[i]));
  }
  std::sort(points.begin(), points.end());
  double gain = 1;
  for (std::size_t i = 1; i < points.size(); ++i) {
    const double step = points[i].first - points[i - 1].first;
    if (step > 1e-6) gain = std::max(gain, (points[i].second - points[i - 1].second) / step);
  }
  return gain;
}

}  // namespace

double error_bound(const std::vector<Step>& steps, const SampleTrace& trace,
                   const NumericDuals& duals, double first, double eps) {
  std::vector<double> stack = {first};
  for (std::size_t l = 0; l < steps.size(); ++l) {
    const Step& step = steps[l];
    double& top = stack.back();
    switch (step.kind) {
      case StepKind::activation:
        if (duals[l] == nullptr) {
          top = largest_gain(step, trace.before[l].variance) * top + 4 * eps;
        } else {
          const SampleSignal& after = l + 1 < steps.size() ? trace.before[l + 1] : trace.output;
          const double gain = largest_gain(trace.before[l].variance, after.variance);
          top = gain * top + duals[l]->error_estimate() + 4 * eps;
        }
        break;
      case StepKind::copy:
        stack.push_back(stack[stack.size() - 1 - static_cast<std::size_t>(step.below)]);
        break;
      case StepKind::sum:
      case StepKind::settle: {
        const double above = top;
        stack.pop_back();
        stack.back() = step.kind == StepKind::sum ? std::max(stack.back(), above) : above;
        break;
      }
      case StepKind::dense:
      case StepKind::layer_norm:
      case StepKind::dropout:
      case StepKind::scale:
        break;
    }
  }
  return stack.back();
}

}  // namespace wideband
