#include "wideband/experiment/circle/evolution_run.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/evolution_fixture.hpp"
#include "wideband/circle/basis.hpp"
#include "wideband/circle/tangent_gram.hpp"
#include "wideband/data/circle_points.hpp"
#include "wideband/linalg/decomposition.hpp"

namespace wideband::evolution_run_test {
namespace {

EvolutionTask small_task() {
  return {.seed = 7,
          .n = 64,
          .m = 20,
          .targets = {"sparse"},
          .eta = 0.2,
          .published_eta_scale = 0.05,
          .steps = 250,
          .first_seed = 0,
          .seeds = 1,
          .cutoff = 3,
          .rate_cutoff = 12,
          .centered = false,
          .phase_convention = "cosine"};
}

EvolutionMeasurements measured(const EvolutionTask& task) {
  const EvolutionGrid grid(task.n, task.cutoff, task.rate_cutoff);
  return evolution_run(grid, EvolutionStart(grid, task, task.first_seed), task,
                       target(task.targets.front()));
}

TEST(SnapshotSteps, BeginEarlyByRatioAndKeepTheLast) {
  const std::vector<Index> steps = snapshot_steps(20000);
  EXPECT_EQ(steps.front(), 0);
  EXPECT_EQ(steps[1], 1);
  EXPECT_EQ(steps.back(), 20000);
  for (Index s = 0; s <= 20000; s += 100)
    EXPECT_TRUE(std::binary_search(steps.begin(), steps.end(), s)) << s;
  EXPECT_EQ(snapshot_steps(1), (std::vector<Index>{0, 1}));
  EXPECT_EQ(snapshot_steps(250).back(), 250);
}

TEST(EigenSteps, AreTwentyFiveSnapshots) {
  for (const Index last : {1000, 20000, 80000}) {
    const std::vector<Index> steps = eigen_steps(last);
    EXPECT_EQ(steps.size(), 25U) << last;
    EXPECT_EQ(steps.front(), 0);
    EXPECT_EQ(steps.back(), last);
    const std::vector<Index> snapshots = snapshot_steps(last);
    for (const Index s : steps)
      EXPECT_TRUE(std::binary_search(snapshots.begin(), snapshots.end(), s)) << s;
  }
  EXPECT_EQ(eigen_steps(1), (std::vector<Index>{0, 1}));
}

TEST(EvolutionRun, MeasuresWhatThePlainNetworkAndDenseOperatorsGive) {
  const EvolutionTask task = small_task();
  const EvolutionMeasurements run = measured(task);
  const Vector angles = grid_angles(task.n);
  const Vector y = grid_target_values(target("sparse"), task.n);
  ShallowNetwork network = initial_network(Key(7).child("network").child(0), task.m);
  const Matrix A0 = tangent_gram(ArcNetwork(network, angles)) / 64;
  const Matrix U = plane_frame(grid_fourier_basis(task.n, task.cutoff));
  const Matrix C0 = U.transpose() * A0 * U;
  Vector frozen = plain_outputs(network, angles) - y;
  const std::vector<Index> steps = snapshot_steps(task.steps);
  Index p = 0;
  double integral = 0;
  // Values of order 1 after 250 steps of rounding eps: 1e-10 leaves two digits and more.
  const double tolerance = 1e-10;
  for (Index s = 0; s <= task.steps; ++s) {
    const Vector r = plain_outputs(network, angles) - y;
    const Matrix A = plain_tangent_gram(network, angles) / 64;
    const double R = r.dot(A * r) / r.squaredNorm();
    if (s == steps[static_cast<std::size_t>(p)]) {
      const auto at = [&](const char* name) { return run.at(name)(p, 0); };
      const Matrix C = U.transpose() * A * U;
      EXPECT_TRUE(test::relatively_near(at("loss_evolving"), r.squaredNorm() / 2, tolerance));
      EXPECT_TRUE(
          test::relatively_near(at("loss_frozen_matched"), frozen.squaredNorm() / 2, tolerance));
      EXPECT_TRUE(test::relatively_near(at("R"), R, tolerance));
      EXPECT_TRUE(test::near(at("integral_R"), integral, tolerance));
      EXPECT_TRUE(test::relatively_near(at("R_frozen"),
                                        frozen.dot(A0 * frozen) / frozen.squaredNorm(), tolerance));
      EXPECT_TRUE(test::relatively_near(at("R_initial_kernel"), r.dot(A0 * r) / r.squaredNorm(),
                                        tolerance));
      EXPECT_TRUE(test::relatively_near(at("R_frozen_residual"),
                                        frozen.dot(A * frozen) / frozen.squaredNorm(), tolerance));
      EXPECT_TRUE(test::near(at("trace"), A.trace(), tolerance));
      EXPECT_TRUE(test::near(at("block_fro"), (C - C0).norm(), tolerance));
      EXPECT_TRUE(test::near(at("distance"), (r - frozen).norm() / frozen.norm(), tolerance));
      for (Index k = 0; k <= task.cutoff; ++k) {
        const auto frame = U.middleCols(plane_start(k), plane_size(k));
        EXPECT_TRUE(test::near(run.at("energy_evolving")(p, k),
                               (frame.transpose() * r).squaredNorm() / r.squaredNorm(), tolerance));
        EXPECT_TRUE(test::near(run.at("energy_frozen_matched")(p, k),
                               (frame.transpose() * frozen).squaredNorm() / frozen.squaredNorm(),
                               tolerance));
        EXPECT_TRUE(test::near(run.at("strength")(p, k),
                               C.diagonal().segment(plane_start(k), plane_size(k)).mean(),
                               tolerance));
      }
      // The power method stops on two quotients that agree to 1e-10; here they lead a gap of 0.1.
      EXPECT_TRUE(test::relatively_near(at("lambda_max"), operator_norm(A), 1e-8));
      ++p;
    }
    integral += task.eta * R;
    frozen -= task.eta * (A0 * frozen);
    plain_step(network, angles, y, task.eta / 64);
  }
  EXPECT_LE(run.at("coupling_mismatch")(0, 0), 1e-11);
}

TEST(EvolutionRun, IntegralOfTheRateIsTheDecayUpToTheStep) {
  // -(1/2) ln(loss/loss_0) = int R dt + O(eta). Gates that switch at single samples make R jump, so
  // many samples are needed before halving eta halves the gap.
  const auto gap = [](double eta) {
    EvolutionTask task = small_task();
    task.n = 2048;
    task.eta = eta;
    task.steps = static_cast<Index>(std::llround(10 / eta));
    const EvolutionMeasurements run = measured(task);
    const Matrix& loss = run.at("loss_evolving");
    const Index last = loss.rows() - 1;
    return run.at("integral_R")(last, 0) + std::log(loss(last, 0) / loss(0, 0)) / 2;
  };
  EXPECT_TRUE(test::near(gap(0.02) / gap(0.01), 2, 0.1));
}

TEST(EvolutionRun, BranchesAgreeToFirstOrderInTime) {
  // |f_evo - f_fro|/|r_fro| = O(t^2) at fixed number of steps: eta/2 gives a quarter.
  const auto distance = [](double eta) {
    EvolutionTask task = small_task();
    task.eta = eta;
    return measured(task).at("distance")(3, 0);
  };
  EXPECT_TRUE(test::near(distance(1e-3) / distance(5e-4), 4, 0.05));
}

TEST(EvolutionRun, BeyondStabilityEndsWithAStatus) {
  EvolutionTask task = small_task();
  task.eta = 50;
  const EvolutionMeasurements run = measured(task);
  EXPECT_GE(run.at("stopped")(0, 0), 0);
  EXPECT_TRUE(std::isnan(run.at("loss_evolving")(run.at("loss_evolving").rows() - 1, 0)));
  EXPECT_FALSE(run.at("loss_frozen_matched").hasNaN());
}

TEST(EvolutionRun, NearTheEdgeOfStabilityEndsOneWayOrTheOther) {
  // Large steps kill neurons, so that the operator loses rank: no eigenpairs, but no failure.
  for (const double eta : {2.0, 3.0, 3.5}) {
    EvolutionTask task = small_task();
    task.m = 60;
    task.eta = eta;
    EvolutionMeasurements run;
    EXPECT_NO_THROW(run = measured(task)) << eta;
    EXPECT_FALSE(std::isnan(run.at("loss_evolving")(0, 0)));
  }
}

TEST(EvolutionRun, NarrowNetworksHaveNoAlignmentButLosses) {
  EvolutionTask task = small_task();
  task.m = 1;
  const EvolutionMeasurements run = measured(task);
  EXPECT_TRUE(std::isnan(run.at("cosine_exclusive")(0, 0)));
  EXPECT_FALSE(run.at("loss_evolving").hasNaN());
}

}  // namespace
}  // namespace wideband::evolution_run_test
