#include "wideband/math/quasi_newton.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "wideband/core/constants.hpp"
#include "wideband/core/error.hpp"

namespace wideband {
namespace {

constexpr double sufficient = 1e-4;  // of the gain that the slope promises
constexpr int halvings = 50;

using Square = Eigen::MatrixXd;

// The inverse of the negative Hessian after a step s that lowered the gradient by `drop`.
void update(Square& inverse, const Vector& s, const Vector& drop) {
  const double curvature = s.dot(drop);
  if (!(curvature > eps * s.norm() * drop.norm())) return;
  const Square left = Square::Identity(s.size(), s.size()) - s * drop.transpose() / curvature;
  inverse = (left * inverse * left.transpose() + s * s.transpose() / curvature).eval();
}

}  // namespace

Maximum maximize(const std::function<std::optional<Slope>(const Vector&)>& function, Vector start,
                 const MaximizeOptions& options) {
  require(start.size() > 0, "[maximize] expected at least one variable");
  std::optional<Slope> now = function(start);
  require(now.has_value(), "[maximize] expected a value at the start");
  const Index n = start.size();
  Maximum result{.at = std::move(start)};
  Square inverse = Square::Identity(n, n);
  bool is_fresh = true;
  while (true) {
    require(now->gradient.size() == n,
            fmt::format("[maximize] expected a gradient of {} numbers, got {}", n,
                        now->gradient.size()));
    const double size = std::max(1.0, std::abs(now->value));
    result.value = now->value;
    result.converged = now->gradient.cwiseAbs().maxCoeff() <= options.tolerance * size;
    if (result.converged || result.iterations >= options.max_iterations) return result;
    Vector direction = inverse * now->gradient;
    if (is_fresh) direction /= std::max(1.0, direction.norm());
    const double longest = direction.cwiseAbs().maxCoeff();
    if (longest > options.longest_step) direction *= options.longest_step / longest;
    const double promised = now->gradient.dot(direction);
    double length = 1;
    std::optional<Slope> next;
    for (int i = 0; i < halvings; ++i, length /= 2) {
      next = function(result.at + length * direction);
      if (next && next->value >= now->value + sufficient * length * promised) break;
      next.reset();
    }
    if (!next && is_fresh) {  // not even along the gradient
      result.converged = promised * std::ldexp(1.0, -halvings / 2) <= eps * size;
      return result;
    }
    if (!next) {
      inverse.setIdentity();
      is_fresh = true;
      continue;
    }
    const Vector step = length * direction;
    update(inverse, step, now->gradient - next->gradient);
    result.at += step;
    now = std::move(next);
    is_fresh = false;
    ++result.iterations;
  }
}

}  // namespace wideband
