#include "wideband/experiment/prediction_report.hpp"

#include <cmath>
#include <iterator>

#include <fmt/format.h>

#include "wideband/kernel/kernel.hpp"

namespace wideband {
namespace {

class Report {
 public:
  Report() { text_.append(std::string_view("report,time,index,output,quantity,value\n")); }

  void row(const char* report, const std::string& time, const std::string& index,
           const std::string& output, const std::string& quantity, double value) {
    fmt::format_to(std::back_inserter(text_), "{},{},{},{},{},{:.17g}\n", report, time, index,
                   output, quantity, value);
  }
  std::string text() const { return fmt::to_string(text_); }

 private:
  fmt::memory_buffer text_;
};

std::string digits(Index i) {
  return fmt::format("{}", i);
}

bool has_bias(const Layers& layers) {
  for (const Layer& layer : layers) {
    if (const auto* dense = std::get_if<Dense>(&layer.kind)) {
      if (dense->bias_std) return true;
    } else if (const auto* branches = std::get_if<Branches>(&layer.kind)) {
      for (const Layers& path : branches->paths) {
        if (has_bias(path)) return true;
      }
    }
  }
  return false;
}

bool has_dense(const Layers& layers) {
  for (const Layer& layer : layers) {
    if (std::holds_alternative<Dense>(layer.kind)) return true;
    const auto* branches = std::get_if<Branches>(&layer.kind);
    if (branches == nullptr) continue;
    for (const Layers& path : branches->paths) {
      if (has_dense(path)) return true;
    }
  }
  return false;
}

void add_gradients(Report& report, const PredictionJob& job, const PredictionInputs& inputs,
                   const Predictor& predictor) {
  std::vector<std::string> fields;
  if (has_dense(inputs.net.layers)) fields.push_back("W");
  if (has_bias(inputs.net.layers)) fields.push_back("b");
  KernelOptions options = job.kernel;
  options.kinds = job.law == Law::nngp ? Kinds::nngp : Kinds::ntk;
  const auto tangents = kernel_tangents(inputs.X, inputs.net, fields, options);
  std::vector<MatrixView> views;
  for (const KernelResult<>& tangent : tangents) {
    views.push_back(job.law == Law::nngp ? tangent.nngp : tangent.ntk);
  }
  const std::vector<double> gradient = predictor.log_marginal_likelihood_gradient(views);
  for (std::size_t i = 0; i < fields.size(); ++i) {
    report.row("likelihood", "", "", "", "gradient:" + fields[i], gradient[i]);
  }
  report.row("likelihood", "", "", "", "gradient:ridge",
             predictor.log_marginal_likelihood_ridge_derivative());
}

void add_likelihood(Report& report, const PredictionJob& job, const PredictionInputs& inputs,
                    const Predictor& predictor) {
  const Predictor::LikelihoodTerms terms = predictor.likelihood_terms();
  report.row("likelihood", "", "", "", "log_marginal_likelihood", terms.log_marginal_likelihood);
  report.row("likelihood", "", "", "", "data_fit", terms.data_fit);
  report.row("likelihood", "", "", "", "log_det", terms.log_det);
  report.row("likelihood", "", "", "", "ridge_absolute", predictor.ridge());
  if (inputs.has_net) add_gradients(report, job, inputs, predictor);
}

void add_left_out(Report& report, const PredictionJob& job, const PredictionInputs& inputs,
                  const Predictor& predictor) {
  const LeaveOneOut left_out = predictor.leave_one_out().front();
  for (Index i = 0; i < inputs.samples(); ++i) {
    for (Index k = 0; k < inputs.y.cols(); ++k) {
      report.row("loo", "", digits(i), digits(k), "mean", left_out.mean(i, k));
      report.row("loo", "", digits(i), digits(k), "residual", inputs.y(i, k) - left_out.mean(i, k));
    }
    if (job.law == Law::ntk) continue;
    report.row("loo", "", digits(i), "", "variance",
               left_out.variance[static_cast<std::size_t>(i)]);
  }
}

void add_modes(Report& report, const PredictionJob& job, const Predictor& predictor) {
  const auto eigenvalues = predictor.eigenvalues();
  const std::vector<double> half_lives = predictor.half_lives();
  for (std::size_t i = 0; i < eigenvalues.size(); ++i) {
    const std::string index = digits(static_cast<Index>(i));
    report.row("modes", "", index, "", "eigenvalue", eigenvalues[i]);
    report.row("modes", "", index, "", "half_life", half_lives[i]);
  }
  const Matrix residual = predictor.mode_residual(job.times);
  const Matrix learned = predictor.learned_fraction(job.times);
  for (Index t = 0; t < residual.rows(); ++t) {
    const std::string time = fmt::format("{}", job.times[static_cast<std::size_t>(t)]);
    for (Index i = 0; i < residual.cols(); ++i) {
      report.row("modes", time, digits(i), "", "residual", residual(t, i));
      report.row("modes", time, digits(i), "", "learned", learned(t, i));
    }
  }
}

}  // namespace

std::vector<double> ridge_grid() {
  std::vector<double> ridges;
  for (int i = -20; i <= 2; ++i) ridges.push_back(std::pow(10.0, 0.5 * i));
  return ridges;
}

double leave_one_out_error(const LeaveOneOut& left_out, const Matrix& y) {
  return (y - left_out.mean).squaredNorm() / static_cast<double>(y.size());
}

std::string report_text(const PredictionJob& job, const PredictionInputs& inputs,
                        const Predictor& predictor, const std::vector<RidgeError>& grid) {
  Report report;
  if (job.report_likelihood) add_likelihood(report, job, inputs, predictor);
  if (job.report_loo) add_left_out(report, job, inputs, predictor);
  if (job.report_loo) {
    for (std::size_t i = 0; i < grid.size(); ++i) {
      const std::string index = digits(static_cast<Index>(i));
      report.row("loo_grid", "", index, "", "ridge", grid[i].ridge);
      report.row("loo_grid", "", index, "", "error", grid[i].error);
    }
  }
  if (job.report_modes) add_modes(report, job, predictor);
  return report.text();
}

}  // namespace wideband
