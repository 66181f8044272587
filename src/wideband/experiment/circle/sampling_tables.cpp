#include "wideband/experiment/circle/sampling_tables.hpp"

#include <array>
#include <cmath>
#include <stdexcept>

#include "wideband/circle/basis.hpp"
#include "wideband/circle/sample_matrices.hpp"
#include "wideband/circle/sample_moments.hpp"
#include "wideband/math/statistics.hpp"

namespace wideband {
namespace {

constexpr std::array<SampleError, 3> errors = {SampleError::gram, SampleError::compressed,
                                               SampleError::action};

EnvelopeOptions envelope_options(const SampleGroup& group) {
  return {.kernel = group.kernel, .cutoff = group.cutoff, .failure = envelope_failure};
}

Cell known(double value, bool exists) {
  return exists ? Cell(value) : Cell();
}

// mean, std, rms, q05, q50, q95; one value has no std.
std::vector<Cell> statistics(const Vector& values) {
  const Summary s = summary(values);
  return {s.mean,
          known(s.std, s.count > 1),
          s.rms,
          quantile(values, 0.05),
          quantile(values, 0.5),
          quantile(values, 0.95)};
}

// n, K, kernel, metric
std::vector<Cell> identity(const SampleGroup& group, const std::string& metric) {
  return {group.n, group.cutoff, to_string(group.kernel), metric};
}

void add(std::vector<Cell>& row, const std::vector<Cell>& more) {
  row.insert(row.end(), more.begin(), more.end());
}

Table concentration_table(const std::vector<SampleGroup>& groups) {
  Table table("concentration", {"n", "K", "kernel", "metric", "mean", "std", "rms", "q05", "q50",
                                "q95", "predicted_rms", "envelope", "seeds"});
  for (const SampleGroup& group : groups) {
    for (const ConcentrationMetric& metric : concentration_metrics(group)) {
      std::vector<Cell> row = identity(group, metric.name);
      add(row, statistics(metric.values));
      add(row, {known(metric.predicted_rms, metric.predicted_rms > 0),
                known(metric.envelope, metric.envelope > 0), group.seeds()});
      table.add(row);
    }
  }
  return table;
}

Table coordinate_table(const std::vector<SampleGroup>& groups) {
  Table table("coordinates",
              {"n", "K", "kernel", "metric", "mean", "std", "rms", "q05", "q50", "q95", "seeds"});
  for (const SampleGroup& group : groups) {
    const auto line = [&](const std::string& metric, const Vector& values) {
      std::vector<Cell> row = identity(group, metric);
      add(row, statistics(values));
      row.emplace_back(group.seeds());
      table.add(row);
    };
    line("coordinate_max", group.coordinate_max);
    line("coordinate_mean", group.coordinate_mean);
  }
  return table;
}

Table diagonal_table(const std::vector<SampleGroup>& groups) {
  Table table("coordinate_diagonal", {"n", "K", "kernel", "column", "mean", "std", "predicted",
                                      "lambda", "lambda_n", "seeds"});
  for (const SampleGroup& group : groups) {
    const Vector predicted = coordinate_means(group.kernel, group.cutoff, group.n);
    const Vector lambda = basis_eigenvalues(group.kernel, group.cutoff);
    const Vector sampled = sampled_eigenvalues(group.kernel, group.cutoff, group.n);
    for (Index p = 0; p < lambda.size(); ++p) {
      const Summary s = summary(group.coordinate_diagonal.col(p));
      table.add({group.n, group.cutoff, to_string(group.kernel), column_name(p), s.mean,
                 known(s.std, s.count > 1), predicted[p], lambda[p], sampled[p], s.count});
    }
  }
  return table;
}

Table action_column_table(const std::vector<SampleGroup>& groups) {
  Table table("action_columns",
              {"n", "K", "kernel", "column", "mean", "std", "rms", "predicted_rms", "seeds"});
  for (const SampleGroup& group : groups) {
    const Vector predicted = (action_column_square_moments(group.kernel, group.cutoff, group.n) /
                              static_cast<double>(group.n))
                                 .cwiseSqrt();
    for (Index p = 0; p < predicted.size(); ++p) {
      const Summary s = summary(group.action_column.col(p));
      table.add({group.n, group.cutoff, to_string(group.kernel), column_name(p), s.mean,
                 known(s.std, s.count > 1), s.rms, predicted[p], s.count});
    }
  }
  return table;
}

Table entry_table(const std::vector<SampleGroup>& groups) {
  Table table("entries", {"n", "K", "kernel", "row", "column", "rms", "predicted_rms", "seeds"});
  for (const SampleGroup& group : groups) {
    const Matrix rms = compressed_entry_rms(group);
    const Matrix predicted =
        compressed_leading_variance(group.kernel, group.cutoff, group.n).cwiseSqrt();
    for (Index p = 0; p < rms.rows(); ++p) {
      for (Index q = p; q < rms.cols(); ++q) {
        table.add({group.n, group.cutoff, to_string(group.kernel), column_name(p), column_name(q),
                   rms(p, q), predicted(p, q), group.seeds()});
      }
    }
  }
  return table;
}

Table largest_entry_table(const std::vector<SampleGroup>& groups) {
  Table table("largest_entry", {"n", "K", "kernel", "metric", "row", "column", "count", "seeds"});
  for (const SampleGroup& group : groups) {
    for (const SampleError error : {SampleError::gram, SampleError::compressed}) {
      const Matrix counts = largest_entry_counts(group, error);
      for (Index p = 0; p < counts.rows(); ++p) {
        for (Index q = p; q < counts.cols(); ++q) {
          if (counts(p, q) == 0) continue;
          table.add({group.n, group.cutoff, to_string(group.kernel), to_string(error),
                     column_name(p), column_name(q), static_cast<Index>(counts(p, q)),
                     group.seeds()});
        }
      }
    }
  }
  return table;
}

Table envelope_table(const std::vector<SampleGroup>& groups) {
  Table table("envelopes", {"n", "K", "kernel", "metric", "bound", "proven", "envelope", "q95",
                            "ratio", "share_below", "seeds"});
  for (const SampleGroup& group : groups) {
    for (const SampleError error : errors) {
      const Vector& values = largest_errors(group, error);
      for (const EnvelopeKind kind : envelope_kinds()) {
        const auto e = envelope(error, kind, group.n, envelope_options(group));
        if (!e) continue;
        const double below = (values.array() <= *e).cast<double>().mean();
        table.add({group.n, group.cutoff, to_string(group.kernel), to_string(error),
                   to_string(kind), proven(error, kind) ? "yes" : "no", *e, quantile(values, 0.95),
                   *envelope_ratio(group, error, kind), below, group.seeds()});
      }
    }
  }
  return table;
}

// Sizes that the envelopes ask for at K = 4.
Table required_table(const std::vector<SampleGroup>& groups) {
  Table table("required_samples", {"K", "kernel", "metric", "bound", "e", "required_n"});
  std::vector<AngleKernel> listed;
  for (const SampleGroup& group : groups) {
    if (std::find(listed.begin(), listed.end(), group.kernel) != listed.end()) continue;
    listed.push_back(group.kernel);
    const EnvelopeOptions options{.kernel = group.kernel, .cutoff = 4, .failure = envelope_failure};
    for (const SampleError error : errors) {
      for (const EnvelopeKind kind : envelope_kinds()) {
        for (const double e : {0.1, 0.05, 0.02}) {
          const auto n = required_samples(error, kind, e, options);
          if (!n) continue;
          table.add(
              {options.cutoff, to_string(group.kernel), to_string(error), to_string(kind), e, *n});
        }
      }
    }
  }
  return table;
}

}  // namespace

std::vector<ConcentrationMetric> concentration_metrics(const SampleGroup& group) {
  const EnvelopeOptions options = envelope_options(group);
  const auto bound = [&](SampleError error) { return sharpest_envelope(error, group.n, options); };
  const double gram = gram_square_moment(group.cutoff, group.n);
  const double compressed = compressed_square_moment(group.kernel, group.cutoff, group.n);
  const double action = action_square_moment(group.kernel, group.cutoff, group.n);
  return {{"gram_max", group.gram_max, 0, bound(SampleError::gram)},
          {"gram_fro", group.gram_fro, std::sqrt(gram), 0},
          {"compressed_max", group.compressed_max, 0, bound(SampleError::compressed)},
          {"compressed_fro", group.compressed_fro, std::sqrt(compressed), 0},
          {"action_max", group.action_max, 0, bound(SampleError::action)},
          {"action_fro", group.action_fro, std::sqrt(action), 0}};
}

const Vector& largest_errors(const SampleGroup& group, SampleError error) {
  switch (error) {
    case SampleError::gram:
      return group.gram_max;
    case SampleError::compressed:
      return group.compressed_max;
    case SampleError::action:
      return group.action_max;
  }
  throw std::invalid_argument("[circle-sampling] unknown enumerator");
}

std::optional<double> envelope_ratio(const SampleGroup& group, SampleError error,
                                     EnvelopeKind kind) {
  const auto e = envelope(error, kind, group.n, envelope_options(group));
  if (!e) return std::nullopt;
  return *e / quantile(largest_errors(group, error), 0.95);
}

Matrix compressed_entry_rms(const SampleGroup& group) {
  const Index d = basis_size(group.cutoff);
  const Vector lambda = sampled_eigenvalues(group.kernel, group.cutoff, group.n);
  Matrix rms(d, d);
  for (Index p = 0; p < d; ++p) {
    for (Index q = p; q < d; ++q) {
      const double mean = p == q ? lambda[p] : 0;
      const Index column = triangle_index(d, p, q);
      rms(p, q) = std::sqrt((group.compressed.col(column).array() - mean).square().mean());
      rms(q, p) = rms(p, q);
    }
  }
  return rms;
}

Matrix largest_entry_counts(const SampleGroup& group, SampleError error) {
  const Index d = basis_size(group.cutoff);
  const Index first = error == SampleError::gram ? 0 : 2;
  Matrix counts = Matrix::Zero(d, d);
  for (Index i = 0; i < group.seeds(); ++i) {
    const auto p = static_cast<Index>(group.largest(i, first));
    const auto q = static_cast<Index>(group.largest(i, first + 1));
    counts(std::min(p, q), std::max(p, q)) += 1;
  }
  return counts;
}

std::vector<Table> moments_tables(const std::vector<SampleGroup>& groups) {
  return {concentration_table(groups), coordinate_table(groups), diagonal_table(groups),
          action_column_table(groups), entry_table(groups),      largest_entry_table(groups),
          envelope_table(groups),      required_table(groups)};
}

}  // namespace wideband
