// A small circle-evolution measured once for all tests, and made-up results that satisfy its
// claims.
#pragma once

#include <cmath>
#include <string>

#include "wideband/circle/basis.hpp"
#include "wideband/data/target.hpp"
#include "wideband/experiment/circle/evolution_results.hpp"
#include "wideband/experiment/circle/evolution_run.hpp"
#include "wideband/linalg/product.hpp"

namespace wideband::test {

/// As every run sets it: a second BLAS thread would spin where other tests need the core.
inline const bool one_blas_thread = (set_blas_threads(1), true);

inline EvolutionConfig small_evolution_config() {
  EvolutionConfig config;
  config.sizes = {96};
  config.widths = {24, 48};
  config.targets = {"sparse", "sparse-11-12"};
  config.steps = 600;
  config.seeds = 2;
  config.cutoff = 3;
  config.rate_cutoff = 14;
  config.compare_times = {20, 50};
  return config;
}

inline const EvolutionResults& small_evolution() {
  static const EvolutionResults results = [] {
    Point<EvolutionConfig, EvolutionTask> point{small_evolution_config(), {}};
    for (const EvolutionTask& task : evolution_tasks(point.config))
      point.finished.push_back({task, evolution_record(task)});
    return evolution_results({point});
  }();
  return results;
}

/// What the made-up runs of one group are like.
struct MadeUpGroup {
  std::string target = "sparse";
  Index m = 4096;
  double eta = 0.1;
  double lead = -1;  // Delta at the end; negative: evolving leads
};

/// 8 seeds whose values lie within 1 % of a picture in which every claim holds.
inline EvolutionGroup made_up_group(const MadeUpGroup& wanted) {
  const Index seeds = 8, n = 64, cutoff = 5;
  const auto steps = static_cast<Index>(std::llround(100 / wanted.eta));
  EvolutionGroup group{.target = wanted.target,
                       .n = n,
                       .m = wanted.m,
                       .eta = wanted.eta,
                       .cutoff = cutoff,
                       .phase_convention = "cosine",
                       .steps = snapshot_steps(steps),
                       .eigen_steps = eigen_steps(steps),
                       .compare_times = {20, 50},
                       .data = {}};
  const auto P = group.snapshots();
  const auto E = static_cast<Index>(group.eigen_steps.size());
  const double T = group.time(P - 1);
  // Seeds differ by a factor close to 1, the same in all branches.
  const auto seeded = [&](Index columns, const auto& value) {
    Matrix values(seeds, columns);
    for (Index s = 0; s < seeds; ++s) {
      for (Index p = 0; p < columns; ++p)
        values(s, p) = value(p) * (1 + 0.01 * std::cos(2 + 3 * static_cast<double>(s)));
    }
    return values;
  };
  const double start = static_cast<double>(n) * (energy(target(wanted.target)) + 0.5) / 2;
  const auto frozen = [&](Index p) { return start * std::exp(-0.02 * group.time(p)); };
  group.data["loss_frozen_matched"] = seeded(P, frozen);
  group.data["loss_frozen_published"] = seeded(P, frozen);
  group.data["loss_frozen_published_at_time"] = seeded(P, frozen);
  group.data["loss_evolving"] = seeded(P, [&](Index p) {
    return frozen(p) * std::exp(wanted.lead * (1 + 0.1 * wanted.eta) * group.time(p) / T);
  });
  // The lead differs between seeds, too, or it would have no standard error.
  for (Index s = 0; s < seeds; ++s) {
    const double wobble = 0.01 * std::cos(5.0 * static_cast<double>(s));
    for (Index p = 1; p < P; ++p) group.data["loss_evolving"](s, p) *= std::exp(wobble);
  }
  const auto constant = [&](Index columns, double value) {
    return seeded(columns, [value](Index) { return value; });
  };
  for (const char* name : {"R", "R_frozen", "R_initial_kernel", "R_frozen_residual"})
    group.data[name] = constant(P, 0.01);
  group.data["D"] = group.data["D_diagonal"] = constant(P, 0.011);
  group.data["integral_R"] = seeded(P, [&](Index p) { return 0.01 * group.time(p); });
  group.data["integral_D"] = group.data["integral_D_half"] =
      seeded(P, [&](Index p) { return 0.011 * group.time(p); });
  group.data["trace"] = constant(P, 1.5);
  group.data["lambda_max"] = constant(P, 0.55);
  for (const char* name : {"block_max", "block_fro", "block_op"})
    group.data[name] = seeded(P, [&](Index p) { return 0.001 * group.time(p); });
  group.data["step_defect"] = constant(P, 0.01);
  group.data["step_bound"] = constant(P, 0.1);
  group.data["distance"] =
      seeded(P, [&](Index p) { return 0.001 * group.time(p) / static_cast<double>(wanted.m); });
  // Strengths grow by 1 at k <= 2 and by 1 % above; cosines fall more for high k and small m.
  const Index planes = cutoff + 1;
  group.data["strength"] = seeded(P * planes, [&](Index q) {
    const Index k = q % planes;
    const double growth = (k <= 2 ? 1.0 : 0.01) * group.time(q / planes) / T;
    return 0.5 / static_cast<double>((k + 1) * (k + 1)) * (1 + growth);
  });
  for (const char* branch : {"evolving", "frozen_matched", "frozen_published"})
    group.data[std::string("energy_") + branch] = constant(P * planes, 0.1);
  const auto cosine = [&](Index q) {
    const auto k = static_cast<double>(q % planes);
    const double moved = static_cast<double>(q / planes) / static_cast<double>(E - 1);
    return 0.95 - moved * (0.05 + 0.04 * k) * std::sqrt(128 / static_cast<double>(wanted.m));
  };
  for (const char* name : {"cosine_shared", "cosine_exclusive", "cosine_prefix"})
    group.data[name] = seeded(E * planes, cosine);
  group.data["captured"] = constant(E * planes, 0.99);
  group.data["coupling"] = constant(E * (planes + 1) * (planes + 1), 1e-4);
  group.data["published_eta"] = constant(1, 0.09);
  group.data["stopped"] = Matrix::Constant(seeds, 1, -1);
  group.data["coupling_mismatch"] = Matrix::Constant(seeds, 1, 1e-15);
  return group;
}

/// Groups for which every claim holds: two widths, two targets, three step sizes.
inline EvolutionResults made_up_evolution() {
  EvolutionResults results;
  for (const char* target : {"sparse", "sparse-11-12"}) {
    results.groups.push_back(made_up_group({target, 4096, 0.1, -1}));
    results.groups.push_back(made_up_group({target, 8192, 0.1, 1}));
  }
  results.groups.push_back(made_up_group({"sparse", 4096, 0.2, -1}));
  results.groups.push_back(made_up_group({"sparse", 4096, 0.4, -1}));
  return results;
}

}  // namespace wideband::test
