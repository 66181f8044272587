#include "wideband/experiment/circle/alignment_results.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "wideband/circle/basis.hpp"
#include "wideband/circle/width_moments.hpp"
#include "wideband/math/statistics.hpp"
#include "wideband/spectrum/alignment.hpp"

namespace wideband {
namespace {

constexpr Index summed_planes = 1000;     // of the perturbation sum on a grid
constexpr double close_distance = 0.25;   // of the first width
constexpr double captured_enough = 0.99;  // of a plane

Cell integer(Index value) {
  return Cell(value);
}

// Statistics of one repetition do not exist.
Cell number(double value) {
  return std::isnan(value) ? Cell() : Cell(value);
}

Cell grid_size(const AlignmentSeries& series) {
  return series.n == 0 ? Cell() : Cell(series.n);
}

double width_of(const AlignmentSeries& series, std::size_t w) {
  return static_cast<double>(series.widths[w]);
}

// The perturbation sum runs over all planes that the operator has.
Index sum_cutoff(const AlignmentTask& task) {
  return task.n == 0 ? task.operator_cutoff
                     : std::clamp((task.n - 1) / 2, task.cutoff, summed_planes);
}

AlignmentSeries empty_series(const AlignmentTask& task) {
  AlignmentSeries series;
  series.n = task.n;
  series.operator_cutoff = task.operator_cutoff;
  series.cutoff = task.cutoff;
  series.widths = task.widths;
  series.supports = task.supports;
  const WidthMoments moments({.cutoff = sum_cutoff(task), .beta_b = 1, .grid = task.n});
  series.lambda = moments.eigenvalues().head(task.cutoff + 1);
  series.gap = eigenvalue_gaps(moments.eigenvalues()).head(task.cutoff + 1);
  series.predicted_square = alignment_moments(moments, task.cutoff);
  const Matrix entries = WidthMoments({.cutoff = task.cutoff, .grid = task.n}).entries();
  series.center_variance = Vector::Zero(task.cutoff + 1);
  series.splitting_square = Vector::Zero(task.cutoff + 1);
  series.center_variance(0) = entries(0, 0);
  for (Index k = 1; k <= task.cutoff; ++k) {
    const Index p = plane_start(k);
    series.center_variance(k) = entries(p, p) - entries(p, p + 1);
    series.splitting_square(k) = 8 * entries(p, p + 1);
  }
  return series;
}

bool same_operator(const AlignmentSeries& series, const AlignmentTask& task) {
  return series.n == task.n && series.operator_cutoff == task.operator_cutoff &&
         series.cutoff == task.cutoff && series.widths == task.widths;
}

void append(Record& all, const Record& more) {
  for (const auto& [name, array] : more.arrays()) {
    if (!all.has(name)) {
      all.put(name, array);
      continue;
    }
    Array joined = all.array(name);
    joined.shape[0] += array.shape[0];
    joined.values.insert(joined.values.end(), array.values.begin(), array.values.end());
    all.put(name, std::move(joined));
  }
}

// Column of a record whose rows are seeds.
Vector column(const Record& record, const std::string& name, Index place) {
  const Array& array = record.array(name);
  const Index columns = array.shape[1];
  Vector values(array.shape[0]);
  for (Index s = 0; s < values.size(); ++s)
    values(s) = array.values[static_cast<std::size_t>(s * columns + place)];
  return values;
}

double mean_of(const AlignmentSeries& series, const std::string& matching,
               const std::string& quantity, std::size_t w, Index k) {
  return series.of_plane(matching, quantity, w, k).mean();
}

std::vector<Cell> plane_row(const AlignmentSeries& series, const std::string& matching,
                            std::size_t w, Index k) {
  const Summary fro = summary(series.of_plane(matching, "fro", w, k));
  const double splitting = mean_of(series, matching, "splitting", w, k);
  const double m = width_of(series, w);
  const auto captured = static_cast<Index>(w) * series.planes() + k;
  return {integer(series.widths[w]),
          integer(k),
          grid_size(series),
          matching,
          fro.mean,
          number(fro.std),
          fro.rms,
          series.predicted_rms(w, k),
          mean_of(series, matching, "cosine", w, k),
          mean_of(series, matching, "eigenvalue", w, k),
          splitting,
          integer(fro.count),
          mean_of(series, matching, "op", w, k),
          series.lambda(k),
          eigenvalue_errors(series, matching, w, k).mean(),
          std::sqrt(series.center_variance(k) / m) / series.lambda(k),
          splitting / series.lambda(k),
          splitting / series.gap(k),
          std::sqrt(series.splitting_square(k) / m) / series.lambda(k),
          column(series.values, "captured", captured).mean(),
          mean_of(series, matching, "angle_min", w, k),
          mean_of(series, matching, "angle_max", w, k)};
}

Table plane_table(const std::vector<AlignmentSeries>& list) {
  Table table("alignment", {"m",
                            "k",
                            "n",
                            "matching",
                            "projector_fro_mean",
                            "projector_fro_std",
                            "projector_fro_rms",
                            "predicted_rms",
                            "rms_cos_mean",
                            "eigenvalue_mean",
                            "splitting_mean",
                            "seeds",
                            "projector_op_mean",
                            "lambda",
                            "eigenvalue_error_mean",
                            "predicted_eigenvalue_error",
                            "splitting_over_lambda",
                            "splitting_over_gap",
                            "predicted_splitting_over_lambda",
                            "captured_mean",
                            "angle_min_mean",
                            "angle_max_mean"});
  for (const AlignmentSeries& series : list) {
    for (std::size_t w = 0; w < series.widths.size(); ++w) {
      for (Index k = 0; k < series.planes(); ++k) {
        for (const std::string& matching : matchings) table.add(plane_row(series, matching, w, k));
      }
    }
  }
  return table;
}

Table support_table(const std::vector<AlignmentSeries>& list) {
  Table table("alignment_supports",
              {"m", "n", "support", "target_error_mean", "target_error_std", "reliability_mean",
               "reliability_std", "accepted_share", "seeds"});
  for (const AlignmentSeries& series : list) {
    const auto supports = static_cast<Index>(series.supports.size());
    for (std::size_t w = 0; w < series.widths.size(); ++w) {
      for (Index i = 0; i < supports; ++i) {
        const Index place = static_cast<Index>(w) * supports + i;
        const Summary error = summary(column(series.values, "target_error", place));
        const Vector values = column(series.values, "reliability", place);
        const Summary reliability = summary(values);
        table.add({integer(series.widths[w]), grid_size(series),
                   fmt::format("0-{}", series.supports[static_cast<std::size_t>(i)]), error.mean,
                   number(error.std), reliability.mean, number(reliability.std),
                   (values.array() <= 1).cast<double>().mean(), integer(error.count)});
      }
    }
  }
  return table;
}

// First width from which on the mean distance stays close.
Table first_width_table(const std::vector<AlignmentSeries>& list) {
  Table table("alignment_first_width", {"k", "n", "matching", "first_width", "predicted_width"});
  for (const AlignmentSeries& series : list) {
    for (Index k = 0; k < series.planes(); ++k) {
      for (const std::string& matching : matchings) {
        Cell first;
        for (std::size_t w = series.widths.size(); w-- > 0;) {
          if (mean_of(series, matching, "fro", w, k) > close_distance) break;
          first = integer(series.widths[w]);
        }
        table.add({integer(k), grid_size(series), matching, first,
                   series.predicted_square(k) / (close_distance * close_distance)});
      }
    }
  }
  return table;
}

Table leakage_table(const std::vector<AlignmentSeries>& list) {
  Table table("alignment_leakage",
              {"m", "n", "k", "column", "leakage_mean", "leakage_std", "seeds"});
  for (const AlignmentSeries& series : list) {
    const Index d = basis_size(series.cutoff);
    for (std::size_t w = 0; w < series.widths.size(); ++w) {
      for (Index p = 0; p < d; ++p) {
        const Summary s = summary(column(series.values, "leakage", static_cast<Index>(w) * d + p));
        table.add({integer(series.widths[w]), grid_size(series), integer(basis_frequency(p)),
                   p == 0       ? "const"
                   : p % 2 == 1 ? "cos"
                                : "sin",
                   s.mean, number(s.std), integer(s.count)});
      }
    }
  }
  return table;
}

Table cloud_table(const std::vector<AlignmentSeries>& list) {
  Table table("alignment_clouds", {"m", "k", "n", "seed", "member", "cos", "sin"});
  for (const AlignmentSeries& series : list) {
    for (const std::size_t w : cloud_widths(series)) {
      for (const Index k : cloud_planes(series)) {
        const Matrix points = cloud(series, w, k);
        for (Index i = 0; i < points.rows(); ++i)
          table.add({integer(series.widths[w]), integer(k), grid_size(series), integer(i / 2),
                     integer(i % 2), points(i, 0), points(i, 1)});
      }
    }
  }
  return table;
}

Table scatter_table(const std::vector<AlignmentSeries>& list) {
  Table table("alignment_scatter", {"m", "k", "n", "seed", "eigenvalue_error", "projector_fro"});
  for (const AlignmentSeries& series : list) {
    for (std::size_t w = 0; w < series.widths.size(); ++w) {
      for (Index k = 0; k < series.planes(); ++k) {
        const Vector error = eigenvalue_errors(series, "exclusive", w, k);
        const Vector distance = series.of_plane("exclusive", "fro", w, k);
        for (Index s = 0; s < std::min(cloud_seeds, error.size()); ++s)
          table.add({integer(series.widths[w]), integer(k), grid_size(series), integer(s), error(s),
                     distance(s)});
      }
    }
  }
  return table;
}

}  // namespace

Index AlignmentSeries::seeds() const {
  return values.array("captured").shape[0];
}

Vector AlignmentSeries::of_plane(const std::string& matching, const std::string& quantity,
                                 std::size_t width, Index k) const {
  return column(values, matching + "." + quantity, static_cast<Index>(width) * planes() + k);
}

double AlignmentSeries::predicted_rms(std::size_t width, Index k) const {
  return std::sqrt(predicted_square(k) / static_cast<double>(widths[width]));
}

std::vector<AlignmentSeries> alignment_series(
    const std::vector<Point<AlignmentConfig, AlignmentTask>>& points) {
  std::vector<AlignmentSeries> list;
  for (const auto& point : points) {
    bool known = false;  // two points never share a series; tasks come operator by operator
    for (const auto& [task, record] : point.finished) {
      if (!known || !same_operator(list.back(), task)) list.push_back(empty_series(task));
      known = true;
      append(list.back().values, record);
    }
  }
  return list;
}

std::string name_of(const AlignmentSeries& series) {
  return series.n == 0 ? "continuum" : fmt::format("n = {}", series.n);
}

Vector eigenvalue_errors(const AlignmentSeries& series, const std::string& matching,
                         std::size_t width, Index k) {
  const Vector values = series.of_plane(matching, "eigenvalue", width, k);
  return (values.array() - series.lambda(k)).abs() / series.lambda(k);
}

std::vector<Index> cloud_planes(const AlignmentSeries& series) {
  std::vector<Index> planes;
  for (const Index k : {1, 2, 5, 10}) {
    if (k <= series.cutoff) planes.push_back(k);
  }
  return planes;
}

std::vector<std::size_t> cloud_widths(const AlignmentSeries& series) {
  const std::size_t last = series.widths.size() - 1;
  std::vector<std::size_t> list = {0, last / 2, last};
  list.erase(std::unique(list.begin(), list.end()), list.end());
  return list;
}

Matrix cloud(const AlignmentSeries& series, std::size_t width, Index k) {
  const Index seeds = std::min(cloud_seeds, series.seeds());
  Matrix points(2 * seeds, 2);
  const Index start = (static_cast<Index>(width) * series.planes() + k) * 4;
  for (Index i = 0; i < 4; ++i) {
    const Vector values = column(series.values, "cloud", start + i).head(seeds);
    for (Index s = 0; s < seeds; ++s) points(2 * s + i / 2, i % 2) = values(s);
  }
  return points;
}

std::vector<Table> alignment_tables(const std::vector<AlignmentSeries>& series) {
  return {plane_table(series),   support_table(series), first_width_table(series),
          leakage_table(series), cloud_table(series),   scatter_table(series)};
}

std::vector<std::string> alignment_statuses(const std::vector<AlignmentSeries>& list) {
  std::vector<std::string> statuses;
  for (const AlignmentSeries& series : list) {
    for (std::size_t w = 0; w < series.widths.size(); ++w) {
      Index flagged = 0;
      double least = 1;
      for (Index k = 0; k < series.planes(); ++k) {
        const Index place = static_cast<Index>(w) * series.planes() + k;
        const double captured = column(series.values, "captured", place).minCoeff();
        if (captured < captured_enough) ++flagged;
        least = std::min(least, captured);
      }
      if (flagged > 0)
        statuses.push_back(
            fmt::format("{}, m = {}: {} of {} planes lie partly in the null space of "
                        "the operator, in the worst network by {:.3g}",
                        name_of(series), series.widths[w], flagged, series.planes(), 1 - least));
    }
  }
  return statuses;
}

}  // namespace wideband
