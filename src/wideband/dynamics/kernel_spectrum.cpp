#include "wideband/dynamics/kernel_spectrum.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include "wideband/core/error.hpp"
#include "wideband/linalg/decomposition.hpp"
#include "wideband/linalg/product.hpp"
#include "wideband/random/key.hpp"

namespace wideband {
namespace {

constexpr double roundoff = std::numeric_limits<double>::epsilon() / 2;
constexpr Index probes = 64;

// The mean of |M w|^2 over standard normal w is |M|^2. For a matrix of rank one, the least
// favorable case, 64 of them fall below a quarter of it with probability (4 e^-.75)^-32 < 2e-9.
double doubled_norm(const Matrix& images) {
  return 2 * images.norm() / std::sqrt(static_cast<double>(images.cols()));
}

}  // namespace

double resolution(const KernelMatrix& K, double lambda_max, const ResolutionOptions& options) {
  if (options.rank_tolerance > 0) return options.rank_tolerance * lambda_max;
  const auto n = static_cast<double>(K.values.rows());
  return std::max(n * roundoff * lambda_max, options.kernel_error * K.trace);  // (1)
}

KernelSpectrum kernel_spectrum(const KernelMatrix& K, const ResolutionOptions& options) {
  SymmetricModes eigen = symmetric_modes(copied(K.values));
  KernelSpectrum spectrum;
  spectrum.values = std::move(eigen.values);
  spectrum.modes = std::move(eigen.modes);
  Vector& values = spectrum.values;
  const Index n = values.size();
  spectrum.smallest = values(0);
  spectrum.cut = resolution(K, std::max(values(n - 1), 0.0), options);
  if (spectrum.smallest < -spectrum.cut) {
    throw NumericalError(fmt::format(
        "[predict] kernel indefinite: eigenvalue {:.3g} below -{:.3g}, what rounding and "
        "kernel_error = {:.3g} explain; largest {:.3g}",
        spectrum.smallest, spectrum.cut, options.kernel_error, values(n - 1)));
  }
  values = values.cwiseMax(0.0);
  spectrum.rank = (values.array() > spectrum.cut).count();
  return spectrum;
}

SpectrumDeviation spectrum_deviation(const KernelMatrix& K, const KernelSpectrum& spectrum) {
  const Index n = K.values.rows();
  const Vector stream = gaussians(Key(0).child("spectrum_deviation"), n * probes);
  const Matrix W = Eigen::Map<const Matrix>(stream.data(), n, probes);
  const Matrix coordinates = product(spectrum.modes, W);
  const Matrix scaled = spectrum.values.asDiagonal() * coordinates;
  SpectrumDeviation deviation;
  deviation.product =
      doubled_norm(product(K.values, W) - transposed_product(spectrum.modes, scaled));
  // |V'V - I| = |VV' - I| for a square V.
  deviation.orthogonality = doubled_norm(transposed_product(spectrum.modes, coordinates) - W);
  return deviation;
}

}  // namespace wideband
