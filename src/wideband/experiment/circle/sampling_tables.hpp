// The tables of circle-sampling, and the statistics that its claims and figures share.
#pragma once

#include <string>
#include <vector>

#include "wideband/circle/envelopes.hpp"
#include "wideband/experiment/circle/sampling_moments.hpp"

namespace wideband {

/// Failure probability of every envelope that the experiment shows.
inline constexpr double envelope_failure = 0.05;

/// One metric of concentration.csv.
struct ConcentrationMetric {
  std::string name;
  Vector values;             // one per sample
  double predicted_rms = 0;  // 0: none
  double envelope = 0;       // the sharpest proven one, 0: none
};

/// gram_max, gram_fro, compressed_max, compressed_fro, action_max, action_fro.
std::vector<ConcentrationMetric> concentration_metrics(const SampleGroup& group);

/// The largest entries of a group, sample by sample.
const Vector& largest_errors(const SampleGroup& group, SampleError error);

/// Envelope over the 95 % quantile of its error, none where there is no such envelope.
std::optional<double> envelope_ratio(const SampleGroup& group, SampleError error,
                                     EnvelopeKind kind);

/// Rms of the entries of H - Lambda^(n) over the samples (d, d).
Matrix compressed_entry_rms(const SampleGroup& group);

/// How often each (row, column) holds the largest entry of G - I or H - Lambda^(n) (d, d).
Matrix largest_entry_counts(const SampleGroup& group, SampleError error);

/// tables/concentration.csv, coordinates.csv, coordinate_diagonal.csv, action_columns.csv,
/// entries.csv, largest_entry.csv, envelopes.csv, required_samples.csv.
std::vector<Table> moments_tables(const std::vector<SampleGroup>& groups);

}  // namespace wideband
