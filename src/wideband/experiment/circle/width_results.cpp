#include "wideband/experiment/circle/width_results.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "wideband/circle/basis.hpp"
#include "wideband/experiment/circle/seed_arrays.hpp"
#include "wideband/math/statistics.hpp"

namespace wideband {
namespace {

constexpr double failure = 0.05;

Cell integer(Index value) {
  return Cell(value);
}

// Statistics of one repetition do not exist.
Cell number(double value) {
  return std::isnan(value) ? Cell() : Cell(value);
}

Cell grid_size(const WidthSeries& series) {
  return series.n == 0 ? Cell() : Cell(series.n);
}

std::string operator_name(const WidthSeries& series) {
  return series.n == 0 ? "continuum" : "grid";
}

WidthSeries empty_series(const WidthTask& task) {
  const double beta_b = task.kernel == "bias" ? 1 : 0;
  return {.kernel = task.kernel,
          .n = task.n,
          .cutoff = task.cutoff,
          .widths = task.widths,
          .errors = std::vector<Matrix>(task.widths.size()),
          .max = {},
          .fro = {},
          .op = {},
          .tail = {},
          .twin = {},
          .moments = WidthMoments({.cutoff = task.cutoff, .beta_b = beta_b, .grid = task.n})};
}

// Position of the diagonal entry p in the lower triangle, row by row.
Index diagonal_place(Index p) {
  return p * (p + 3) / 2;
}

void add_record(WidthSeries& series, const Record& record) {
  for (std::size_t w = 0; w < series.widths.size(); ++w) {
    Matrix errors = record.matrix(fmt::format("blocks.{}", series.widths[w]));
    for (Index p = 0; p < basis_size(series.cutoff); ++p)
      errors.col(diagonal_place(p)).array() -= series.moments.eigenvalues()(basis_frequency(p));
    append(series.errors[w], errors);
  }
  append(series.op, record.matrix("op"));
  append(series.tail, record.vector("tail"));
  append(series.twin, record.matrix("twin"));
}

void add_norms(WidthSeries& series) {
  const Index seeds = series.op.rows(), widths = series.op.cols();
  series.max.resize(seeds, widths);
  series.fro.resize(seeds, widths);
  Vector weight = Vector::Constant(series.errors.front().cols(), 2);
  for (Index p = 0; p < basis_size(series.cutoff); ++p) weight(diagonal_place(p)) = 1;
  for (Index w = 0; w < widths; ++w) {
    const Matrix& errors = series.errors[static_cast<std::size_t>(w)];
    series.max.col(w) = errors.cwiseAbs().rowwise().maxCoeff();
    series.fro.col(w) = (errors.cwiseAbs2() * weight).cwiseSqrt();
  }
}

bool same_operator(const WidthSeries& series, const WidthTask& task) {
  return series.kernel == task.kernel && series.n == task.n && series.cutoff == task.cutoff &&
         series.widths == task.widths;
}

// The columns that name a row: m, K, kernel, operator, n.
std::vector<Cell> row_name(const WidthSeries& series, Index m) {
  return {integer(m), integer(series.cutoff), series.kernel, operator_name(series),
          grid_size(series)};
}

Table norm_table(const std::vector<WidthSeries>& list) {
  Table table("width",
              {"m", "K", "kernel", "operator", "n", "metric", "mean", "std", "rms", "q05", "q10",
               "q50", "q90", "q95", "predicted_rms", "envelope", "seeds", "envelope_over_q95"});
  for (const WidthSeries& series : list) {
    for (std::size_t w = 0; w < series.widths.size(); ++w) {
      const Index m = series.widths[w];
      for (const std::string metric : {"max", "fro", "op"}) {
        const Vector values = series.norm(metric).col(static_cast<Index>(w));
        const Summary s = summary(values);
        std::vector<Cell> row = row_name(series, m);
        row.insert(row.end(), {metric, s.mean, number(s.std), s.rms});
        for (const double q : {0.05, 0.1, 0.5, 0.9, 0.95}) row.push_back(quantile(values, q));
        const double rms = std::sqrt(series.moments.fro() / static_cast<double>(m));
        const double envelope = sharpest_width_envelope(series, m);
        const bool is_max = metric == "max";
        row.push_back(metric == "fro" ? Cell(rms) : Cell());
        row.push_back(is_max ? Cell(envelope) : Cell());
        row.push_back(integer(s.count));
        row.push_back(is_max ? Cell(envelope / quantile(values, 0.95)) : Cell());
        table.add(row);
      }
    }
  }
  return table;
}

Table plane_table(const std::vector<WidthSeries>& list) {
  Table table("width_planes", {"m", "K", "kernel", "operator", "n", "k", "l", "m_square_mean",
                               "standard_error", "predicted", "seeds"});
  for (const WidthSeries& series : list) {
    for (std::size_t w = 0; w < series.widths.size(); ++w) {
      const PlaneMoments planes = measured_planes(series, w);
      for (Index k = 0; k <= series.cutoff; ++k) {
        for (Index l = 0; l <= k; ++l) {
          std::vector<Cell> row = row_name(series, series.widths[w]);
          row.insert(row.end(), {integer(k), integer(l), planes.mean(k, l),
                                 number(planes.standard_error(k, l)), series.moments.planes()(k, l),
                                 integer(series.seeds())});
          table.add(row);
        }
      }
    }
  }
  return table;
}

Table exceedance_table(const std::vector<WidthSeries>& list) {
  Table table("width_exceedance",
              {"m", "K", "kernel", "operator", "n", "level", "probability", "bound", "seeds"});
  for (const WidthSeries& series : list) {
    for (const double level : exceedance_levels) {
      const Vector shares = exceedances(series, level);
      for (std::size_t w = 0; w < series.widths.size(); ++w) {
        const Index m = series.widths[w];
        std::vector<Cell> row = row_name(series, m);
        row.insert(row.end(), {level, shares(static_cast<Index>(w)),
                               exceedance_bound(series, m, level), integer(series.seeds())});
        table.add(row);
      }
    }
  }
  return table;
}

Table envelope_table(const std::vector<WidthSeries>& list) {
  Table table("width_envelopes",
              {"m", "K", "kernel", "operator", "n", "form", "c", "envelope", "envelope_over_q95"});
  for (const WidthSeries& series : list) {
    for (std::size_t w = 0; w < series.widths.size(); ++w) {
      const Index m = series.widths[w];
      const double q95 = quantile(series.max.col(static_cast<Index>(w)), 0.95);
      const auto add = [&](const std::string& form, Cell c, double envelope) {
        std::vector<Cell> row = row_name(series, m);
        row.insert(row.end(), {form, c, envelope, envelope / q95});
        table.add(row);
      };
      for (const double c : published_constants)
        add("published", c, width_envelope(m, c, envelope_options(series)));
      add("published", provable_width_constant,
          width_envelope(m, provable_width_constant, envelope_options(series)));
      add("sharper", Cell(), sharper_width_envelope(m, envelope_options(series)));
    }
  }
  return table;
}

Table place_table(const std::vector<WidthSeries>& list) {
  Table table("width_places", {"m", "K", "kernel", "operator", "n", "k", "l", "share", "seeds"});
  for (const WidthSeries& series : list) {
    for (std::size_t w = 0; w < series.widths.size(); ++w) {
      const auto places = largest_places(series, w);
      Matrix shares = Matrix::Zero(series.cutoff + 1, series.cutoff + 1);
      for (Index s = 0; s < places.rows(); ++s) shares(places(s, 0), places(s, 1)) += 1;
      shares /= static_cast<double>(series.seeds());
      for (Index k = 0; k <= series.cutoff; ++k) {
        for (Index l = 0; l <= k; ++l) {
          if (shares(k, l) == 0) continue;
          std::vector<Cell> row = row_name(series, series.widths[w]);
          row.insert(row.end(), {integer(k), integer(l), shares(k, l), integer(series.seeds())});
          table.add(row);
        }
      }
    }
  }
  return table;
}

Table tail_table(const std::vector<WidthSeries>& list) {
  Table table("width_tail",
              {"kernel", "operator", "n", "mean", "std", "standard_error", "predicted", "seeds"});
  for (const WidthSeries& series : list) {
    const Summary s = summary(series.tail);
    table.add({series.kernel, operator_name(series), grid_size(series), s.mean, number(s.std),
               number(s.standard_error), tail_moment(), integer(s.count)});
  }
  return table;
}

}  // namespace

const Matrix& WidthSeries::norm(const std::string& metric) const {
  return metric == "max" ? max : metric == "fro" ? fro : op;
}

std::vector<WidthSeries> width_series(const std::vector<Point<WidthConfig, WidthTask>>& points) {
  std::vector<WidthSeries> list;
  for (const auto& point : points) {
    bool known =
        false;  // two points never share a series; a point's tasks come operator by operator
    for (const auto& [task, record] : point.finished) {
      if (!known || !same_operator(list.back(), task)) list.push_back(empty_series(task));
      known = true;
      add_record(list.back(), record);
    }
  }
  for (WidthSeries& series : list) add_norms(series);
  return list;
}

std::string name_of(const WidthSeries& series) {
  return fmt::format("{}, {}", series.kernel,
                     series.n == 0 ? "continuum" : fmt::format("n = {}", series.n));
}

double tail_moment() {
  return 1 / (0.9 * std::sqrt(0.8));
}

double tail_std(const WidthSeries& series) {
  const double square = 1 / (0.8 * std::sqrt(0.6));
  const auto neurons = static_cast<double>(std::min(tail_neurons, series.widths.back()));
  return std::sqrt((square - tail_moment() * tail_moment()) / neurons);
}

PlaneMoments measured_planes(const WidthSeries& series, std::size_t width) {
  const Matrix& errors = series.errors[width];
  const auto m = static_cast<double>(series.widths[width]);
  const Index planes = series.cutoff + 1;
  PlaneMoments moments{Matrix(planes, planes), Matrix(planes, planes)};
  for (Index k = 0; k < planes; ++k) {
    for (Index l = 0; l <= k; ++l) {
      Vector squares = Vector::Zero(errors.rows());
      for (Index p = plane_start(k); p < plane_start(k) + plane_size(k); ++p) {
        for (Index q = plane_start(l); q < plane_start(l) + plane_size(l); ++q) {
          const Index place = std::max(p, q) * (std::max(p, q) + 1) / 2 + std::min(p, q);
          squares += m * errors.col(place).cwiseAbs2();
        }
      }
      const Summary s = summary(squares);
      moments.mean(k, l) = moments.mean(l, k) = s.mean;
      moments.standard_error(k, l) = moments.standard_error(l, k) = s.standard_error;
    }
  }
  return moments;
}

Eigen::Matrix<Index, Eigen::Dynamic, 2> largest_places(const WidthSeries& series,
                                                       std::size_t width) {
  const Matrix& errors = series.errors[width];
  Eigen::Matrix<Index, Eigen::Dynamic, 2> places(errors.rows(), 2);
  for (Index s = 0; s < errors.rows(); ++s) {
    Index place = 0, p = 0;
    errors.row(s).cwiseAbs().maxCoeff(&place);
    while (diagonal_place(p) < place) ++p;
    places.row(s) << basis_frequency(p), basis_frequency(place - p * (p + 1) / 2);
  }
  return places;
}

Vector exceedances(const WidthSeries& series, double e) {
  return (series.max.array() >= e).cast<double>().matrix().colwise().mean().transpose();
}

double exceedance_bound(const WidthSeries& series, Index m, double e) {
  const auto d = static_cast<double>(basis_size(series.cutoff));
  return std::min(1.0, d * (d + 1) * std::exp(-static_cast<double>(m) * e * e / (164 + 12.8 * e)));
}

EnvelopeOptions envelope_options(const WidthSeries& series) {
  return {.kernel = series.kernel == "bias" ? AngleKernel::bias : AngleKernel::nobias,
          .cutoff = series.cutoff,
          .failure = failure};
}

double sharpest_width_envelope(const WidthSeries& series, Index m) {
  const EnvelopeOptions options = envelope_options(series);
  return std::min(width_envelope(m, provable_width_constant, options),
                  sharper_width_envelope(m, options));
}

std::vector<Table> width_tables(const std::vector<WidthSeries>& series) {
  return {norm_table(series),     plane_table(series), exceedance_table(series),
          envelope_table(series), place_table(series), tail_table(series)};
}

}  // namespace wideband
