#include "wideband/simd/input_steps.hpp"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/simd_rows.hpp"

namespace wideband::input_steps_test {
namespace {

using test::AlignedRow;

TEST(AngleBetweenRows, EqualsItsTwinOnEveryTarget) {
  const std::vector<double> x = {0.3, -1.2, 0.7};
  constexpr std::size_t n = 48;
  AlignedRow<double> z[3] = {AlignedRow<double>(n), AlignedRow<double>(n), AlignedRow<double>(n)},
                     norms(n);
  double square_x = 0;
  for (const double v : x) square_x += v * v;
  for (std::size_t i = 0; i < n; ++i) {
    const double scale = i < 16 ? 1 : 1 + test::scattered(i, 1),
                 step = std::ldexp(1.0, -static_cast<int>(i % 50));
    double square = 0;
    for (std::size_t k = 0; k < 3; ++k) {
      z[k][i] = scale * (x[k] + step * (test::scattered(i, 2 + k) - 0.5)) * (i % 7 == 3 ? -1 : 1);
      square += z[k][i] * z[k][i];
    }
    norms[i] = std::sqrt(square);
  }
  for (std::size_t k = 0; k < 3; ++k) {
    z[k][0] = x[k];   // the row itself
    z[k][1] = -x[k];  // opposite
    z[k][2] = 0;      // nothing
  }
  norms[0] = norms[1] = std::sqrt(square_x);
  norms[2] = 0;
  const double* columns[] = {z[0].data(), z[1].data(), z[2].data()};
  const simd::RowPairs pairs{.d = 3,
                             .x = x.data(),
                             .norm = std::sqrt(square_x),
                             .columns = columns,
                             .norms = norms.data()};
  AlignedRow<double> plain(n), plain_delta(n);
  simd::scalar::angle_between_rows(pairs, n, plain.data(), plain_delta.data());
  EXPECT_EQ(plain[0], 0);
  EXPECT_TRUE(plain[1] == 0 && std::signbit(plain[1]));
  EXPECT_EQ(plain[2], 0.5);
  test::on_every_target([&] {
    AlignedRow<double> angle(n), delta(n);
    simd::angle_between_rows(pairs, n, angle.data(), delta.data());
    for (std::size_t i = 0; i < n; ++i) {
      EXPECT_EQ(std::signbit(angle[i]), std::signbit(plain[i]));
      // Rounding of x - z, whose part along z cancels, turns by eps times that part.
      const double theta = std::sqrt(std::abs(plain[i]));
      EXPECT_TRUE(test::near(std::sqrt(std::abs(angle[i])), theta,
                             8 * 2.3e-16 * (theta + std::abs(plain_delta[i]))))
          << i;
      EXPECT_TRUE(
          test::near(delta[i], plain_delta[i], 8 * 2.3e-16 * (std::abs(plain_delta[i]) + 1e-16)));
    }
  });
}

}  // namespace
}  // namespace wideband::input_steps_test
