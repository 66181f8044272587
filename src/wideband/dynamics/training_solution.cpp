#include "wideband/dynamics/training_solution.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

#include "wideband/linalg/product.hpp"
#include "wideband/math/compensated.hpp"

namespace wideband {
namespace {

constexpr double roundoff = std::numeric_limits<double>::epsilon() / 2;
constexpr double refine_above = 1e-10;

double n_roundoff(const Matrix& b) {
  return static_cast<double>(b.rows()) * roundoff;
}

double ratio(double part, double whole) {
  return whole > 0 ? part / whole : 0;
}

// 0 times anything is 0, also times a bound that is infinite.
double product_or_zero(double factor, double bound) {
  return factor > 0 ? factor * bound : 0;
}

Vector column_norms(const Matrix& A) {
  return A.colwise().norm();
}

// The part of b in the resolved modes.
Matrix resolved_part(const KernelSpectrum& spectrum, const Matrix& b) {
  const auto modes = spectrum.modes.bottomRows(spectrum.rank);
  return transposed_product(modes, product(modes, b));
}

// Everything of a solve that does not depend on how A^-1 is applied.
struct Solver {
  std::function<Matrix(const Matrix&)> inverse;    // A^-1, on the resolved modes
  std::function<Matrix(const Matrix&)> projected;  // on the resolved modes
  double z_min;
  double z_max;
};

TrainingSolution solution(const RidgeSystem& system, const Solver& solver) {
  const KernelMatrix& K = system.K;
  const Matrix& b = system.b;
  const double ridge = system.ridge;
  TrainingSolution result;
  const Matrix target = solver.projected(b);
  result.alpha = solver.inverse(target);
  const auto residual = [&] {
    return solver.projected(compensated_residual(target, K.values, result.alpha, ridge));
  };
  Matrix rho = residual();
  Matrix d = solver.inverse(rho);
  if (rho.norm() > refine_above * b.norm()) {
    result.alpha += d;
    rho = residual();
    d = solver.inverse(rho);
  }
  const Matrix rho_2 = solver.projected(rho - product(K.values, d) - ridge * d);
  const double mu = solver.z_min - n_roundoff(b) * solver.z_max;
  const Vector remainder = column_norms(rho_2) + n_roundoff(b) * solver.z_max * column_norms(d);
  result.error.root = std::sqrt(std::max(mu, 0.0));
  const double largest = remainder.size() > 0 ? remainder.maxCoeff() : 0;
  result.error.energy = mu > 0 ? largest / result.error.root : infinity;
  // A alpha = b gives Theta alpha = b - r alpha, which keeps the digits that a product loses.
  result.change = target - ridge * result.alpha;
  result.change_bound = ridge * d.cwiseAbs() + 2 * roundoff * ridge * result.alpha.cwiseAbs() +
                        roundoff * target.cwiseAbs();
  result.change_bound.array() += product_or_zero(ridge / result.error.root, result.error.energy) +
                                 2 * n_roundoff(b) * (target - b).norm();
  result.certificate.relative_residual = ratio(rho.norm(), b.norm());
  result.certificate.ridge = ridge;
  result.certificate.asymmetry = K.asymmetry;
  result.error.correction = std::move(d);
  return result;
}

void describe(Certificate& certificate, const KernelSpectrum& spectrum, const Matrix& b) {
  certificate.smallest = spectrum.smallest;
  certificate.largest = spectrum.largest();
  certificate.rank = spectrum.rank;
  const Matrix outside = product(spectrum.modes.topRows(spectrum.unresolved()), b);
  certificate.preserved = ratio(outside.norm(), b.norm());
}

// Columns of all times side by side: factor(i, t) C(i, k).
Matrix scaled_copies(const Matrix& factors, const Matrix& C) {
  const Index o = C.cols();
  Matrix result(C.rows(), factors.cols() * o);
  for (Index i = 0; i < C.rows(); ++i) {
    for (Index t = 0; t < factors.cols(); ++t) {
      result.row(i).segment(t * o, o) = factors(i, t) * C.row(i);
    }
  }
  return result;
}

}  // namespace

double smallest_with_ridge(const KernelMatrix& K, double ridge, const ResolutionOptions& options) {
  return ridge - resolution(K, std::min(K.norm, K.trace), options);
}

TrainingSolution ridge_solution(const RidgeSystem& system, const Cholesky& factor, double z_min) {
  Solver solver;
  solver.inverse = [&](const Matrix& B) { return factor.solve(B); };
  solver.projected = [](const Matrix& B) { return B; };
  solver.z_min = z_min;
  solver.z_max = std::min(system.K.norm, system.K.trace) + system.ridge;
  TrainingSolution result = solution(system, solver);
  result.certificate.largest = power_iteration(system.K);
  result.certificate.rank = factor.size();
  return result;
}

TrainingSolution ridge_solution(const RidgeSystem& system, const KernelSpectrum& spectrum) {
  const Index used = system.ridge > 0 ? spectrum.values.size() : spectrum.rank;
  const auto modes = spectrum.modes.bottomRows(used);
  const Vector z = spectrum.values.tail(used).array() + system.ridge;
  Solver solver;
  solver.inverse = [&](const Matrix& B) -> Matrix {
    const Matrix C = z.cwiseInverse().asDiagonal() * product(modes, B);
    return transposed_product(modes, C);
  };
  solver.projected = [&](const Matrix& B) {
    return used == spectrum.values.size() ? B : resolved_part(spectrum, B);
  };
  solver.z_min = used > 0 ? z(0) : 1;
  solver.z_max = used > 0 ? z(used - 1) : 1;
  TrainingSolution result = solution(system, solver);
  describe(result.certificate, spectrum, system.b);
  if (system.ridge > 0 && spectrum.cut > system.ridge) result.status = Status::unresolved;
  return result;
}

std::vector<TrainingSolution> timed_solutions(const KernelMatrix& K, const KernelSpectrum& spectrum,
                                              const SpectrumDeviation& deviation, const Matrix& b,
                                              const TrainingTimes& training) {
  const auto& [rule, kappa, ridge, times] = training;
  const Index n = b.rows(), o = b.cols(), count = static_cast<Index>(times.size());
  if (count == 0) return {};
  Matrix gains(n, count), fitted(n, count), learned(n, count);
  for (Index t = 0; t < count; ++t) {
    for (Index i = 0; i < n; ++i) {
      const double lambda = spectrum.values(i);
      const ModeResponse mode =
          mode_response(rule, kappa, lambda + ridge, times[static_cast<std::size_t>(t)]);
      gains(i, t) = mode.gain;
      fitted(i, t) = lambda * mode.gain;
      learned(i, t) = (lambda + ridge) * mode.gain;
    }
  }
  const Matrix C = product(spectrum.modes, b);
  const Matrix alpha = transposed_product(spectrum.modes, scaled_copies(gains, C));
  const Matrix change = transposed_product(spectrum.modes, scaled_copies(fitted, C));
  const Matrix residual = transposed_product(spectrum.modes, scaled_copies(learned, C)) -
                          product(K.values, alpha) - ridge * alpha;
  Certificate certificate;
  describe(certificate, spectrum, b);
  certificate.asymmetry = K.asymmetry;
  certificate.ridge = ridge;
  const double largest = spectrum.largest();
  const double moved = deviation.product + deviation.orthogonality * largest;
  const double rounded = deviation.orthogonality + 2 * n_roundoff(b);
  const double z_min = std::max(ridge, spectrum.values(0) + ridge - moved);
  const double b_norm = o > 0 ? column_norms(b).maxCoeff() : 0;
  std::vector<TrainingSolution> solutions;
  for (Index t = 0; t < count; ++t) {
    const double time = times[static_cast<std::size_t>(t)];
    const ModeBounds bounds = mode_bounds(rule, kappa, z_min, largest + ridge + moved, time);
    TrainingSolution one;
    one.alpha = alpha.middleCols(t * o, o);
    one.change = change.middleCols(t * o, o);
    one.error.row = b_norm * (moved * bounds.gain_slope + rounded * bounds.gain);
    // d(lambda g)/dlambda = g + lambda g', and |z g'| <= |psi'| + |g|
    const double slope = 2 * bounds.gain + bounds.residual_slope;
    const double fit = std::min(1 + bounds.residual, largest * bounds.gain);
    one.change_bound = Matrix::Constant(n, o, b_norm * (moved * slope + rounded * fit));
    one.certificate = certificate;
    one.certificate.relative_residual = ratio(residual.middleCols(t * o, o).norm(), b.norm());
    if (!is_stable(rule, kappa, largest + ridge)) {
      one.status = Status::diverged;
    } else if (spectrum.cut * mode_response(rule, kappa, ridge, time).gain > 1) {
      one.status = Status::unresolved;
    }
    solutions.push_back(std::move(one));
  }
  return solutions;
}

std::vector<std::vector<double>> prediction_bounds(MatrixView Theta_zx,
                                                   std::span<const double> variance_z,
                                                   const std::vector<TrainingSolution>& solutions) {
  constexpr Index block = 256;  // rows whose absolute values are held at a time
  const Index m = Theta_zx.rows(), n = Theta_zx.cols();
  std::vector<std::vector<double>> bounds;
  if (solutions.empty()) return bounds;
  const Index o = solutions.front().alpha.cols();
  Matrix sizes(n, o * static_cast<Index>(solutions.size()));
  for (std::size_t t = 0; t < solutions.size(); ++t) {
    sizes.middleCols(static_cast<Index>(t) * o, o) = solutions[t].alpha.cwiseAbs();
    bounds.emplace_back(static_cast<std::size_t>(m));
  }
  const double rounding = static_cast<double>(n) * roundoff;
  for (Index first = 0; first < m; first += block) {
    const Index rows = std::min(block, m - first);
    const auto part = Theta_zx.middleRows(first, rows);
    const Matrix rounded = rounding * product(part.cwiseAbs(), sizes);
    const Vector lengths = part.rowwise().norm();
    for (std::size_t t = 0; t < solutions.size(); ++t) {
      const ErrorModel& error = solutions[t].error;
      Matrix terms = rounded.middleCols(static_cast<Index>(t) * o, o);
      if (error.correction.size() > 0) terms += product(part, error.correction).cwiseAbs();
      for (Index i = 0; i < rows; ++i) {
        const auto point = static_cast<std::size_t>(first + i);
        const double energy = variance_z.empty() ? product_or_zero(lengths(i), 1 / error.root)
                                                 : std::sqrt(std::max(0.0, variance_z[point]));
        bounds[t][point] = (o > 0 ? terms.row(i).maxCoeff() : 0) +
                           product_or_zero(energy, error.energy) +
                           product_or_zero(lengths(i), error.row);
      }
    }
  }
  return bounds;
}

double power_iteration(const KernelMatrix& K) {
  constexpr int most = 30;
  Matrix v = K.values.rowwise().sum();
  double largest = 0;
  for (int step = 0; step < most && v.norm() > 0; ++step) {
    v /= v.norm();
    const Matrix next = product(K.values, v);
    const double estimate = v.cwiseProduct(next).sum();
    const bool settled = std::abs(estimate - largest) <= 1e-4 * estimate;
    largest = estimate;
    if (settled) break;
    v = next;
  }
  return largest;
}

}  // namespace wideband
