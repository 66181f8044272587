#include "wideband/circle/active_arcs.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "support/constants.hpp"

namespace wideband::active_arcs_test {
namespace {

using test::pi;

Vector grid(Index n) {
  Vector angles(n);
  for (Index i = 0; i < n; ++i)
    angles(i) = 2 * pi * static_cast<double>(i) / static_cast<double>(n);
  return angles;
}

Vector sorted_iid(Index n) {
  Vector angles = 2 * pi * uniforms(Key(static_cast<std::uint64_t>(n)).child("angles"), n);
  std::sort(angles.begin(), angles.end());
  return angles;
}

ShallowNetwork one_neuron(double w1, double w2, double b) {
  return {Vector::Ones(1), Vector::Constant(1, w1), Vector::Constant(1, w2), Vector::Constant(1, b),
          1};
}

std::vector<bool> active_set(const ActiveArcs& arcs, Index j) {
  std::vector<bool> active(static_cast<std::size_t>(arcs.samples()));
  arcs.each_range(j, [&](Index first, Index last) {
    for (Index i = first; i < last; ++i) {
      EXPECT_FALSE(active[static_cast<std::size_t>(i)]) << "sample " << i << " twice";
      active[static_cast<std::size_t>(i)] = true;
    }
  });
  return active;
}

std::vector<bool> dense_set(const Vector& angles, double w1, double w2, double c) {
  std::vector<bool> active;
  for (const double g : angles) active.push_back((w1 * std::cos(g) + w2 * std::sin(g)) + c > 0);
  return active;
}

// One neuron that is moved through `path` (rows w1, w2, c) keeps the set of the dense sign test.
void expect_dense_sets_along(const Vector& angles, const Matrix& path) {
  ActiveArcs arcs(angles, one_neuron(path(0, 0), path(0, 1), path(0, 2)));
  for (Index s = 0; s < path.rows(); ++s) {
    arcs.update(0, path(s, 0), path(s, 1), path(s, 2));
    ASSERT_EQ(active_set(arcs, 0), dense_set(angles, path(s, 0), path(s, 1), path(s, 2)))
        << "step " << s << ": " << path.row(s);
  }
}

TEST(ActiveArcs, FollowsRandomJumps) {
  // Normal parameters drawn afresh: every arc jumps, many are empty or full (|c| > R).
  for (const Index n : {1, 2, 3, 16, 101}) {
    for (const Vector& angles : {grid(n), sorted_iid(n)}) {
      Matrix path(2000, 3);
      for (int k = 0; k < 3; ++k) path.col(k) = gaussians(Key(17).child(k).child(n), 2000);
      expect_dense_sets_along(angles, path);
    }
  }
}

TEST(ActiveArcs, FollowsRandomSmallSteps) {
  // A walk of parameters through the origin: arcs are born, close, and sweep past small w.
  for (const Vector& angles : {grid(64), grid(33), sorted_iid(64)}) {
    Matrix path(20000, 3);
    for (int k = 0; k < 3; ++k) {
      const Vector step = 0.01 * gaussians(Key(23).child(k), 20000);
      double position = 0.3;
      for (Index s = 0; s < 20000; ++s) path(s, k) = position = 0.999 * position + step(s);
    }
    expect_dense_sets_along(angles, path);
  }
}

TEST(ActiveArcs, NarrowArcThatJumpsIsNotLost) {
  // R = .01 turning by .2 rad between updates, an arc (then a gap) of two samples of 100.
  for (const double sign : {1.0, -1.0}) {
    Matrix path(60, 3);
    for (Index s = 0; s < 60; ++s) {
      const double psi = 0.2 * static_cast<double>(s);
      path.row(s) << 0.01 * std::cos(psi), 0.01 * std::sin(psi), -sign * 0.01 * std::cos(0.06);
    }
    expect_dense_sets_along(grid(100), path);
  }
}

TEST(ActiveArcs, TangentAndDegenerateNeuronsAreTestedDensely) {
  for (const Vector& angles : {grid(40), grid(41), sorted_iid(40)}) {
    Matrix path(11, 3);
    path << 0, 0, 0,                       // R = 0
        0, 0, 1e-300,                      // R = 0, constant
        0, 0, -1,                          //
        1, 0, -1,                          // c = -R, the arc is the point 0
        1, 0, -1 + 1e-13,                  // ||c| - R| <= 1e-13
        1, 0, -1 - 1e-13,                  //
        -1, 0, 1,                          // the gap is the point 0
        -1, 0, 1 - 1e-13,                  //
        std::cos(1.0), std::sin(1.0), -1,  //
        std::cos(1.0), std::sin(1.0), 1,   //
        1e-200, -1e-200, 0;                // tiny, but with a direction
    expect_dense_sets_along(angles, path);
  }
}

TEST(ActiveArcs, EndsExactlyOnSamples) {
  // Half circles that begin and end on grid points, where z is pure rounding.
  const Vector angles = grid(24);
  Matrix path(24, 3);
  for (Index s = 0; s < 24; ++s) path.row(s) << std::cos(angles(s)), std::sin(angles(s)), 0;
  expect_dense_sets_along(angles, path);
  for (Index s = 0; s < 24; ++s) path(s, 2) = -std::cos(angles(5));
  expect_dense_sets_along(angles, path);
}

TEST(ActiveArcs, CrowdedSamplesBreakNoArc) {
  // Angles in clusters of spacing one rounding around an arc end: signs need not be monotone.
  Vector angles(60);
  for (Index i = 0; i < 60; ++i) {
    const double center = (i < 30) ? 1.0 : 1.0 + pi;
    angles(i) = center + static_cast<double>(i % 30 - 15) * 4.5e-16;
  }
  std::sort(angles.begin(), angles.end());
  Matrix path(200, 3);
  for (Index s = 0; s < 200; ++s) {
    const double psi = 1.0 + pi / 2 + static_cast<double>(s - 100) * 1e-16;
    path.row(s) << 3 * std::cos(psi), 3 * std::sin(psi), 0;
  }
  expect_dense_sets_along(angles, path);
}

TEST(ActiveArcs, RefusesBadAngles) {
  const ShallowNetwork network = one_neuron(1, 0, 0);
  Vector angles = grid(4);
  std::swap(angles(1), angles(2));
  EXPECT_THROW(ActiveArcs(angles, network), std::invalid_argument);
  EXPECT_THROW(ActiveArcs(Vector(0), network), std::invalid_argument);
  EXPECT_THROW(ActiveArcs(Vector::Constant(1, 7.0), network), std::invalid_argument);
  EXPECT_THROW(ActiveArcs(Vector::Constant(1, std::nan("")), network), std::invalid_argument);
}

TEST(ActiveArcsFull, FollowsAHundredThousandSteps) {
  for (const Vector& angles : {grid(512), grid(511), sorted_iid(512)}) {
    Matrix path(100000, 3);
    for (int k = 0; k < 3; ++k) {
      const Vector step = 0.003 * gaussians(Key(29).child(k), path.rows());
      double position = 0.3;
      for (Index s = 0; s < path.rows(); ++s) path(s, k) = position = 0.9995 * position + step(s);
    }
    expect_dense_sets_along(angles, path);
  }
}

}  // namespace
}  // namespace wideband::active_arcs_test
