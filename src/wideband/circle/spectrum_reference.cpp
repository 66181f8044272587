#include "wideband/circle/spectrum_reference.hpp"

#include <boost/math/constants/constants.hpp>
#include <boost/multiprecision/cpp_bin_float.hpp>
#include <fmt/format.h>

#include "wideband/core/error.hpp"

namespace wideband {
namespace {

using Digits50 = boost::multiprecision::cpp_bin_float_50;

Digits50 pi() {
  return boost::math::constants::pi<Digits50>();
}

// sum over integers q of 1/(j + q n)^2 and of 1/(j + q n).
Digits50 inverse_squares(Index j, Index n) {
  const Digits50 s = sin(pi() * j / n) * n / pi();
  return 1 / (s * s);
}
Digits50 inverses(Index j, Index n) {
  const Digits50 angle = pi() * j / n;
  return pi() * cos(angle) / (n * sin(angle));
}

// The aliases of frequency k on a grid of even size without the constants of frequencies 0 and 1.
Digits50 power_part(AngleKernel kernel, Index n, Index k) {
  const bool gate = kernel == AngleKernel::K1 || kernel == AngleKernel::bias;
  if (k % 2 != 0) return gate ? inverse_squares(k, n) : Digits50(0);
  if (kernel == AngleKernel::K1) return 0;
  const Digits50 squares = inverse_squares(k - 1, n) + inverse_squares(k + 1, n);
  const Digits50 products = (inverses(k - 1, n) - inverses(k + 1, n)) / 2;  // of 1/(j^2 - 1)
  return kernel == AngleKernel::K0 ? squares / 2 - products : squares - products;
}

// The constants of lambda_0 and lambda_1 as often as an alias of k has frequency 0, 1 or -1.
Digits50 constants(AngleKernel kernel, Index n, Index k) {
  const bool gate = kernel == AngleKernel::K1 || kernel == AngleKernel::bias;
  Digits50 sum = 0;
  if (gate && k % n == 0) sum += Digits50(1) / 4;
  if (kernel == AngleKernel::K1) return sum;
  const Digits50 first = Digits50(1) / (kernel == AngleKernel::K0 ? 8 : 4);
  if ((k - 1) % n == 0) sum += first;
  if ((k + 1) % n == 0) sum += first;
  return sum;
}

}  // namespace

double relative_rounding(AngleKernel kernel, Index n, Index k, double value) {
  require(n >= 1 && k >= 0 && k <= n / 2,
          fmt::format("[relative_rounding] expected n >= 1 and 0 <= k <= n/2, got n = {}, k = {}",
                      n, k));
  const Digits50 squared_pi = pi() * pi();
  Digits50 powers = power_part(kernel, n % 2 == 0 ? n : 2 * n, k);
  if (n % 2 != 0) powers += power_part(kernel, 2 * n, n - k);
  const Digits50 exact = powers / squared_pi + constants(kernel, n, k);
  const Digits50 difference = exact == 0 ? Digits50(value) : (value - exact) / exact;
  return static_cast<double>(difference);
}

}  // namespace wideband
