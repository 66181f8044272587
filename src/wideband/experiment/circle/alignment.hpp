// The experiment circle-alignment: how eigenspaces of random networks lie to the Fourier planes.
#pragma once

#include <string>
#include <vector>

#include "wideband/experiment/experiment.hpp"

namespace wideband {

struct AlignmentConfig {
  Index seed = 1;
  std::vector<Index> sizes = {2048};
  std::vector<Index> widths = {32, 64, 128, 256, 512, 1024};
  Index cutoff = 12;
  Index seeds = 10;
  std::string operator_kind = "grid";
  Index operator_cutoff = 128;
  std::vector<Index> supports = {3, 6, 8, 12};
};

template <class Visitor>
void visit_fields(AlignmentConfig& config, Visitor&& visit) {
  visit("seed", config.seed, Field{.meaning = "root key of all randomness", .minimum = 0});
  visit("sizes", config.sizes,
        Field{.meaning = "grid sizes n (operator grid)", .minimum = 1, .maximum = 16384});
  visit("widths", config.widths,
        Field{.meaning = "widths m, nested: the first m neurons of one stream",
              .minimum = 1,
              .maximum = 1e9});
  visit("cutoff", config.cutoff,
        Field{.meaning = "K, planes k <= K", .minimum = 1, .maximum = 400});
  visit("seeds", config.seeds, Field{.meaning = "networks", .minimum = 1, .maximum = 1e7});
  visit("operator", config.operator_kind,
        Field{.meaning = "A on the samples of a grid, or the continuum block cut at a frequency",
              .choices = {"grid", "continuum"}});
  visit("operator_cutoff", config.operator_cutoff,
        Field{.meaning = "frequency at which the continuum operator is cut",
              .minimum = 1,
              .maximum = 2000});
  visit("supports", config.supports,
        Field{.meaning = "targets with the frequencies 0, ..., k (those up to the cutoff are used)",
              .minimum = 0});
}

/// A block of consecutive seeds for one operator.
struct AlignmentTask {
  Index seed = 0;
  Index n = 0;                // grid size; 0 is the continuum
  Index operator_cutoff = 0;  // continuum only
  std::vector<Index> widths;  // increasing
  Index cutoff = 0;
  std::vector<Index> supports;  // increasing, at most cutoff
  Index first = 0;              // seeds first, ..., first + count - 1
  Index count = 0;
};

template <class Visitor>
void visit_fields(AlignmentTask& task, Visitor&& visit) {
  visit("seed", task.seed, Field{.meaning = "root key"});
  visit("n", task.n, Field{.meaning = "grid size, 0 is the continuum"});
  visit("operator_cutoff", task.operator_cutoff, Field{.meaning = "cut of the continuum"});
  visit("widths", task.widths, Field{.meaning = "widths m"});
  visit("cutoff", task.cutoff, Field{.meaning = "K"});
  visit("supports", task.supports, Field{.meaning = "largest frequencies of targets"});
  visit("first", task.first, Field{.meaning = "first seed"});
  visit("count", task.count, Field{.meaning = "seeds"});
}

/// Blocks of seeds of a few seconds each, for every operator of the config.
std::vector<AlignmentTask> alignment_tasks(const AlignmentConfig& config);

/// Names of the quantities per plane, for each matching.
inline const std::vector<std::string> plane_quantities = {
    "fro", "op", "cosine", "eigenvalue", "splitting", "overlap", "angle_min", "angle_max"};

/// "shared.Q", "exclusive.Q" for the quantities Q (seeds, widths x planes); "captured" likewise;
/// "cloud" (seeds, widths x planes x 4), U_k'v of the exclusive pair: cos and sin of each;
/// "target_error", "reliability" (seeds, widths x supports); "leakage" (seeds, widths x columns).
Record alignment_record(const AlignmentTask& task);

/// Coefficients of the target of a support: amplitudes 1 at the frequencies 0, ..., k with phases
/// 0, 0, pi/2, pi/2 repeating, in the orthonormal basis of `cutoff`.
Vector support_target(Index k, Index cutoff);

/// The experiment for the registry.
Experiment circle_alignment();

}  // namespace wideband
