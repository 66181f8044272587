#include "wideband/dynamics/trained_kernel.hpp"

#include <array>
#include <thread>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/kernels.hpp"

namespace wideband::trained_kernel_test {
namespace {

const Matrix Theta = test::feature_kernel(12, 30, Key(1));
const Matrix y = test::normal_matrix(12, 1, Key(2));

TEST(TrainedKernel, ChoosesItsFactorization) {
  const std::array never{infinity};
  const std::array soon{1.0, infinity};
  const TrainedKernel plain(Theta, y, {});
  EXPECT_EQ(plain.factor(), nullptr);
  EXPECT_TRUE(plain.needs_spectrum(never));
  const TrainedKernel ridged(Theta, y, {.ridge = .1});
  EXPECT_NE(ridged.factor(), nullptr);
  EXPECT_FALSE(ridged.needs_spectrum(never));
  EXPECT_TRUE(ridged.needs_spectrum(soon));
  // Not above what the kernel's error can hide: the eigensystem knows more.
  const TrainedKernel vague(Theta, y, {.ridge = .1, .kernel_error = .1});
  EXPECT_EQ(vague.factor(), nullptr);
}

TEST(TrainedKernel, FallsBackWhereCholeskyMeetsANonPositivePivot) {
  const Matrix indefinite = test::kernel_of_spectrum(Vector{{-.05, .5, 1}}, Key(3));
  TrainedKernel kernel(indefinite, Matrix::Ones(3, 1),
                       {.ridge = .04, .ridge_scale = RidgeScale::absolute, .kernel_error = .1});
  EXPECT_EQ(kernel.factor(), nullptr);
  EXPECT_EQ(kernel.spectrum().values(0), 0);
  const std::array never{infinity};
  EXPECT_EQ(kernel.solutions(never, kernel.y())[0].status, Status::unresolved);
}

TEST(TrainedKernel, KeepsTheEigensystemForAnotherRidge) {
  TrainedKernel kernel(Theta, y, {.ridge = .1});
  const KernelSpectrum* const spectrum = &kernel.spectrum();
  kernel.set_ridge(.2);
  EXPECT_EQ(&kernel.spectrum(), spectrum);
  EXPECT_EQ(kernel.factor(), nullptr);
  EXPECT_TRUE(test::relatively_near(kernel.ridge(), .2 * Theta.trace() / 12, 1e-15));
}

TEST(TrainedKernel, AnswersSeveralThreads) {
  const TrainedKernel kernel(Theta, y, {});
  std::array<const KernelSpectrum*, 4> seen{};
  {
    std::array<std::thread, 4> threads;
    for (std::size_t i = 0; i < 4; ++i) {
      threads[i] = std::thread([&, i] { seen[i] = &kernel.spectrum(); });
    }
    for (std::thread& thread : threads) thread.join();
  }
  for (const KernelSpectrum* const one : seen) EXPECT_EQ(one, seen[0]);
}

}  // namespace
}  // namespace wideband::trained_kernel_test
