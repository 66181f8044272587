#include "wideband/dynamics/fit.hpp"

#include <cmath>
#include <stdexcept>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "wideband/core/error.hpp"
#include "wideband/math/quasi_newton.hpp"
#include "wideband/model/fields.hpp"

namespace wideband {
namespace {

const std::string ridge_field = "ridge";

double start_of(Architecture& net, const std::string& field) {
  const std::vector<double*> numbers = field_values(net, field);
  for (const double* const number : numbers) {
    require(
        *number == *numbers.front(),
        fmt::format("[fit] expected \"{}\" to start equal in all layers, got {} and {}; name one "
                    "layer by its path",
                    field, *numbers.front(), *number));
  }
  const std::string key = field.substr(field.rfind('.') + 1);
  require(*numbers.front() != 0 || (key != "W" && key != "b"),
          fmt::format("[fit] expected \"{}\" to start away from 0, where it has no slope", field));
  return *numbers.front();
}

// The point of the search: logarithms of positive fields, other fields as they are.
class Search {
 public:
  Search(MatrixView X, MatrixView y, const Architecture& net, std::span<const std::string> fields,
         const FitOptions& options)
      : X_(X), y_(y), net_(net), options_(options) {
    for (const std::string& field : fields) {
      fields_.push_back(field);
      const double value = field == ridge_field ? options.ridge : start_of(net_, field);
      is_logarithm_.push_back(value > 0);
      start_.push_back(value > 0 ? std::log(value) : value);
      if (field != ridge_field) of_net_.push_back(field);
    }
  }

  Vector start() const {
    return Eigen::Map<const Vector>(start_.data(), static_cast<Index>(start_.size()));
  }

  std::pair<Architecture, double> at(const Vector& point) const {
    Architecture net = net_;
    double ridge = options_.ridge;
    for (std::size_t i = 0; i < fields_.size(); ++i) {
      const double value = value_of(point, i);
      if (fields_[i] == ridge_field) {
        ridge = value;
      } else {
        for (double* const number : field_values(net, fields_[i])) *number = value;
      }
    }
    return {std::move(net), ridge};
  }

  Slope slope(const Vector& point) const {
    const auto [net, ridge] = at(point);
    KernelOptions kernel_options = options_.kernel;
    const bool by_nngp = options_.law == Law::nngp;
    kernel_options.kinds = by_nngp ? Kinds::nngp : Kinds::ntk;
    const auto matrix = [&](const KernelResult<>& result) -> const Matrix& {
      return by_nngp ? result.nngp : result.ntk;
    };
    const KernelResult<> kernels = kernel(X_, net, kernel_options);
    const Predictor predictor(matrix(kernels), y_,
                              {.ridge = ridge,
                               .ridge_scale = options_.ridge_scale,
                               .kernel_error = kernels.error_estimate});
    std::vector<KernelResult<>> results;
    if (!of_net_.empty()) results = kernel_tangents(X_, net, of_net_, kernel_options);
    std::vector<MatrixView> tangents;
    for (const KernelResult<>& result : results) tangents.emplace_back(matrix(result));
    const std::vector<double> by_field = predictor.log_marginal_likelihood_gradient(tangents);
    Slope result{predictor.log_marginal_likelihood(), Vector(point.size())};
    std::size_t next = 0;
    for (std::size_t i = 0; i < fields_.size(); ++i) {
      const double derivative = fields_[i] == ridge_field
                                    ? predictor.log_marginal_likelihood_ridge_derivative()
                                    : by_field[next++];
      result.gradient(static_cast<Index>(i)) =
          derivative * (is_logarithm_[i] ? value_of(point, i) : 1);
    }
    return result;
  }

 private:
  double value_of(const Vector& point, std::size_t i) const {
    const double coordinate = point(static_cast<Index>(i));
    return is_logarithm_[i] ? std::exp(coordinate) : coordinate;
  }

  MatrixView X_, y_;
  Architecture net_;
  FitOptions options_;
  std::vector<std::string> fields_, of_net_;
  std::vector<bool> is_logarithm_;
  std::vector<double> start_;
};

}  // namespace

void validate(const FitOptions& options) {
  require(options.law != Law::ntk, "[fit] law ntk has no likelihood; expected nngp or ntk_gp");
  require(options.ridge > 0 && std::isfinite(options.ridge),
          fmt::format("[FitOptions] expected ridge > 0, got {}", options.ridge));
  require(options.max_iterations > 0,
          fmt::format("[FitOptions] expected max_iterations > 0, got {}", options.max_iterations));
  require(options.tolerance > 0,
          fmt::format("[FitOptions] expected tolerance > 0, got {}", options.tolerance));
}

Fit fit(MatrixView X, MatrixView y, const Architecture& architecture,
        std::span<const std::string> fields, const FitOptions& options) {
  validate(options);
  require(!fields.empty(), "[fit] expected at least one field");
  const Search search(X, y, architecture, fields, options);
  search.slope(search.start());  // what is wrong at the start is said as it is
  const auto slope = [&](const Vector& point) -> std::optional<Slope> {
    try {
      return search.slope(point);
    } catch (const NumericalError&) {  // variances that overflow, kernels singular to rounding
      return std::nullopt;
    } catch (const std::logic_error&) {  // a value that the layer does not allow
      return std::nullopt;
    }
  };
  const Maximum maximum =
      maximize(slope, search.start(),
               {.max_iterations = options.max_iterations, .tolerance = options.tolerance});
  auto [net, ridge] = search.at(maximum.at);
  return {.net = std::move(net),
          .ridge = ridge,
          .log_marginal_likelihood = maximum.value,
          .iterations = maximum.iterations,
          .status = maximum.converged ? Status::ok : Status::not_converged};
}

}  // namespace wideband
