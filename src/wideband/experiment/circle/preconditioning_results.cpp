#include "wideband/experiment/circle/preconditioning_results.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "wideband/circle/basis.hpp"
#include "wideband/circle/spectrum.hpp"
#include "wideband/dynamics/decay.hpp"
#include "wideband/experiment/circle/sampling_modes.hpp"
#include "wideband/experiment/circle/seed_arrays.hpp"
#include "wideband/math/statistics.hpp"

namespace wideband {
namespace {

std::string prefix(Index n) {
  return fmt::format("n{}.", n);
}

std::string flow_prefix(Index n, Preconditioning flow) {
  return fmt::format("n{}.{}.", n, to_string(flow));
}

void append_flow(FlowGroup& flow, const Record& record, const std::string& start) {
  unstack(record.array(start + "planes"), flow.planes);
  append(flow.loss_train, record.matrix(start + "loss_train"));
  append(flow.loss_probe, record.matrix(start + "loss_probe"));
  append(flow.rates, record.matrix(start + "rates"));
  append(flow.rate_deviation, record.vector(start + "rate_deviation"));
  append(flow.floor, record.vector(start + "floor"));
  append(flow.growth, record.vector(start + "growth"));
  append(flow.diverged, record.vector(start + "diverged"));
}

void append_record(PreconditioningGroup& group, const Record& record) {
  const std::string start = prefix(group.n);
  append(group.start_norm, record.vector(start + "start_norm"));
  append(group.block_error_max, record.vector(start + "block_error_max"));
  append(group.theory_bound, record.vector(start + "theory_bound"));
  append(group.geometric_error, record.vector(start + "geometric_error"));
  append(group.condition, record.vector(start + "condition"));
  append(group.gram_edges, record.matrix(start + "gram_edges"));
  append(group.distance, record.matrix(start + "distance"));
  for (const Preconditioning kind : flows()) {
    const auto index = static_cast<std::size_t>(kind);
    const std::string flow = flow_prefix(group.n, kind);
    append_flow(group.flows[index], record, flow);
    if (!record.has(flow + "block")) continue;
    group.precise[index] = {
        record.vector(flow + "block"),    record.vector(flow + "float64"),
        record.vector(flow + "float32"),  record.scalar(flow + "distance"),
        record.scalar(flow + "rounding"), record.scalar(flow + "perpendicular")};
  }
}

PreconditioningGroup head_of(const PreconditioningTask& task, Index n) {
  PreconditioningGroup head;
  head.kernel = angle_kernel(task.kernel);
  head.target = target(task.target);
  head.n = n;
  head.cutoff = task.cutoff;
  head.mode_cutoff = task.mode_cutoff;
  head.eta = task.eta;
  head.shift = task.shift;
  head.reg = task.reg;
  head.snapshots = log_snapshots(task.steps);
  return head;
}

// A number as a cell; one that does not exist (NaN: a spread of infinities, of one value) is empty.
Cell number(double value) {
  return std::isnan(value) ? Cell() : Cell(value);
}

Table summary_table(const std::vector<PreconditioningGroup>& groups) {
  Table table("preconditioning", {"target", "n", "K", "flow", "quantity", "mean", "std", "seeds"});
  for (const PreconditioningGroup& group : groups) {
    const auto add = [&](Preconditioning flow, const std::string& quantity, const Vector& values) {
      const Summary s = summary(values);
      table.add({group.target.name, group.n, group.cutoff, to_string(flow), quantity,
                 number(s.mean), number(s.std), s.count});
    };
    for (const Preconditioning kind : flows()) {
      const FlowGroup& flow = group.flow(kind);
      add(kind, "rate_max", flow.rates.col(flow.rates.cols() - 1));
      add(kind, "rate_min", flow.rates.col(0));
      add(kind, "loss_train", flow.loss_train.rightCols(1));
      add(kind, "loss_probe", flow.loss_probe.rightCols(1));
      add(kind, "floor", flow.floor);
      add(kind, "floor_predicted",
          Vector::Constant(group.seeds(),
                           kind == Preconditioning::baseline ? 0 : predicted_floor(group)));
      add(kind, "block_error_max", group.block_error_max);
    }
  }
  return table;
}

Table modes_table(const std::vector<PreconditioningGroup>& groups) {
  Table table("modes", {"kernel", "n", "sampling", "target", "width", "eta", "mode", "step", "time",
                        "flow", "coefficient_mean", "coefficient_std", "predicted", "seeds"});
  for (const PreconditioningGroup& group : groups) {
    for (const Preconditioning flow : flows()) {
      for (Index k = 0; k <= group.mode_cutoff; ++k) {
        for (std::size_t i = 0; i < group.snapshots.size(); ++i) {
          const auto snapshot = static_cast<Index>(i);
          const Summary s = summary(coefficients(group, flow, k, snapshot));
          const bool active = amplitude(group.target, k) != 0;
          table.add({to_string(group.kernel), group.n, "iid", group.target.name, Cell(), group.eta,
                     k, group.snapshots[i], group.eta * static_cast<double>(group.snapshots[i]),
                     to_string(flow), number(s.mean), number(s.std),
                     active ? number(predicted_coefficient(group, flow, k, snapshot)) : Cell(),
                     s.count});
        }
      }
    }
  }
  return table;
}

Table distance_table(const std::vector<PreconditioningGroup>& groups) {
  Table table("preconditioner_distance", {"target", "n", "K", "matrix", "mean", "std", "seeds"});
  const std::vector<std::string> names = {"P", "B", "M", "M C"};
  for (const PreconditioningGroup& group : groups) {
    for (Index j = 0; j < 4; ++j) {
      const Vector values = group.distance.col(j);
      if (!(values.minCoeff() >= 0)) continue;
      const Summary s = summary(values);
      table.add({group.target.name, group.n, group.cutoff, names[static_cast<std::size_t>(j)],
                 number(s.mean), number(s.std), s.count});
    }
  }
  return table;
}

Table spectrum_table(const std::vector<PreconditioningGroup>& groups) {
  Table table("block_spectrum", {"target", "n", "K", "flow", "rank", "mean", "std", "seeds"});
  for (const PreconditioningGroup& group : groups) {
    for (const Preconditioning flow : flows()) {
      const Matrix& rates = group.flow(flow).rates;
      for (Index j = 0; j < rates.cols(); ++j) {
        const Summary s = summary(rates.col(rates.cols() - 1 - j));
        table.add({group.target.name, group.n, group.cutoff, to_string(flow), j, number(s.mean),
                   number(s.std), s.count});
      }
    }
  }
  return table;
}

Table precision_table(const std::vector<PreconditioningGroup>& groups) {
  Table table("precision",
              {"target", "n", "K", "flow", "step", "coordinates", "float64", "float32"});
  for (const PreconditioningGroup& group : groups) {
    for (const Preconditioning flow : flows()) {
      const PrecisionCurves& curves = group.precise[static_cast<std::size_t>(flow)];
      for (Index i = 0; i < curves.block.size(); ++i) {
        table.add({group.target.name, group.n, group.cutoff, to_string(flow),
                   group.snapshots[static_cast<std::size_t>(i)], number(curves.block[i]),
                   number(curves.float64[i]), number(curves.float32[i])});
      }
    }
  }
  return table;
}

}  // namespace

bool PreconditioningGroup::stable() const {
  return std::all_of(flows.begin(), flows.end(),
                     [](const FlowGroup& flow) { return flow.stable(); });
}

void put_preconditioning(Record& record, const PreconditioningGroup& group) {
  const std::string start = prefix(group.n);
  record.put(start + "start_norm", group.start_norm);
  record.put(start + "block_error_max", group.block_error_max);
  record.put(start + "theory_bound", group.theory_bound);
  record.put(start + "geometric_error", group.geometric_error);
  record.put(start + "condition", group.condition);
  record.put(start + "gram_edges", group.gram_edges);
  record.put(start + "distance", group.distance);
  for (const Preconditioning kind : flows()) {
    const FlowGroup& flow = group.flow(kind);
    const std::string name = flow_prefix(group.n, kind);
    record.put(name + "planes", stacked(flow.planes));
    record.put(name + "loss_train", flow.loss_train);
    record.put(name + "loss_probe", flow.loss_probe);
    record.put(name + "rates", flow.rates);
    record.put(name + "rate_deviation", flow.rate_deviation);
    record.put(name + "floor", flow.floor);
    record.put(name + "growth", flow.growth);
    record.put(name + "diverged", flow.diverged);
    const PrecisionCurves& curves = group.precise[static_cast<std::size_t>(kind)];
    if (curves.block.size() == 0) continue;
    record.put(name + "block", curves.block);
    record.put(name + "float64", curves.float64);
    record.put(name + "float32", curves.float32);
    record.put(name + "distance", curves.distance);
    record.put(name + "rounding", curves.rounding);
    record.put(name + "perpendicular", curves.perpendicular);
  }
}

std::vector<PreconditioningGroup> preconditioning_groups(
    const std::vector<Point<PreconditioningConfig, PreconditioningTask>>& points) {
  std::vector<PreconditioningGroup> groups;
  for (const auto& point : points) {
    const std::size_t first = groups.size();
    const auto group_of = [&](const PreconditioningTask& task, Index n) -> PreconditioningGroup& {
      for (std::size_t i = first; i < groups.size(); ++i) {
        if (groups[i].n == n && groups[i].target.name == task.target) return groups[i];
      }
      groups.push_back(head_of(task, n));
      return groups.back();
    };
    for (const auto& [task, record] : point.finished) {
      for (const Index n : task.sizes) append_record(group_of(task, n), record);
    }
  }
  return groups;
}

Vector coefficients(const PreconditioningGroup& group, Preconditioning flow, Index k,
                    Index snapshot) {
  const bool active = amplitude(group.target, k) != 0;
  Vector values(group.seeds());
  for (Index i = 0; i < values.size(); ++i) {
    const Matrix& planes = group.flow(flow).planes[static_cast<std::size_t>(i)];
    values[i] = planes(snapshot, k) / (active ? planes(0, k) : group.start_norm[i]);
  }
  return values;
}

double predicted_coefficient(const PreconditioningGroup& group, Preconditioning flow, Index k,
                             Index snapshot) {
  const Index step = group.snapshots[static_cast<std::size_t>(snapshot)];
  if (flow != Preconditioning::baseline)
    return k > group.cutoff ? 1 : std::abs(decay_factor(group.eta, step));
  const double inverse = 1 / static_cast<double>(group.n);
  const double lambda = (1 - inverse) * continuum_eigenvalue(group.kernel, k) +
                        kernel_value(group.kernel, 0) * inverse;
  return std::abs(decay_factor(group.eta * lambda, step));
}

double predicted_floor(const PreconditioningGroup& group) {
  double beyond = 0;
  for (const TargetMode& mode : group.target.modes) {
    if (mode.frequency > group.cutoff) beyond += mode.amplitude * mode.amplitude / 2;
  }
  const double d = static_cast<double>(basis_size(group.cutoff));
  return beyond / 2 * (1 - d / static_cast<double>(group.n));
}

std::vector<std::string> preconditioning_statuses(const std::vector<PreconditioningGroup>& groups) {
  std::vector<std::string> statuses;
  for (const PreconditioningGroup& group : groups) {
    for (const Preconditioning kind : flows()) {
      const FlowGroup& flow = group.flow(kind);
      if (flow.stable()) continue;
      const double growth = flow.growth.maxCoeff();
      const std::string step =
          kind == Preconditioning::baseline
              ? fmt::format("eta lambda_max(A) up to {:.4g}, at least 2", growth + 1)
              : fmt::format("|1 - eta rate| up to {:.4g}, at least 1", growth);
      std::string status = fmt::format("unstable: {} flow, {}, n = {}, {} of {} seeds, {}",
                                       to_string(kind), group.target.name, group.n,
                                       (flow.growth.array() >= 1).count(), group.seeds(), step);
      const auto diverged = (flow.diverged.array() >= 0).count();
      if (diverged > 0) status += fmt::format("; {} diverged by the last step", diverged);
      statuses.push_back(status);
    }
  }
  return statuses;
}

std::vector<Table> preconditioning_tables(const std::vector<PreconditioningGroup>& groups) {
  return {summary_table(groups), modes_table(groups), distance_table(groups),
          spectrum_table(groups), precision_table(groups)};
}

}  // namespace wideband
