#include "wideband/simd/table_step.hpp"

#include <cmath>
#include <limits>
#include <vector>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/simd_rows.hpp"

namespace wideband::table_step_test {
namespace {

using test::AlignedRow;

// Series of decaying coefficients: A near 1, S near 1/2, bends of a tenth.
template <class Real>
struct Series {
  Series(std::size_t nodes, std::size_t splits, bool folded) {
    const std::size_t panels = (splits + 1) * (folded ? 1 : 2);
    for (const std::size_t width : widths) {
      offsets.push_back(left.size());
      for (std::size_t p = 0; p < panels; ++p) {
        for (std::size_t i = 0; i < nodes; ++i) {
          for (std::size_t k = 0; k < 2 * width; ++k) {
            const double first = i == 0 && k % width == 0 ? (k < width ? 0.9 : 0.5) : 0;
            const double rest =
                0.05 * std::ldexp(test::scattered(left.size(), 3) - 0.5, -static_cast<int>(i));
            left.push_back(static_cast<Real>(first + rest));
          }
        }
      }
      for (std::size_t k = 0; k < width; ++k)
        left.push_back(static_cast<Real>(k == 0 ? 0.1 : 0.01));
    }
  }
  std::vector<std::size_t> widths = {1, 5}, offsets;
  std::vector<Real> left;
};

template <class Real>
void expect_twin(bool odd, bool even) {
  constexpr double eps = std::numeric_limits<Real>::epsilon();
  constexpr std::size_t nodes = 9, splits = 3;
  const std::vector<double> angles = test::packed_angles();
  const std::size_t n = angles.size();
  Series<Real> series(nodes, splits, odd || even);
  AlignedRow<Real> cell(n), log_q(n), right(5 * simd::padded(n));
  for (std::size_t i = 0; i < n; ++i) {
    cell[i] = static_cast<Real>(i / 7 % 2);
    log_q[i] = static_cast<Real>(0.3 * test::scattered(i, 4));
    for (std::size_t k = 0; k < 5; ++k) {
      right[k * simd::padded(n) + i] =
          static_cast<Real>(k == 0 ? 1 : test::scattered(i, 5 + k) - 0.5);
    }
  }
  const simd::Table<Real> table{.nodes = nodes,
                                .splits = splits,
                                .odd = odd,
                                .even = even,
                                .cells = 2,
                                .widths = series.widths.data(),
                                .offsets = series.offsets.data(),
                                .left = series.left.data(),
                                .log_q = Real(0.1),
                                .cell_row = cell.data(),
                                .log_q_row = log_q.data(),
                                .right = right.data(),
                                .stride = simd::padded(n)};
  AlignedRow<Real> plain(angles), twin(n, Real(0.7));
  simd::scalar::table_step(table, n, plain.data(), twin.data());
  test::on_every_target([&] {
    AlignedRow<Real> angle(angles), tangent(n, Real(0.7));
    simd::table_step(table, angle.size(), angle.data(), tangent.data());
    for (std::size_t i = 0; i < n; ++i) {
      // Nine terms of size one, an arccos in the twin, and c = 1 - s.
      ASSERT_TRUE(test::near(static_cast<double>(std::abs(angle[i])),
                             static_cast<double>(std::abs(plain[i])), 60 * eps))
          << i;
      ASSERT_TRUE(std::signbit(angle[i]) == std::signbit(plain[i]) || std::abs(plain[i]) > 0.4999)
          << i;
      ASSERT_TRUE(
          test::near(static_cast<double>(tangent[i]), static_cast<double>(twin[i]), 60 * eps))
          << i;
    }
  });
}

TEST(TableStep, EqualsItsTwin) {
  for (const auto& [odd, even] : {std::pair{false, false}, {true, false}, {false, true}}) {
    expect_twin<double>(odd, even);
    expect_twin<float>(odd, even);
  }
}

}  // namespace
}  // namespace wideband::table_step_test
