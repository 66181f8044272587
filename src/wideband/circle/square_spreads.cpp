#include "wideband/circle/square_spreads.hpp"

#include <array>
#include <cmath>
#include <map>
#include <vector>

#include <fmt/format.h>

#include "wideband/circle/basis.hpp"
#include "wideband/circle/spectrum.hpp"
#include "wideband/circle/width_moments.hpp"
#include "wideband/core/error.hpp"

namespace wideband {
namespace {

void require_cutoff(const char* function, Index cutoff) {
  require(cutoff >= 0, fmt::format("[{}] expected cutoff >= 0, got {}", function, cutoff));
}

double square(double x) {
  return x * x;
}

// Second moments of (R^2 + a^2, a^2), R^2 of mean 2 and mean square 8: about 0, about their means.
const Eigen::Matrix2d raw_moments{{15, 5}, {5, 3}};
const Eigen::Matrix2d central_moments{{6, 2}, {2, 2}};

// v_kl of one neuron at angle 0, k and l of either sign.
class NeuronEntries {
 public:
  NeuronEntries(Index cutoff, double beta_b) : arc_(half_arc(cutoff)), beta_b_(beta_b) {}

  Eigen::Vector2d at(Index k, Index l) const {
    const double scale = (k == 0 ? 1 : std::sqrt(0.5)) * (l == 0 ? 1 : std::sqrt(0.5));
    const Index p = std::abs(k), q = std::abs(l);
    const double sign = (k < 0) == (l < 0) ? 1 : -1;  // s_0 = 0
    return scale * Eigen::Vector2d(
                       arc_.h[p] * arc_.h[q],
                       sign * arc_.s[p] * arc_.s[q] + beta_b_ * beta_b_ * arc_.o[p] * arc_.o[q]);
  }

 private:
  HalfArc arc_;
  double beta_b_;
};

using Forms = std::map<Index, Eigen::Matrix2d>;  // M_q by |q|

void add_entry(Forms& forms, const NeuronEntries& entries, Index k, Index l) {
  const Eigen::Vector2d v = entries.at(k, l);
  forms.try_emplace(std::abs(k - l), Eigen::Matrix2d::Zero()).first->second += v * v.transpose();
}

double spread(const Forms& forms) {
  double variance = 0;
  for (const auto& [q, M] : forms) {  // (4)
    const Eigen::Matrix2d product = M * (q == 0 ? central_moments : raw_moments);
    variance += (q == 0 ? 2 : 1) * (product * product).trace();
  }
  return std::sqrt(variance);
}

std::vector<Index> signs(Index k) {
  return k == 0 ? std::vector<Index>{0} : std::vector<Index>{k, -k};
}

}  // namespace

SampleSquareSpreads sample_square_spreads(AngleKernel kernel, Index cutoff) {
  require_cutoff("sample_square_spreads", cutoff);
  const double d = static_cast<double>(basis_size(cutoff));
  SampleSquareSpreads variance;
  for (Index q = 1; q <= 2 * cutoff; ++q) {
    double weight = 0;
    for (Index k = -cutoff; k + q <= cutoff; ++k) {
      weight += square(continuum_eigenvalue(kernel, std::abs(k)) +
                       continuum_eigenvalue(kernel, std::abs(k + q)));
    }
    variance.gram += square(2 * (d - static_cast<double>(q)));  // (1)
    variance.compressed += square(2 * weight);                  // (2)
  }
  // Beyond, the weights fall like 1/q^4: what is left out is below 1e-8 of the sum.
  for (Index q = 1; q <= 4 * cutoff + 100; ++q) {
    double weight = 0;
    for (Index k = -cutoff; k <= cutoff; ++k)
      weight += square(continuum_eigenvalue(kernel, std::abs(k - q)));
    variance.action += square(2 * weight);  // (3)
  }
  return {std::sqrt(variance.gram), std::sqrt(variance.compressed), std::sqrt(variance.action)};
}

WidthSquareSpreads width_square_spreads(Index cutoff, double beta_b) {
  require_cutoff("width_square_spreads", cutoff);
  const NeuronEntries entries(cutoff, beta_b);
  WidthSquareSpreads result{0, Matrix(cutoff + 1, cutoff + 1)};
  Forms all;
  for (Index k = 0; k <= cutoff; ++k) {
    for (Index l = 0; l <= cutoff; ++l) {
      Forms block;
      for (const Index row : signs(k)) {
        for (const Index column : signs(l)) {
          add_entry(block, entries, row, column);
          add_entry(all, entries, row, column);
        }
      }
      result.planes(k, l) = spread(block);
    }
  }
  result.whole = spread(all);
  return result;
}

}  // namespace wideband
