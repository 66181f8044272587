// The experiment circle-width: how far the tangent operator of m random neurons is from its mean.
#pragma once

#include <string>
#include <vector>

#include "wideband/experiment/experiment.hpp"

namespace wideband {

struct WidthConfig {
  Index seed = 1;
  std::vector<Index> widths = {32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384};
  Index cutoff = 10;
  Index seeds = 1000;
  std::string kernel = "bias";
  std::string operator_kind = "continuum";
  std::vector<Index> sizes = {4096};
};

template <class Visitor>
void visit_fields(WidthConfig& config, Visitor&& visit) {
  visit("seed", config.seed, Field{.meaning = "root key of all randomness", .minimum = 0});
  visit("widths", config.widths,
        Field{.meaning = "widths m, nested: the first m neurons of one stream",
              .minimum = 1,
              .maximum = 1e9});
  visit("cutoff", config.cutoff,
        Field{.meaning = "K, frequencies k <= K", .minimum = 1, .maximum = 400});
  visit("seeds", config.seeds, Field{.meaning = "networks", .minimum = 1, .maximum = 1e7});
  visit("kernel", config.kernel,
        Field{.meaning = "bias: beta_b = 1, nobias: beta_b = 0", .choices = {"bias", "nobias"}});
  visit("operator", config.operator_kind,
        Field{.meaning = "exact on the whole circle, or on the samples of a grid",
              .choices = {"continuum", "grid"}});
  visit("sizes", config.sizes,
        Field{.meaning = "grid sizes n (operator grid)", .minimum = 1, .maximum = 1 << 22});
}

/// A block of consecutive seeds for one operator.
struct WidthTask {
  Index seed = 0;
  std::vector<Index> widths;  // increasing
  Index cutoff = 0;
  std::string kernel;
  Index n = 0;      // grid size; 0 is the continuum
  Index first = 0;  // seeds first, ..., first + count - 1
  Index count = 0;
};

template <class Visitor>
void visit_fields(WidthTask& task, Visitor&& visit) {
  visit("seed", task.seed, Field{.meaning = "root key"});
  visit("widths", task.widths, Field{.meaning = "widths m"});
  visit("cutoff", task.cutoff, Field{.meaning = "K"});
  visit("kernel", task.kernel, Field{.meaning = "bias or nobias"});
  visit("n", task.n, Field{.meaning = "grid size, 0 is the continuum"});
  visit("first", task.first, Field{.meaning = "first seed"});
  visit("count", task.count, Field{.meaning = "seeds"});
}

/// Neurons of each seed, of all that there are, whose exp(Y/40) are averaged.
inline constexpr Index tail_neurons = 4096;

/// Blocks of seeds of about a second each, for every operator of the config.
std::vector<WidthTask> width_tasks(const WidthConfig& config);

/// "blocks.M" (seeds, d(d+1)/2): the lower triangle of B_M, row by row, for every width M;
/// "op" (seeds, widths): |B_m - mean|_op; "tail" (seeds): mean of exp(Y/40), Y = 2|w|^2 + 4a^2,
/// over the first neurons; "twin" (seeds, 2), for the first ten seeds: largest difference to the
/// general formula at the smallest width and the bound on it, 0 elsewhere.
Record width_record(const WidthTask& task);

/// The experiment for the registry.
Experiment circle_width();

}  // namespace wideband
