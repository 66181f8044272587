#include "wideband/experiment/circle/sampling_moments.hpp"

#include <cmath>
#include <complex>
#include <stdexcept>

#include <fmt/format.h>

#include "wideband/circle/basis.hpp"
#include "wideband/circle/sample_matrices.hpp"
#include "wideband/circle/spectrum.hpp"
#include "wideband/data/circle_points.hpp"
#include "wideband/experiment/circle/seed_arrays.hpp"
#include "wideband/random/key.hpp"

namespace wideband {
namespace {

constexpr Index mixing_terms = 2000;
constexpr Index mixing_limit = 256;  // largest n at which the mixing sum is added up

Vector upper_triangle(const Matrix& M) {
  const Index d = M.rows();
  Vector values(d * (d + 1) / 2);
  for (Index p = 0; p < d; ++p) {
    for (Index q = p; q < d; ++q) values[triangle_index(d, p, q)] = M(p, q);
  }
  return values;
}

SampleGroup empty_group(Index n, Index cutoff, Index seeds) {
  const Index d = basis_size(cutoff);
  SampleGroup group;
  group.cutoff = cutoff;
  group.n = n;
  for (Vector* values :
       {&group.gram_max, &group.gram_fro, &group.compressed_max, &group.compressed_fro,
        &group.action_max, &group.action_fro, &group.coordinate_max, &group.coordinate_mean})
    values->resize(seeds);
  group.gram.resize(seeds, d * (d + 1) / 2);
  group.compressed.resize(seeds, d * (d + 1) / 2);
  group.coordinate_diagonal.resize(seeds, d);
  group.action_column.resize(seeds, d);
  group.largest.resize(seeds, 5);
  group.coefficient_square.resize(seeds, std::max<Index>(cutoff, 1));
  return group;
}

void measure(SampleGroup& group, Index i, const SortedAngles& angles,
             const SampleMatrixOptions& options) {
  const SampleMatrices matrices = sample_matrices(angles, options);
  const SampleErrors errors = sample_errors(matrices);
  group.gram_max[i] = errors.gram.value;
  group.gram_fro[i] = errors.gram_fro;
  group.compressed_max[i] = errors.compressed.value;
  group.compressed_fro[i] = errors.compressed_fro;
  group.action_max[i] = errors.action.value;
  group.action_fro[i] = errors.action_fro;
  group.coordinate_max[i] = errors.coordinate_max;
  group.coordinate_mean[i] = errors.coordinate_mean;
  group.gram.row(i) = upper_triangle(matrices.G);
  group.compressed.row(i) = upper_triangle(matrices.H);
  group.coordinate_diagonal.row(i) = matrices.C.diagonal();
  group.action_column.row(i) = errors.action_column;
  group.largest.row(i) << static_cast<double>(errors.gram.row),
      static_cast<double>(errors.gram.column), static_cast<double>(errors.compressed.row),
      static_cast<double>(errors.compressed.column), static_cast<double>(errors.action.column);
  for (Index q = 0; q < group.coefficient_square.cols(); ++q)
    group.coefficient_square(i, q) = std::norm(empirical_coefficient(angles, q + 1));
}

// Row: frequency k, worst |A e_k - mixing sum| over the samples, what the cut may leave out.
Matrix mixing_errors(AngleKernel kernel, const SortedAngles& angles, Index cutoff) {
  std::vector<Index> frequencies = {0};
  for (const Index k : {std::min<Index>(cutoff, 3), cutoff}) {
    if (k > frequencies.back()) frequencies.push_back(k);
  }
  Matrix rows(static_cast<Index>(frequencies.size()), 3);
  for (Index i = 0; i < rows.rows(); ++i) {
    const Index k = frequencies[static_cast<std::size_t>(i)];
    const Vector phase = static_cast<double>(k) * angles.angle();
    Eigen::VectorXcd difference = mode_mixing_sum(kernel, angles, k, mixing_terms);
    difference.real() -= operator_product(kernel, angles, phase.array().cos().matrix());
    difference.imag() -= operator_product(kernel, angles, phase.array().sin().matrix());
    // The terms lambda S e are rounded to eps each, and their absolute sum is below Theta(0).
    const double rounding = 1e-13;
    rows.row(i) << static_cast<double>(k), difference.cwiseAbs().maxCoeff(),
        spectrum_tail(kernel, mixing_terms) + rounding;
  }
  return rows;
}

std::string prefix(Index n) {
  return fmt::format("n{}.", n);
}

void put_group(Record& record, const SampleGroup& group) {
  const std::string start = prefix(group.n);
  record.put(start + "gram_max", group.gram_max);
  record.put(start + "gram_fro", group.gram_fro);
  record.put(start + "compressed_max", group.compressed_max);
  record.put(start + "compressed_fro", group.compressed_fro);
  record.put(start + "action_max", group.action_max);
  record.put(start + "action_fro", group.action_fro);
  record.put(start + "coordinate_max", group.coordinate_max);
  record.put(start + "coordinate_mean", group.coordinate_mean);
  record.put(start + "gram", group.gram);
  record.put(start + "compressed", group.compressed);
  record.put(start + "coordinate_diagonal", group.coordinate_diagonal);
  record.put(start + "action_column", group.action_column);
  record.put(start + "largest", group.largest);
  record.put(start + "coefficient_square", group.coefficient_square);
  if (group.mixing.size() > 0) record.put(start + "mixing", group.mixing);
}

void append_record(SampleGroup& group, const Record& record) {
  const std::string start = prefix(group.n);
  append(group.gram_max, record.vector(start + "gram_max"));
  append(group.gram_fro, record.vector(start + "gram_fro"));
  append(group.compressed_max, record.vector(start + "compressed_max"));
  append(group.compressed_fro, record.vector(start + "compressed_fro"));
  append(group.action_max, record.vector(start + "action_max"));
  append(group.action_fro, record.vector(start + "action_fro"));
  append(group.coordinate_max, record.vector(start + "coordinate_max"));
  append(group.coordinate_mean, record.vector(start + "coordinate_mean"));
  append(group.gram, record.matrix(start + "gram"));
  append(group.compressed, record.matrix(start + "compressed"));
  append(group.coordinate_diagonal, record.matrix(start + "coordinate_diagonal"));
  append(group.action_column, record.matrix(start + "action_column"));
  append(group.largest, record.matrix(start + "largest"));
  append(group.coefficient_square, record.matrix(start + "coefficient_square"));
  if (record.has(start + "mixing")) group.mixing = record.matrix(start + "mixing");
}

SampleGroup& group_of(std::vector<SampleGroup>& groups, std::size_t first,
                      const SampleGroup& head) {
  for (std::size_t i = first; i < groups.size(); ++i) {
    if (groups[i].n == head.n) return groups[i];
  }
  groups.push_back(head);
  return groups.back();
}

}  // namespace

Index triangle_index(Index d, Index p, Index q) {
  return p * d - p * (p - 1) / 2 + (q - p);
}

std::string column_name(Index column) {
  if (column == 0) return "const";
  return fmt::format("{}{}", column % 2 == 1 ? "cos" : "sin", basis_frequency(column));
}

SortedAngles sampled_angles(const SamplingTask& task, Index n, Index repetition) {
  if (!task.angles.empty()) {
    return SortedAngles(Eigen::Map<const Vector>(task.angles.data(), n));
  }
  const Key key = Key(static_cast<std::uint64_t>(task.seed)).child("angles").child(repetition);
  return SortedAngles(random_angles(n, key));
}

Record moments_record(const SamplingTask& task) {
  const SampleMatrixOptions options{.kernel = angle_kernel(task.kernel),
                                    .cutoff = task.cutoff,
                                    .published_gram_ridge = task.published_gram_ridge};
  Record record;
  for (const Index n : task.sizes) {
    SampleGroup group = empty_group(n, task.cutoff, task.count);
    for (Index i = 0; i < task.count; ++i) {
      const SortedAngles angles = sampled_angles(task, n, task.first + i);
      measure(group, i, angles, options);
      if (task.first + i == 0 && n <= mixing_limit)
        group.mixing = mixing_errors(options.kernel, angles, task.cutoff);
    }
    put_group(record, group);
  }
  return record;
}

Cost moments_cost(const SamplingTask& task, Index n) {
  const double size = static_cast<double>(n);
  const double d = static_cast<double>(basis_size(task.cutoff));
  const double matrices = 1e-5 + size * (1e-7 + 2e-8 * d + 6e-10 * d * d);
  // Sample 0 of a small size adds up the mixing sums; spread over the seeds of its task.
  const bool mixes = task.first == 0 && n <= mixing_limit;
  const double frequencies = static_cast<double>(std::min<Index>(task.cutoff, 2) + 1);
  const double mixing = mixes ? frequencies * 2 * mixing_terms * size * 4.5e-8 : 0;
  return {matrices + mixing / static_cast<double>(task.count), 1e6 + size * (16 * d + 32)};
}

std::vector<SampleGroup> sample_groups(
    const std::vector<Point<SamplingConfig, SamplingTask>>& points) {
  std::vector<SampleGroup> groups;
  for (const auto& point : points) {
    const std::size_t first = groups.size();
    for (const auto& [task, record] : point.finished) {
      if (task.steps > 0) continue;
      for (const Index n : task.sizes) {
        SampleGroup head;
        head.kernel = angle_kernel(task.kernel);
        head.cutoff = task.cutoff;
        head.n = n;
        head.from_file = !task.angles.empty();
        head.judged = point.config.steps == 0;
        append_record(group_of(groups, first, head), record);
      }
    }
  }
  return groups;
}

}  // namespace wideband
