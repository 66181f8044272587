#include "wideband/experiment/kernel/gallery_decay.hpp"

#include <algorithm>
#include <cmath>

namespace wideband {
namespace {

constexpr double resolved = 100;           // errors that an eigenvalue of a fit exceeds
constexpr std::size_t fewest = 8;          // eigenvalues of a fit
constexpr Index summed_degrees = 1 << 12;  // of a tail, before it is an integral

constexpr double remainder_error = 1e-8;  // c/nu^2 and one midpoint step after them, for c < 50

double centered_degree(Index d, Index k) {
  return static_cast<double>(k) + static_cast<double>(d - 2) / 2;
}

// Least squares of y on the columns of `basis`, by Gram-Schmidt; few columns.
struct LeastSquares {
  Vector coefficients;
  Vector errors;  // standard errors from the residuals
};

LeastSquares least_squares(const Matrix& basis, const Vector& y) {
  const Index n = basis.rows();
  const Index p = basis.cols();
  Matrix Q = basis;
  Matrix R = Matrix::Zero(p, p);
  for (Index j = 0; j < p; ++j) {
    for (int twice = 0; twice < 2; ++twice) {
      for (Index i = 0; i < j; ++i) {
        const double shared = Q.col(i).dot(Q.col(j));
        R(i, j) += shared;
        Q.col(j) -= shared * Q.col(i);
      }
    }
    R(j, j) = Q.col(j).norm();
    Q.col(j) /= R(j, j);
  }
  const Vector projections = Q.transpose() * y;
  const Vector residual = y - Q * projections;
  const double variance = n > p ? residual.squaredNorm() / static_cast<double>(n - p) : 0;
  const Matrix inverse = R.triangularView<Eigen::Upper>().solve(Matrix::Identity(p, p).eval());
  return {inverse * projections, (variance * inverse.rowwise().squaredNorm()).cwiseSqrt()};
}

// The degrees of one parity from a quarter of the last on whose eigenvalue is resolved, without a
// gap from degree 4 to the last.
std::vector<Index> resolved_degrees(const ZonalSpectrum& spectrum, Index parity) {
  std::vector<Index> degrees;
  for (Index k = 4 + parity; k < spectrum.value.size(); k += 2) {
    if (!(spectrum.value(k) > resolved * spectrum.error(k))) break;
    degrees.push_back(k);
  }
  if (degrees.empty()) return degrees;
  const Index first = degrees.back() / 4;
  std::erase_if(degrees, [first](Index k) { return k < first; });
  return degrees;
}

// Columns 1, -log nu, 1/nu^2.
LeastSquares power_fit(const ZonalSpectrum& spectrum, Index d, const std::vector<Index>& degrees) {
  const auto n = static_cast<Index>(degrees.size());
  Matrix basis(n, 3);
  Vector y(n);
  for (Index i = 0; i < n; ++i) {
    const Index k = degrees[static_cast<std::size_t>(i)];
    const double nu = centered_degree(d, k);
    basis.row(i) << 1, -std::log(nu), 1 / (nu * nu);
    y(i) = std::log(spectrum.value(k));
  }
  return least_squares(basis, y);
}

std::optional<Decay> decay_of(const ZonalSpectrum& spectrum, Index d, Index parity) {
  const std::vector<Index> degrees = resolved_degrees(spectrum, parity);
  if (degrees.size() < fewest) return std::nullopt;
  const LeastSquares fit = power_fit(spectrum, d, degrees);
  const auto middle = static_cast<std::ptrdiff_t>(degrees.size() / 2);
  const LeastSquares upper = power_fit(spectrum, d, {degrees.begin() + middle, degrees.end()});
  Decay decay;
  decay.parity = parity == 0 ? "even" : "odd";
  decay.exponent = fit.coefficients(1);
  decay.standard_error = fit.errors(1);
  const double x = std::min(std::abs(fit.coefficients(2)) / (centered_degree(d, degrees.front()) *
                                                             centered_degree(d, degrees.back())),
                            0.9);
  decay.model_error = 2 * std::abs(fit.coefficients(1) - upper.coefficients(1)) +
                      2 * x * x * (2 - x) / ((1 - x) * (1 - x)) +
                      spectrum.error(degrees.back()) / spectrum.value(degrees.back());
  decay.first = degrees.front();
  decay.last = degrees.back();
  decay.count = static_cast<Index>(degrees.size());
  return decay;
}

// Sum over k = first, first + 2, ... of N(d, k) exp(log A + c/nu^2 + e/nu^4) nu^-p.
double power_tail(Index d, Index first, double p, const Vector& coefficients) {
  double sum = 0;
  double term = 0;
  Index k = first;
  for (; k < first + summed_degrees; k += 2) {
    const double nu = centered_degree(d, k);
    double logarithm = coefficients(0) - p * std::log(nu);
    for (Index j = 1; j < coefficients.size(); ++j)
      logarithm += coefficients(j) * std::pow(nu, -2.0 * static_cast<double>(j));
    term = harmonic_multiplicity(d, k) * std::exp(logarithm);
    sum += term;
  }
  // Terms fall like nu^-fall from here: the integral from the middle of the last step of two.
  const double fall = p - static_cast<double>(d - 2);
  const double last = centered_degree(d, k - 2);
  return sum + term * std::pow(last / (last + 1), fall) * (last + 1) / (2 * (fall - 1));
}

TraceSum power_tail_of_parity(const ZonalSpectrum& spectrum, Index d, double p, Index parity) {
  const Index cutoff = spectrum.value.size() - 1;
  const std::vector<Index> degrees = resolved_degrees(spectrum, parity);
  if (degrees.size() < fewest) return {};
  const auto n = static_cast<Index>(degrees.size());
  Matrix basis(n, 3);
  Vector y(n);
  for (Index i = 0; i < n; ++i) {
    const Index k = degrees[static_cast<std::size_t>(i)];
    const double nu = centered_degree(d, k);
    basis.row(i) << 1, std::pow(nu, -2), std::pow(nu, -4);
    y(i) = std::log(spectrum.value(k)) + p * std::log(nu);
  }
  const Index first = cutoff + 1 + (cutoff + 1 + parity) % 2;
  const double three = power_tail(d, first, p, least_squares(basis, y).coefficients);
  const double two = power_tail(d, first, p, least_squares(basis.leftCols(2), y).coefficients);
  return {three, std::abs(three - two) + remainder_error * three};
}

TraceSum geometric_tail_of_parity(const ZonalSpectrum& spectrum, Index d, Index parity) {
  const Index cutoff = spectrum.value.size() - 1;
  const Index last = cutoff - (cutoff + parity) % 2;
  const auto term = [&](Index k) {
    return harmonic_multiplicity(d, k) * std::max(std::abs(spectrum.value(k)), spectrum.error(k));
  };
  const double ratio = std::min(term(last) / term(last - 2), 0.99);
  const double tail = term(last) * ratio / (1 - ratio);
  const bool noise = std::abs(spectrum.value(last)) <= spectrum.error(last);
  return {noise ? 0 : tail, tail};
}

}  // namespace

bool is_rectified(const std::string& activation) {
  for (const char* name : {"relu", "leaky_relu", "abs", "abrelu"}) {
    if (activation == name || activation.starts_with(std::string(name) + " ")) return true;
  }
  return false;
}

std::vector<Decay> decays(const GalleryResults& results) {
  std::vector<Decay> list;
  for (const GalleryNet& net : results.nets) {
    for (const SphereSpectrum& spectrum : net.spectra) {
      const Index d = ambient_dimension(spectrum.domain);
      for (const Index parity : {0, 1}) {
        for (const bool tangent : {false, true}) {
          std::optional<Decay> decay = decay_of(tangent ? spectrum.ntk : spectrum.nngp, d, parity);
          if (!decay) continue;
          decay->domain = spectrum.domain;
          decay->activation = net.activation;
          decay->depth = net.depth;
          decay->b = net.b;
          decay->kernel = tangent ? "ntk" : "nngp";
          if (is_rectified(net.activation))
            decay->predicted = static_cast<double>(tangent ? d : d + 2);
          list.push_back(*decay);
        }
      }
    }
  }
  return list;
}

TraceSum partial_trace(const ZonalSpectrum& spectrum, Index d, Index last) {
  TraceSum sum;
  for (Index k = 0; k <= std::min<Index>(last, spectrum.value.size() - 1); ++k) {
    sum.value += harmonic_multiplicity(d, k) * spectrum.value(k);
    sum.error += harmonic_multiplicity(d, k) * spectrum.error(k);
  }
  return sum;
}

TraceSum trace_tail(const ZonalSpectrum& spectrum, Index d, std::optional<double> exponent) {
  TraceSum sum;
  for (const Index parity : {0, 1}) {
    const TraceSum part = exponent ? power_tail_of_parity(spectrum, d, *exponent, parity)
                                   : geometric_tail_of_parity(spectrum, d, parity);
    sum.value += part.value;
    sum.error += part.error;
  }
  return sum;
}

}  // namespace wideband
