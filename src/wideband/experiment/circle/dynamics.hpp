// The experiment circle-dynamics: how Fourier planes decay under gradient steps, by n and start.
#pragma once

#include <string>
#include <vector>

#include "wideband/experiment/experiment.hpp"

namespace wideband {

struct DynamicsConfig {
  Index seed = 1;
  std::vector<Index> sizes = {1024, 4096};
  std::vector<std::string> targets = {"base4", "swap4"};
  std::vector<std::string> kernel = {"bias", "nobias"};
  std::string sampling = "grid";
  double eta_scale = 0.05;
  Index steps = 1000;
  Index cutoff = 8;
  std::string start = "zero";
  Index seeds = 1;
  std::string model = "kernel";
  std::vector<Index> widths = {64, 1024};
  double eta = 0.2048;
  std::string phase_convention = "cosine";
};

template <class Visitor>
void visit_fields(DynamicsConfig& config, Visitor&& visit) {
  visit("seed", config.seed, Field{.meaning = "root key of all randomness", .minimum = 0});
  visit(
      "sizes", config.sizes,
      Field{
          .meaning = "numbers of samples n, n >= 2 cutoff + 1", .minimum = 1, .maximum = 1 << 24});
  visit("targets", config.targets, Field{.meaning = "named targets f*"});
  visit("kernel", config.kernel,
        Field{.meaning = "kernels; a trained network is \"bias\" or \"nobias\"",
              .choices = {"K0", "K1", "nobias", "bias"}});
  visit("sampling", config.sampling, Field{.meaning = "angles", .choices = {"grid", "iid"}});
  visit("eta_scale", config.eta_scale,
        Field{.meaning = "kernel flows: eta = eta_scale/lambda_max(A)",
              .minimum = 0,
              .exclusive = true});
  visit("steps", config.steps,
        Field{.meaning = "gradient steps", .minimum = 0, .maximum = 100000000});
  visit("cutoff", config.cutoff,
        Field{.meaning = "largest frequency shown", .minimum = 0, .maximum = 4096});
  visit("start", config.start,
        Field{.meaning = "f_0 of kernel flows: zero, or a draw from N(0, K0)",
              .choices = {"zero", "gaussian"}});
  visit("seeds", config.seeds,
        Field{.meaning = "repetitions of what is random", .minimum = 1, .maximum = 1e7});
  visit("model", config.model,
        Field{.meaning = "kernel flows, or trained networks", .choices = {"kernel", "trained"}});
  visit("widths", config.widths, Field{.meaning = "trained: widths m", .minimum = 1});
  visit("eta", config.eta,
        Field{.meaning = "trained: operator step eta = lr n", .minimum = 0, .exclusive = true});
  visit("phase_convention", config.phase_convention,
        Field{.meaning = "how the phases of the targets are read",
              .choices = {"cosine", "sine", "negative_cosine"}});
}

/// Some flows of one protocol: flow i has kernel[i], sizes[i], targets[i], widths[i] (0 for the
/// kernel itself). What the flows do not use is left empty or 0.
struct DynamicsTask {
  std::vector<std::string> kernel;
  std::vector<Index> sizes;
  std::vector<std::string> targets;
  std::vector<Index> widths;
  std::string sampling;
  std::string start;
  std::string phase_convention;
  double eta_scale = 0;
  double eta = 0;
  Index steps = 0;
  Index cutoff = 0;
  Index seeds = 0;
  Index seed = 0;
};

template <class Visitor>
void visit_fields(DynamicsTask& task, Visitor&& visit) {
  visit("kernel", task.kernel, Field{.meaning = "kernel of each flow"});
  visit("sizes", task.sizes, Field{.meaning = "samples of each flow"});
  visit("targets", task.targets, Field{.meaning = "target of each flow"});
  visit("widths", task.widths, Field{.meaning = "width of each flow, 0: the kernel"});
  visit("sampling", task.sampling, Field{.meaning = "grid or iid"});
  visit("start", task.start, Field{.meaning = "zero, gaussian, or network"});
  visit("phase_convention", task.phase_convention, Field{.meaning = "reading of phases"});
  visit("eta_scale", task.eta_scale, Field{.meaning = "eta lambda_max of kernel flows"});
  visit("eta", task.eta, Field{.meaning = "operator step of trained networks"});
  visit("steps", task.steps, Field{.meaning = "gradient steps"});
  visit("cutoff", task.cutoff, Field{.meaning = "largest frequency"});
  visit("seeds", task.seeds, Field{.meaning = "repetitions"});
  visit("seed", task.seed, Field{.meaning = "root key"});
}

/// Throws std::invalid_argument for unknown targets, n < 2 cutoff + 1, and combinations that have
/// no meaning (a Gaussian start on iid angles, a trained network of K0 or K1).
void validate_dynamics(const DynamicsConfig& config);

/// One flow per kernel, size, target (and width), in groups of about half a second.
std::vector<DynamicsTask> dynamics_tasks(const DynamicsConfig& config);

/// The record of a task. Pure, one thread.
Record dynamics_record(const DynamicsTask& task);

/// The experiment for the registry.
Experiment circle_dynamics();

}  // namespace wideband
