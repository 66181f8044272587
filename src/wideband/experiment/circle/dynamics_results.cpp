#include "wideband/experiment/circle/dynamics_results.hpp"

#include <cmath>

#include <fmt/format.h>

#include "wideband/circle/spectrum.hpp"
#include "wideband/dynamics/decay.hpp"
#include "wideband/math/statistics.hpp"

namespace wideband {
namespace {

constexpr double empty_plane = 1e-12;

bool starts_empty(const DynamicsFlow& flow, Index repetition, Index k) {
  const DynamicsMeasurement& result = flow.result;
  return !(result.initial(repetition, k) > empty_plane * result.initial_norm(repetition));
}

double start_scale(const DynamicsFlow& flow, Index repetition, Index k) {
  const DynamicsMeasurement& result = flow.result;
  return starts_empty(flow, repetition, k) ? result.initial_norm(repetition)
                                           : result.initial(repetition, k);
}

// The columns that say which flow a row belongs to, with its step of time.
std::vector<Cell> flow_cells(const DynamicsFlow& flow) {
  return {to_string(flow.kernel),
          flow.n,
          flow.sampling,
          flow.target,
          flow.width > 0 ? Cell(flow.width) : Cell(),
          flow.result.eta.mean()};
}

Cell deviation(const Vector& values) {
  const double std = summary(values).std;
  return std::isfinite(std) ? Cell(std) : Cell();
}

void add_mode_rows(Table& table, const DynamicsFlow& flow, Index k) {
  for (std::size_t i = 0; i < flow.steps.size(); ++i) {
    const auto snapshot = static_cast<Index>(i);
    const Vector values = coefficients(flow, snapshot, k);
    std::vector<Cell> row = flow_cells(flow);
    row.insert(row.end(),
               {k, flow.steps[i], flow.result.eta.mean() * static_cast<double>(flow.steps[i]),
                values.mean(), deviation(values), predicted_coefficient(flow, snapshot, k)});
    table.add(std::move(row));
  }
}

Table mode_table(const std::vector<DynamicsFlow>& flows) {
  Table table("modes", {"kernel", "n", "sampling", "target", "width", "eta", "mode", "step", "time",
                        "coefficient_mean", "coefficient_std", "predicted"});
  for (const DynamicsFlow& flow : flows) {
    for (Index k = 0; k <= flow.cutoff; ++k) add_mode_rows(table, flow, k);
  }
  return table;
}

Table loss_table(const std::vector<DynamicsFlow>& flows) {
  Table table("loss", {"kernel", "n", "sampling", "target", "width", "eta", "step", "time",
                       "loss_mean", "loss_std", "relative_residual_mean", "predicted", "seeds"});
  for (const DynamicsFlow& flow : flows) {
    const Matrix& loss = flow.result.loss;
    for (std::size_t i = 0; i < flow.steps.size(); ++i) {
      const auto column = static_cast<Index>(i);
      const Vector values = loss.col(column);
      const Vector relative = (values.array() / loss.col(0).array()).sqrt();
      const Matrix& predicted = flow.result.predicted_loss;
      std::vector<Cell> row = flow_cells(flow);
      row.insert(row.end(),
                 {flow.steps[i], flow.result.eta.mean() * static_cast<double>(flow.steps[i]),
                  values.mean(), deviation(values), relative.mean(),
                  predicted.size() > 0 ? Cell(predicted.col(column).mean()) : Cell(), loss.rows()});
      table.add(std::move(row));
    }
  }
  return table;
}

Table step_table(const std::vector<DynamicsFlow>& flows) {
  Table table("steps", {"kernel", "n", "sampling", "target", "width", "eta", "mode", "level",
                        "lambda", "steps_measured", "steps_predicted"});
  for (const DynamicsFlow& flow : flows) {
    if (!is_exact(flow)) continue;
    for (Index k = 0; k <= flow.cutoff; ++k) {
      const double measured = flow.result.reached(k);
      const double predicted = predicted_steps(flow, k);
      std::vector<Cell> row = flow_cells(flow);
      row.insert(row.end(), {k, reached_level, grid_eigenvalue(flow.kernel, flow.n, k),
                             measured < 0 ? Cell() : Cell(static_cast<Index>(measured)),
                             predicted < 0 ? Cell() : Cell(static_cast<Index>(predicted))});
      table.add(std::move(row));
    }
  }
  return table;
}

DynamicsFlow flow_of(const DynamicsTask& task, const Record& record, std::size_t i) {
  return {angle_kernel(task.kernel[i]),
          task.sizes[i],
          task.targets[i],
          task.widths[i],
          task.sampling,
          task.start,
          task.eta_scale,
          task.cutoff,
          dynamics_snapshots(task.steps),
          dynamics_measurement_from(record, fmt::format("{}.", i))};
}

}  // namespace

std::vector<DynamicsFlow> dynamics_flows(
    const std::vector<Point<DynamicsConfig, DynamicsTask>>& points) {
  std::vector<DynamicsFlow> flows;
  for (const auto& point : points) {
    for (const auto& [task, record] : point.finished) {
      for (std::size_t i = 0; i < task.sizes.size(); ++i) flows.push_back(flow_of(task, record, i));
    }
  }
  return flows;
}

bool is_exact(const DynamicsFlow& flow) {
  return flow.width == 0 && flow.sampling == "grid";
}

bool is_active(const DynamicsFlow& flow, Index k) {
  return !starts_empty(flow, 0, k);
}

Vector coefficients(const DynamicsFlow& flow, Index snapshot, Index k) {
  const auto snapshots = static_cast<Index>(flow.steps.size());
  Vector values(flow.result.eta.size());
  for (Index s = 0; s < values.size(); ++s)
    values(s) = flow.result.amplitude(s * snapshots + snapshot, k) / start_scale(flow, s, k);
  return values;
}

double predicted_coefficient(const DynamicsFlow& flow, Index snapshot, Index k) {
  const DynamicsMeasurement& result = flow.result;
  double start = 0;
  for (Index s = 0; s < result.eta.size(); ++s)
    start += starts_empty(flow, s, k) ? 0 : 1 / static_cast<double>(result.eta.size());
  return start == 0 ? 0 : start * std::abs(result.predicted(snapshot, k));
}

double predicted_steps(const DynamicsFlow& flow, Index k) {
  const double x = flow.result.eta(0) * grid_eigenvalue(flow.kernel, flow.n, k);
  const std::optional<Index> steps = steps_to_level(x, reached_level);
  return steps && *steps <= 1 << 20 ? static_cast<double>(*steps) : -1;
}

std::string flow_label(const DynamicsFlow& flow) {
  std::string label = fmt::format("{}, n = {}, {}", to_string(flow.kernel), flow.n, flow.target);
  if (flow.width > 0) return label + fmt::format(", m = {}", flow.width);
  if (flow.sampling != "grid") label += ", " + flow.sampling;
  if (flow.start != "zero") label += ", start N(0, K0)";
  return label + fmt::format(", eta lambda_max = {}", flow.eta_scale);
}

std::vector<Table> dynamics_tables(const std::vector<DynamicsFlow>& flows) {
  return {mode_table(flows), loss_table(flows), step_table(flows)};
}

std::vector<std::string> dynamics_statuses(const std::vector<DynamicsFlow>& flows) {
  std::vector<std::string> statuses;
  for (const DynamicsFlow& flow : flows) {
    const Index last = flow.result.loss.cols() - 1;
    const double growth = std::sqrt(
        (flow.result.loss.col(last).array() / flow.result.loss.col(0).array()).maxCoeff());
    const double x = flow.result.eta(0) * flow.result.largest_eigenvalue;
    if (growth <= 1 && x < 2) continue;
    const std::string size =
        flow.width > 0 ? fmt::format(", eta lambda_max = {:.4g} at the start", x) : "";
    statuses.push_back(fmt::format("{} after {} steps: {}{}, |r|/|r_0| = {:.3g}",
                                   growth > 1 ? "diverging" : "bounded, beyond stability",
                                   flow.steps.back(), flow_label(flow), size, growth));
  }
  return statuses;
}

}  // namespace wideband
