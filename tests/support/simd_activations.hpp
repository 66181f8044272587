// What the vector loops take from one sample, for tests and benchmarks.
#pragma once

#include <cmath>
#include <numbers>
#include <vector>

#include "support/simd_rows.hpp"
#include "wideband/simd/activation_steps.hpp"

namespace wideband::test {

template <class Real, std::size_t count>
class SampleColumns {
 protected:
  explicit SampleColumns(std::size_t n) {
    for (std::size_t k = 0; k < count; ++k) columns_.emplace_back(n, Real(1));
  }
  void set(std::size_t i, const std::vector<double>& values) {
    for (std::size_t k = 0; k < count; ++k) columns_[k][i] = static_cast<Real>(values[k]);
  }
  const Real* column(std::size_t k) { return columns_[k].data(); }

 private:
  std::vector<AlignedRow<Real>> columns_;
};

/// Variances of 0.2 to 5, none equal to another.
inline std::vector<double> spread_variances(std::size_t n) {
  std::vector<double> variances(n);
  for (std::size_t i = 0; i < n; ++i) variances[i] = 0.2 * std::pow(25.0, scattered(i, 7));
  return variances;
}

/// Samples of two branches; the row's is sample 0.
template <class Real>
class MixtureRows {
 public:
  explicit MixtureRows(std::size_t n) : g_(n), h_(n), c_(n), t_(n) {
    for (std::size_t i = 0; i < n; ++i) {
      const double a = i == 0 ? 1 : 3 * scattered(i, 1), b = i == 0 ? 0.3 : scattered(i, 2);
      const double r = std::sqrt(a + b), t = std::sqrt(b) / (r + std::sqrt(a));
      g_[i] = static_cast<Real>(std::sqrt(a) / r);
      h_[i] = static_cast<Real>(std::sqrt(b) / r);
      c_[i] = static_cast<Real>(1 / std::sqrt(1 + t * t));
      t_[i] = static_cast<Real>(t);
    }
  }
  simd::Mixture<Real> mixture() {
    return {.g = g_[0],
            .h = h_[0],
            .c = c_[0],
            .t = t_[0],
            .g_row = g_.data(),
            .h_row = h_.data(),
            .c_row = c_.data(),
            .t_row = t_.data()};
  }

 private:
  AlignedRow<Real> g_, h_, c_, t_;
};

template <class Real>
class ErrorFunctionRows : SampleColumns<Real, 8> {
 public:
  explicit ErrorFunctionRows(const std::vector<double>& variances)
      : SampleColumns<Real, 8>(variances.size()) {
    for (std::size_t i = 0; i < variances.size(); ++i) {
      const double q = variances[i], w = std::sqrt(1 + 4 * q), y = 1 / (1 + 2 * q);
      const double f = std::atan2(2 * q, w);
      this->set(i,
                {q, w, y, std::sqrt(q * y), f, std::sqrt(f), 1 / std::sqrt(f), std::sqrt(w * y)});
    }
  }
  simd::ErrorFunctionSamples<Real> samples() {
    return {this->column(0), this->column(1), this->column(2), this->column(3),
            this->column(4), this->column(5), this->column(6), this->column(7)};
  }
};

template <class Real>
class GeluRows : SampleColumns<Real, 12> {
 public:
  explicit GeluRows(const std::vector<double>& variances)
      : SampleColumns<Real, 12>(variances.size()) {
    for (std::size_t i = 0; i < variances.size(); ++i) {
      const double q = variances[i], w = std::sqrt(1 + 2 * q), t = q / w;
      const double arc = std::atan2(q, w), h = 2 * t / (1 + q) + arc;
      const double slope = 0.25 + (arc + t * (1 / (w * w) + 2 / (1 + q))) / (2 * std::numbers::pi);
      this->set(i, {q, std::sqrt(q), std::sqrt(1 + q), 1 / (1 + q), w, std::sqrt(w), t,
                    std::sqrt(t), h, std::sqrt(h), 1 / std::sqrt(h), 1 / std::sqrt(slope)});
    }
  }
  simd::GeluSamples<Real> samples() {
    return {this->column(0), this->column(1), this->column(2),  this->column(3),
            this->column(4), this->column(5), this->column(6),  this->column(7),
            this->column(8), this->column(9), this->column(10), this->column(11)};
  }
};

}  // namespace wideband::test
