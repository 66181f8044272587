#include "wideband/core/parallel.hpp"

#include <stdexcept>
#include <vector>

#include <gtest/gtest.h>

namespace wideband::parallel_test {
namespace {

TEST(ParallelFor, CallsEveryIndexOnceAtAnyThreadCount) {
  for (const Index threads : {1, 2, 7}) {
    std::vector<int> calls(100, 0);
    parallel_for(100, threads, [&](Index i) { ++calls[static_cast<std::size_t>(i)]; });
    EXPECT_EQ(calls, std::vector<int>(100, 1)) << threads << " threads";
  }
}

TEST(ParallelFor, RethrowsAndAcceptsNothingToDo) {
  EXPECT_NO_THROW(parallel_for(0, 2, [](Index) { FAIL(); }));
  EXPECT_THROW(parallel_for(8, 2,
                            [](Index i) {
                              if (i == 3) throw std::domain_error("3");
                            }),
               std::domain_error);
}

TEST(AvailableCores, IsPositive) {
  EXPECT_GE(available_cores(), 1);
}

}  // namespace
}  // namespace wideband::parallel_test
