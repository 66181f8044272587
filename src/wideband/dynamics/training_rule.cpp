#include "wideband/dynamics/training_rule.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>

#include "wideband/core/error.hpp"
#include "wideband/dynamics/decay.hpp"

namespace wideband {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();
constexpr double most_steps = 9007199254740992;  // 2^53

double momentum_of(const Flow&) {
  return 0;
}
double momentum_of(const Descent&) {
  return 0;
}
double momentum_of(const HeavyBall& rule) {
  return rule.momentum;
}
double momentum_of(const HeavyBallFlow& rule) {
  return rule.momentum;
}

double momentum_of(const Rule& rule) {
  return std::visit([](const auto& one) { return momentum_of(one); }, rule);
}

bool takes_steps(const Rule& rule) {
  return std::holds_alternative<Descent>(rule) || std::holds_alternative<HeavyBall>(rule);
}

// (1 - e^-x)/x, the mean of e^-xv over v in [0, 1].
double mean_decay(double x) {
  return x == 0 ? 1 : -std::expm1(-x) / x;
}

// (1 - e^-x)/z for x = scale z; the second form holds for z = 0.
double decay_gain(double x, double z, double scale) {
  return x > 0.5 ? -std::expm1(-x) / z : scale * mean_decay(x);
}

ModeResponse response(const Flow&, double kappa, double z, double time) {
  const double x = kappa * z * time;
  return {std::exp(-x), decay_gain(x, z, kappa * time)};  // (1)
}

ModeResponse response(const Descent&, double kappa, double z, double time) {
  const double x = kappa * z;
  if (x >= 1) {
    const double residual = decay_factor(x, static_cast<Index>(time));  // (2)
    return {residual, (1 - residual) / z};
  }
  const double rate = -std::log1p(-x);
  // rate/z, of which 1 + x/2 is enough where x^2 < eps
  const double speed = x < 1e-8 ? kappa * (1 + x / 2) : rate / z;
  return {std::exp(-rate * time), decay_gain(rate * time, z, speed * time)};  // (2)
}

// With u_t the solution of (3) from u_0 = 0, u_1 = 1 and S_t = u_1 + ... + u_t, powers of the
// matrix of the state (psi, velocity) are
//
//   N^t = ((1 - x S_t, -x m u_t), (u_t, e_t)),  e_t = psi_t + (m - 1 + x) u_t,  x = kappa z (5)
//
// so that g_t = kappa S_t needs no division, whatever x and however close the two roots are.
struct Power {
  double sum = 0;       // S_t
  double velocity = 0;  // u_t
  double residual = 1;  // psi_t = 1 - x S_t
};

// 1 - x S_t as long as it has not cancelled, else the residual as the products give it.
double less_cancelled(double x, double sum, double residual) {
  return std::abs(x * sum) < 0.5 ? 1 - x * sum : residual;
}

Power squared(const Power& N, double x, double m) {
  const double trace = 2 * N.residual + (m - 1 + x) * N.velocity;
  const double square = m * N.velocity * N.velocity;
  Power next;
  next.sum = N.sum * (1 + N.residual) + square;
  next.velocity = N.velocity * trace;
  next.residual = less_cancelled(x, next.sum, N.residual * N.residual - x * square);
  return next;
}

Power one_more(const Power& N, double x, double m) {
  Power next;
  next.velocity = N.residual + m * N.velocity;
  next.sum = N.sum + next.velocity;
  next.residual = less_cancelled(x, next.sum, N.residual - x * next.velocity);
  return next;
}

ModeResponse response(const HeavyBall& rule, double kappa, double z, double time) {
  const double x = kappa * z;
  const auto steps = static_cast<std::uint64_t>(time);
  Power N;
  for (int bit = static_cast<int>(std::bit_width(steps)); bit-- > 0;) {
    N = squared(N, x, rule.momentum);
    if ((steps >> bit) & 1U) N = one_more(N, x, rule.momentum);
  }
  return {N.residual, kappa * N.sum};
}

// int_0^1 e^-av sinh(sv)/s dv for a and |s^2| of order one, by the series of sinh and
// J_n = int v^n e^-av dv downward: J_{n-1} = (a J_n + e^-a)/n.
double impulse_integral(double a, double square) {
  constexpr int terms = 16;
  double J[2 * terms + 2];
  double moment = 0;
  for (int n = 2 * terms + 30; n > 0; --n) {
    moment = (a * moment + std::exp(-a)) / n;
    if (n - 1 < 2 * terms + 2) J[n - 1] = moment;
  }
  double sum = 0;
  double coefficient = 1;  // square^k / (2k + 1)!
  for (int k = 0; k < terms; ++k) {
    sum += coefficient * J[2 * k + 1];
    coefficient *= square / ((2.0 * k + 2) * (2.0 * k + 3));
  }
  return sum;
}

ModeResponse response(const HeavyBallFlow& rule, double kappa, double z, double time) {
  const double a = (1 - rule.momentum) * time / 2;
  const double b = std::sqrt(kappa * z) * time;
  const double square = (a - b) * (a + b);  // s^2
  if (b <= 1.25 && std::abs(square) <= 1.6) {
    const double integral = impulse_integral(a, square);
    return {1 - b * b * integral, kappa * time * time * integral};
  }
  if (square < 0) {
    const double omega = std::sqrt(b - a) * std::sqrt(b + a);
    const double damping = std::exp(-a);
    const double residual =
        damping == 0 ? 0 : damping * (std::cos(omega) + a * std::sin(omega) / omega);  // (4)
    return {residual, (1 - residual) / z};
  }
  // Roots slow = a - s and fast = a + s: psi = e^-slow (1 + slow E(2s)), and 1 - psi is
  // b^2 (E(slow) - E(fast))/(fast - slow) with E(x) = (1 - e^-x)/x.
  const double s = std::sqrt(a - b) * std::sqrt(a + b);
  const double fast = a + s;
  const double slow = b * (b / fast);
  const double residual = std::exp(-slow) * (1 + slow * mean_decay(2 * s));  // (4)
  if (residual < 0.75) return {residual, (1 - residual) / z};  // also where the roots meet
  const double difference = (mean_decay(slow) - mean_decay(fast)) / (2 * s);
  return {residual, kappa * time * (time * difference)};
}

// Bounds of psi_t and dpsi_t/dz from the slowest decay over the modes.
struct DecayBounds {
  double residual;
  double slope;
};

// |u_j| <= j R^(j-1) for R the larger of the moduli of the two roots, largest at an end of the
// range; hence by (3) |psi_t| <= (2t + 1) R^t and |dpsi_t/dz| <= kappa sum_j |u_{t-j}| |psi_j|.
DecayBounds decay_bounds(const HeavyBall& rule, double kappa, double z_min, double z_max,
                         double time) {
  const auto largest_root = [&](double z) {
    const double half = (1 + rule.momentum - kappa * z) / 2;
    const double square = half * half - rule.momentum;
    return square > 0 ? std::abs(half) + std::sqrt(square) : std::sqrt(rule.momentum);
  };
  if (time == 0) return {1, 0};
  const double R = std::max(largest_root(z_min), largest_root(z_max));
  const double cubes = time * (time + 1) * (2 * time + 1) / 6;
  return {(2 * time + 1) * std::pow(R, time), kappa * cubes * std::pow(R, time - 1)};
}

// The impulse response is below tau e^(-slowest), psi below (1 + a) e^(-slowest).
DecayBounds decay_bounds(const HeavyBallFlow& rule, double kappa, double z_min, double,
                         double time) {
  const double a = (1 - rule.momentum) * time / 2;
  const double b = std::sqrt(kappa * z_min) * time;
  const double s = b < a ? std::sqrt(a - b) * std::sqrt(a + b) : 0;
  const double slowest = b < a ? b * (b / (a + s)) : a;
  const double damping = std::exp(-slowest);
  return {(1 + a) * damping, kappa * time * time * (0.5 + a / 6) * damping};
}

double largest_residual(const HeavyBall& rule) {
  return (1 + rule.momentum) / (1 - rule.momentum);  // at kappa z = 2 (1 + m)
}

double largest_residual(const HeavyBallFlow&) {
  return 1;  // psi'^2 + c z psi^2 never grows
}

template <class MomentumRule>
ModeBounds bounds(const MomentumRule& rule, double kappa, double z_min, double z_max, double time) {
  const double speed = kappa * time / (1 - rule.momentum);
  DecayBounds decay = decay_bounds(rule, kappa, z_min, z_max, time);
  const bool stable = is_stable(rule, kappa, z_max);
  if (stable) {
    decay.residual = std::min(decay.residual, largest_residual(rule));
    decay.slope = std::min(decay.slope, speed * largest_residual(rule));
  }
  ModeBounds result{decay.residual, (1 + decay.residual) / z_min, decay.slope, 0};
  if (stable) result.gain = std::min(result.gain, speed);
  const double moved = decay.slope + result.gain;
  result.gain_slope = moved > 0 ? moved / z_min : 0;  // z g' = -psi' - g
  if (stable) result.gain_slope = std::min(result.gain_slope, speed * speed / 2);
  return result;
}

ModeBounds bounds(const Flow& rule, double kappa, double z_min, double, double time) {
  const double speed = kappa * time;
  const ModeResponse slowest = response(rule, kappa, z_min, time);
  return {slowest.residual, slowest.gain, speed * slowest.residual,
          std::min(speed * speed / 2, 1 / (z_min * z_min))};
}

// Modes with kappa z <= 1 decay as under the flow. Beyond, they alternate, and the slopes have the
// term t (1 - kappa z)^(t-1), which decays no faster than the mode itself.
ModeBounds bounds(const Descent& rule, double kappa, double z_min, double z_max, double time) {
  const double speed = kappa * time;
  ModeBounds slow{0, 0, 0, 0};
  if (kappa * z_min < 1) {
    const ModeResponse slowest = response(rule, kappa, z_min, time);
    const double next = response(rule, kappa, z_min, std::max(0.0, time - 1)).residual;
    slow = {slowest.residual, slowest.gain, speed * next,
            std::min(speed * speed / 2, 1 / (z_min * z_min))};
  }
  const double q = kappa * z_max - 1;
  if (!(q > 0) || time == 0) return slow;
  const double power = std::pow(q, time);
  const double slope = speed * std::pow(q, time - 1);
  ModeBounds fast{power, kappa, slope, kappa * (slope + kappa * (1 + power))};
  if (q <= 1) {
    fast.gain_slope = std::min(fast.gain_slope, speed * speed / 2);
  } else {
    fast.gain = kappa * (1 + power);
  }
  return {std::max(slow.residual, fast.residual), std::max(slow.gain, fast.gain),
          std::max(slow.residual_slope, fast.residual_slope),
          std::max(slow.gain_slope, fast.gain_slope)};
}

}  // namespace

double loss_factor(LossScale loss, Index samples, Index outputs) {
  const auto n = static_cast<double>(samples);
  const auto o = static_cast<double>(outputs);
  switch (loss) {
    case LossScale::half_mean:
      return 1 / (n * o);
    case LossScale::half_sum:
      return 1;
    case LossScale::mean:
      return 2 / (n * o);
    case LossScale::per_sample:
      return 1 / n;
  }
  throw std::invalid_argument("[loss_factor] unknown enumerator");
}

void validate(const Rule& rule) {
  const double m = momentum_of(rule);
  require(m >= 0 && m < 1, fmt::format("[rule] expected 0 <= momentum < 1, got {}", m));
}

void validate_time(const Rule& rule, double time) {
  require(time >= 0, fmt::format("[predict] expected time >= 0, got {}", time));
  if (!takes_steps(rule) || std::isinf(time)) return;
  require(time == std::floor(time) && time <= most_steps,
          fmt::format("[predict] expected a whole number of steps up to 2^53, got {}", time));
}

ModeResponse mode_response(const Rule& rule, double kappa, double z, double time) {
  return std::visit([&](const auto& one) { return response(one, kappa, z, time); }, rule);
}

bool is_stable(const Rule& rule, double kappa, double z_max) {
  return !takes_steps(rule) || kappa * z_max < 2 * (1 + momentum_of(rule));
}

double max_learning_rate(const Rule& rule, double loss_factor, double z_max) {
  return takes_steps(rule) ? 2 * (1 + momentum_of(rule)) / (loss_factor * z_max) : infinite;
}

double automatic_learning_rate(const Rule& rule, double loss_factor, double z_max) {
  return (1 + momentum_of(rule)) / (loss_factor * z_max);
}

ModeBounds mode_bounds(const Rule& rule, double kappa, double z_min, double z_max, double time) {
  return std::visit([&](const auto& one) { return bounds(one, kappa, z_min, z_max, time); }, rule);
}

}  // namespace wideband
