// Activation functions: the named families with their parameters, and functions of the user.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace wideband {

enum class PhiFamily {
  relu,                // max(x, 0)
  leaky_relu,          // max(x, 0) + alpha min(x, 0)
  abs,                 // |x|
  abrelu,              // a min(x, 0) + b max(x, 0)
  erf,                 // a erf(b x) + c
  probit,              // (1 + erf(x / sqrt 2)) / 2
  sigmoid_like,        // (1 + erf(x / 2.4020563531719796)) / 2
  gelu,                // x Phi(x), the exact form
  sin,                 // a sin(b x + c)
  cos,                 // a cos(b x + c)
  rbf,                 // sqrt 2 sin(sqrt(2 g) x + pi/4)
  exp,                 // a exp(b x)
  gaussian,            // a exp(b x^2)
  gabor,               // exp(-x^2) sin x
  sign,                // -1, 0, 1
  step,                // 1[x > 0]
  monomial,            // x^n
  rectified_monomial,  // max(x, 0)^n
  hermite,             // He_n(x) / sqrt(n!)
  polynomial,          // sum_i c_i x^i
  exp_normalized,      // a kernel without a function: K = sqrt(q1 q2) exp(g (rho + shift))
  tanh,
  sigmoid,    // 1 / (1 + exp(-x))
  softplus,   // log(1 + exp(x))
  silu,       // x sigmoid(x)
  elu,        // x, or alpha (exp(x) - 1) below 0
  selu,       // elu with the two constants of Klambauer et al. 2017
  hard_tanh,  // x clamped to [-1, 1]
  custom      // phi, phi' and the kinks are the user's
};

/// One activation function; a value. `parameters` follow keys(family); `custom` has a name and two
/// functions in their place, made by custom().
struct Phi {
  PhiFamily family = PhiFamily::relu;
  std::vector<double> parameters = {};
  std::string name = {};
  std::function<double(double)> function = {};
  std::function<double(double)> derivative = {};
  std::vector<double> kinks = {};
};

struct PhiKey {
  std::string_view name;
  double standard;  // the default; NaN where the key must be given
  bool is_list = false;
  bool is_integer = false;
};

/// The family called `name` in the text form of a network ("leaky_relu"). Throws
/// std::invalid_argument naming the nearest.
PhiFamily phi_family(std::string_view name);
std::string_view name_of(PhiFamily family);
std::vector<std::string> phi_names();

/// Keys of a family in the order of Phi::parameters. A list (polynomial's c) takes all that follow.
const std::vector<PhiKey>& keys(PhiFamily family);

/// The function with its parameters checked, defaults filled in. Throws std::invalid_argument for a
/// number of parameters or a value that the family does not allow (degree not a natural number,
/// ...).
Phi phi(PhiFamily family, std::vector<double> parameters = {});

/// A function of the user with its derivative and the abscissas where phi or phi' jumps or bends.
/// Throws std::invalid_argument where the derivative disagrees with differences of phi by more than
/// 1e-6 relative away from the kinks.
Phi custom(std::string name, std::function<double(double)> function,
           std::function<double(double)> derivative, std::vector<double> kinks = {});

/// phi(x) and phi'(x); at a jump the mean of the one-sided values. Throws std::invalid_argument for
/// exp_normalized, which is no function.
double value(const Phi& phi, double x);
double derivative(const Phi& phi, double x);
/// Where phi or phi' jumps, ascending.
std::vector<double> kinks(const Phi& phi);

}  // namespace wideband
