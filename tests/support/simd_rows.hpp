// Rows of pairs for tests of the vector loops: both ends of the angle, every size between.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "wideband/core/types.hpp"
#include "wideband/simd/pair_steps.hpp"
#include "wideband/simd/target.hpp"

namespace wideband::test {

/// Storage that the loops accept: aligned to 64 bytes, a multiple of `lanes` long.
template <class Real>
class AlignedRow {
 public:
  explicit AlignedRow(std::size_t n, Real value = 0)
      : size_(simd::padded(n)), storage_(size_ + 64 / sizeof(Real), value) {}
  AlignedRow(const std::vector<double>& values) : AlignedRow(values.size()) {
    for (std::size_t i = 0; i < values.size(); ++i) data()[i] = static_cast<Real>(values[i]);
  }
  Real* data() {
    const auto address = reinterpret_cast<std::uintptr_t>(storage_.data());
    return storage_.data() + ((64 - address % 64) % 64) / sizeof(Real);
  }
  Real& operator[](std::size_t i) { return data()[i]; }
  std::size_t size() const { return size_; }

 private:
  std::size_t size_;
  std::vector<Real> storage_;
};

/// Packed angles: 0, -0 (opposite), powers of two down to 2^-60 at both ends, a fine grid between.
inline std::vector<double> packed_angles(bool acute = false) {
  std::vector<double> angles = {0.0, 0.5};
  for (int power = 1; power <= 60; ++power) angles.push_back(std::ldexp(1.0, -power));
  for (int k = 1; k < 500; ++k) angles.push_back(0.5 * k / 500);
  if (acute) return angles;
  const std::size_t count = angles.size();
  for (std::size_t i = 0; i < count; ++i) angles.push_back(-angles[i]);
  return angles;
}

/// A repeatable number in [0, 1) that looks random.
inline double scattered(std::size_t i, std::size_t stream) {
  const double x =
      std::sin(12.9898 * static_cast<double>(i + 1) + 78.233 * static_cast<double>(stream + 1)) *
      43758.5453;
  return x - std::floor(x);
}

/// theta of a packed angle in units of pi, to be compared between rows.
template <class Real>
double angle_of(Real packed) {
  const auto small = static_cast<double>(std::abs(packed));
  const double theta = 2 * std::asin(std::sqrt(small));
  return std::signbit(packed) ? M_PI - theta : theta;
}

/// Runs a body once per target that this processor has.
template <class Body>
void on_every_target(const Body& body) {
  for (const std::string& name : simd::targets()) {
    SCOPED_TRACE(name);
    const simd::ChosenTarget chosen(name);
    body();
  }
}

}  // namespace wideband::test
