#include "wideband/experiment/circle/sampling_figures.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "wideband/circle/basis.hpp"
#include "wideband/circle/sample_matrices.hpp"
#include "wideband/circle/sample_moments.hpp"
#include "wideband/experiment/circle/sampling_tables.hpp"
#include "wideband/math/statistics.hpp"

namespace wideband {
namespace {

const Axis size_axis{.title = "samples n (dimensionless)", .log = true};

// Sizes of one kernel and cutoff, the first that the run has.
using Family = std::vector<const SampleGroup*>;

Family first_family(const std::vector<SampleGroup>& groups) {
  Family family;
  for (const SampleGroup& group : groups) {
    if (group.kernel == groups[0].kernel && group.cutoff == groups[0].cutoff)
      family.push_back(&group);
  }
  return family;
}

std::string family_name(const Family& family) {
  return fmt::format("{} kernel, K = {}", to_string(family[0]->kernel), family[0]->cutoff);
}

// Seed means with bars from the 5 % to the 95 % quantile.
void add_statistics(Series& series, double x, const Vector& values) {
  series.x.push_back(x);
  series.y.push_back(values.mean());
  series.low.push_back(quantile(values, 0.05));
  series.high.push_back(quantile(values, 0.95));
}

void add_point(Series& series, double x, double y) {
  series.x.push_back(x);
  series.y.push_back(y);
}

Panel concentration_panel(const Family& family, const std::string& title, std::size_t metric) {
  Panel panel{.title = title, .x = size_axis, .y = {.title = "error (dimensionless)", .log = true}};
  Series max{.label = "max", .style = 0};
  Series fro{.label = "Fro", .style = 1};
  Series rms{.label = "Fro, exact rms", .mark = Mark::line, .theory = true, .style = 1};
  Series bound{.label = "max, envelope .05", .mark = Mark::line, .theory = true, .style = 2};
  for (const SampleGroup* group : family) {
    const double n = static_cast<double>(group->n);
    const auto metrics = concentration_metrics(*group);
    add_statistics(max, n, metrics[metric].values);
    add_statistics(fro, n, metrics[metric + 1].values);
    add_point(rms, n, metrics[metric + 1].predicted_rms);
    add_point(bound, n, metrics[metric].envelope);
  }
  panel.series = {std::move(max), std::move(fro), std::move(rms), std::move(bound)};
  return panel;
}

Figure concentration_figure(const Family& family) {
  return {.name = "concentration",
          .title = fmt::format("Errors of n random angles, {}", family_name(family)),
          .caption =
              "Max and Frobenius norms of G - I, H - Lambda^(n) fall like n^(-1/2) on their "
              "exact rms lines; E keeps its Frobenius norm while its largest entry falls; "
              "every sample lies under the proven envelopes. Points are seed means, bars "
              "reach from the 5 % to the 95 % quantile.",
          .panels = {concentration_panel(family, "Gram matrix, G - I", 0),
                     concentration_panel(family, "Compressed, H - Lambda^(n)", 2),
                     concentration_panel(family, "Action, E", 4)}};
}

std::vector<std::string> column_names(Index d) {
  std::vector<std::string> names;
  for (Index p = 0; p < d; ++p) names.push_back(column_name(p));
  return names;
}

Panel heat_panel(const std::string& title, const Matrix& values, const std::string& scale) {
  const std::vector<std::string> names = column_names(values.rows());
  return {.title = title,
          .x = {.title = "basis column q"},
          .y = {.title = "basis column p"},
          .heat = HeatMap{
              .values = values, .row_labels = names, .column_labels = names, .scale_title = scale}};
}

Figure entry_figure(const SampleGroup& group) {
  const Matrix predicted =
      compressed_leading_variance(group.kernel, group.cutoff, group.n).cwiseSqrt();
  return {
      .name = "entries",
      .title = fmt::format("Entries of H - Lambda^(n), n = {}, {} samples", group.n, group.seeds()),
      .caption =
          "The rms of every entry over the samples (left) is (lambda_p + lambda_q) "
          "sqrt(v_pq/n) (right): the constant and the first plane carry the error.",
      .panels = {heat_panel("measured rms", compressed_entry_rms(group), "rms"),
                 heat_panel("predicted rms", predicted, "rms")}};
}

Figure place_figure(const SampleGroup& group) {
  return {.name = "largest-entry",
          .title = fmt::format("Where the largest entry sits, n = {}, {} samples", group.n,
                               group.seeds()),
          .caption =
              "The largest entry of G - I may sit anywhere off the planes' own blocks; that "
              "of H - Lambda^(n) sits at (const, cos1) or (const, sin1), where lambda_0 + "
              "lambda_1 is largest.",
          .panels = {heat_panel("G - I", largest_entry_counts(group, SampleError::gram), "samples"),
                     heat_panel("H - Lambda^(n)",
                                largest_entry_counts(group, SampleError::compressed), "samples")}};
}

Panel coordinate_panel(const Family& family) {
  Panel panel{.title = "Two centers for C",
              .x = size_axis,
              .y = {.title = "max error (dimensionless)", .log = true}};
  Series raw{.label = "about Lambda^(n)", .style = 0};
  Series centered{.label = "about its mean", .style = 1};
  Series scale{.label = "its largest deviation", .mark = Mark::line, .theory = true, .style = 2};
  const Vector lambda = basis_eigenvalues(family[0]->kernel, 1);
  for (const SampleGroup* group : family) {
    const double n = static_cast<double>(group->n);
    add_statistics(raw, n, group->coordinate_max);
    add_statistics(centered, n, group->coordinate_mean);
    add_point(scale, n, (lambda[0] + lambda[1]) / std::sqrt(n));
  }
  panel.series = {std::move(raw), std::move(centered), std::move(scale)};
  return panel;
}

// Seed mean of C_pp/lambda_p by frequency, beside the two candidates for its mean.
Panel diagonal_panel(const SampleGroup& group) {
  Panel panel{.title = fmt::format("Mean of C_pp over lambda_p, n = {}", group.n),
              .x = {.title = "frequency k (dimensionless)"},
              .y = {.title = "ratio (dimensionless)"}};
  Series measured{.label = "measured", .style = 0};
  Series tail{.label = "theory", .mark = Mark::line, .theory = true, .style = 0};
  Series self{.label = "Lambda^(n) (not its mean)", .mark = Mark::line, .theory = true, .style = 2};
  const Vector lambda = basis_eigenvalues(group.kernel, group.cutoff);
  const Vector mean = coordinate_means(group.kernel, group.cutoff, group.n);
  const Vector sampled = sampled_eigenvalues(group.kernel, group.cutoff, group.n);
  for (Index k = 0; k <= group.cutoff; ++k) {
    const Index p = plane_start(k);
    if (lambda[p] <= 0) continue;
    const auto block = group.coordinate_diagonal.middleCols(p, plane_size(k));
    const Vector ratio = block.rowwise().mean() / lambda[p];
    const Summary s = summary(ratio);
    const double bar = s.count > 1 ? 3 * s.standard_error : 0;
    const double x = static_cast<double>(k);
    add_point(measured, x, s.mean);
    measured.low.push_back(s.mean - bar);
    measured.high.push_back(s.mean + bar);
    add_point(tail, x, mean[p] / lambda[p]);
    add_point(self, x, sampled[p] / lambda[p]);
  }
  panel.series = {std::move(measured), std::move(tail), std::move(self)};
  return panel;
}

// The size whose self term shows best: small enough that Theta(0)/n matters, past the noise.
const SampleGroup& middle_of(const Family& family) {
  return *family[family.size() / 2];
}

Figure coordinate_figure(const Family& family) {
  return {.name = "coordinates",
          .title = fmt::format("Least squares coordinates, {}", family_name(family)),
          .caption =
              "C = G^(-1) H fluctuates like n^(-1/2) but is not centered at Lambda^(n): its "
              "diagonal keeps only tail_K/n of the self term Theta(0)/n. Bars: 5 % to 95 % "
              "quantiles (left), three standard errors (right).",
          .panels = {coordinate_panel(family), diagonal_panel(middle_of(family))}};
}

Panel envelope_panel(const Family& family, SampleError error, const std::string& title) {
  Panel panel{
      .title = title, .x = size_axis, .y = {.title = "envelope / 95 % quantile", .log = true}};
  int style = 0;
  for (const EnvelopeKind kind : envelope_kinds()) {
    std::string name = to_string(kind);
    std::replace(name.begin(), name.end(), '_', ' ');
    Series series{.label = proven(error, kind) ? name : name + " (other basis)", .style = style++};
    for (const SampleGroup* group : family) {
      const auto ratio = envelope_ratio(*group, error, kind);
      if (ratio) add_point(series, static_cast<double>(group->n), *ratio);
    }
    if (!series.x.empty()) panel.series.push_back(std::move(series));
  }
  Series one{.label = "1", .mark = Mark::line, .theory = true, .style = 7};
  add_point(one, static_cast<double>(family.front()->n), 1);
  add_point(one, static_cast<double>(family.back()->n), 1);
  panel.series.push_back(std::move(one));
  return panel;
}

Figure envelope_figure(const Family& family) {
  return {.name = "envelopes",
          .title = fmt::format("How conservative the tail bounds are, {}", family_name(family)),
          .caption =
              "Every proven envelope lies above the measured 95 % quantile, by the factor "
              "shown; the sharper ones are the closest. A first published bound that is not "
              "proven for this basis is named so.",
          .panels = {envelope_panel(family, SampleError::gram, "max|G - I|"),
                     envelope_panel(family, SampleError::compressed, "max|H - Lambda^(n)|"),
                     envelope_panel(family, SampleError::action, "max|E|")}};
}

}  // namespace

std::vector<Figure> sampling_figures(const std::vector<SampleGroup>& groups) {
  if (groups.empty()) return {};
  const Family family = first_family(groups);
  const SampleGroup& largest = *family.back();
  std::vector<Figure> figures;
  if (family.size() > 1) figures.push_back(concentration_figure(family));
  if (largest.cutoff > 0) figures.push_back(entry_figure(largest));
  if (largest.seeds() > 1 && largest.cutoff > 0) figures.push_back(place_figure(largest));
  figures.push_back(coordinate_figure(family));
  if (family.size() > 1) figures.push_back(envelope_figure(family));
  return figures;
}

}  // namespace wideband
