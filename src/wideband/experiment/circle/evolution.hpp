// The experiment circle-evolution: trained networks beside their frozen kernel, on one time axis.
#pragma once

#include <string>
#include <vector>

#include "wideband/experiment/experiment.hpp"

namespace wideband {

struct EvolutionConfig {
  Index seed = 1;
  std::vector<Index> sizes = {2048};
  std::vector<Index> widths = {128, 256, 512, 1024};
  std::vector<std::string> targets = {"decreasing", "equal", "reversed", "sparse", "sparse-11-12"};
  double eta = 0.2048;
  double published_eta_scale = 0.05;
  Index steps = 20000;
  Index seeds = 5;
  Index cutoff = 12;
  Index rate_cutoff = 64;
  std::vector<double> compare_times = {200, 1000};
  bool centered = false;
  std::string phase_convention = "cosine";
};

template <class Visitor>
void visit_fields(EvolutionConfig& config, Visitor&& visit) {
  visit("seed", config.seed, Field{.meaning = "root key of all randomness", .minimum = 0});
  visit("sizes", config.sizes,
        Field{.meaning = "samples n of the grid", .minimum = 5, .maximum = 1 << 16});
  visit("widths", config.widths, Field{.meaning = "widths m", .minimum = 1, .maximum = 1 << 24});
  visit("targets", config.targets, Field{.meaning = "targets by name"});
  visit("eta", config.eta,
        Field{.meaning = "operator step eta = lr n of evolving and frozen_matched",
              .minimum = 0,
              .exclusive = true});
  visit("published_eta_scale", config.published_eta_scale,
        Field{.meaning = "frozen_published steps by this over lambda_max(A_0) of each seed",
              .minimum = 0,
              .exclusive = true,
              .maximum = 0.999});
  visit("steps", config.steps, Field{.meaning = "gradient steps", .minimum = 1, .maximum = 1e8});
  visit("seeds", config.seeds, Field{.meaning = "repetitions", .minimum = 1, .maximum = 1e7});
  visit("cutoff", config.cutoff,
        Field{.meaning = "largest frequency of strengths and alignment", .minimum = 1});
  visit("rate_cutoff", config.rate_cutoff,
        Field{.meaning = "largest frequency that the rate metrics resolve, within cutoff..(n-1)/2",
              .minimum = 1});
  visit("compare_times", config.compare_times,
        Field{.meaning = "times t = eta s at which branches are compared, besides the last",
              .minimum = 0,
              .exclusive = true});
  visit("centered", config.centered,
        Field{.meaning = "whether the random start f_0 is subtracted from the outputs"});
  visit("phase_convention", config.phase_convention,
        Field{.meaning = "how the phases of the targets are read",
              .choices = {"cosine", "sine", "negative_cosine"}});
}

/// One width and a block of seeds: the targets share networks and frozen kernels at the start.
struct EvolutionTask {
  Index seed = 0;
  Index n = 0;
  Index m = 0;
  std::vector<std::string> targets;
  double eta = 0;
  double published_eta_scale = 0;
  Index steps = 0;
  Index first_seed = 0;
  Index seeds = 0;
  Index cutoff = 0;
  Index rate_cutoff = 0;
  bool centered = false;
  std::string phase_convention = "cosine";
};

template <class Visitor>
void visit_fields(EvolutionTask& task, Visitor&& visit) {
  visit("seed", task.seed, Field{.meaning = "root key"});
  visit("n", task.n, Field{.meaning = "samples"});
  visit("m", task.m, Field{.meaning = "width"});
  visit("targets", task.targets, Field{.meaning = "targets"});
  visit("eta", task.eta, Field{.meaning = "operator step"});
  visit("published_eta_scale", task.published_eta_scale, Field{.meaning = "published step scale"});
  visit("steps", task.steps, Field{.meaning = "gradient steps"});
  visit("first_seed", task.first_seed, Field{.meaning = "first repetition of the block"});
  visit("seeds", task.seeds, Field{.meaning = "repetitions in the block"});
  visit("cutoff", task.cutoff, Field{.meaning = "largest frequency of strengths and alignment"});
  visit("rate_cutoff", task.rate_cutoff, Field{.meaning = "largest frequency of rate metrics"});
  visit("centered", task.centered, Field{.meaning = "f_0 subtracted"});
  visit("phase_convention", task.phase_convention, Field{.meaning = "reading of phases"});
}

/// The tasks of a config: sizes, widths, and blocks of seeds of at least half a second.
std::vector<EvolutionTask> evolution_tasks(const EvolutionConfig& config);

/// The record of a task. Pure, one thread.
Record evolution_record(const EvolutionTask& task);

/// The experiment for the registry.
Experiment circle_evolution();

}  // namespace wideband
