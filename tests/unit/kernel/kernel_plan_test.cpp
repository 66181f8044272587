#include "wideband/kernel/kernel_plan.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "wideband/core/error.hpp"

namespace wideband::kernel_plan_test {
namespace {

const Architecture net = parse_architecture("dense | relu | dense | relu | dense | relu | dense");

TEST(KernelPlan, CountsBytesByItsFormula) {
  const KernelPlan plan = memory_plan<double>(60000, 0, 784, net, {.threads = 16});
  EXPECT_EQ(plan.result_bytes, 2 * std::size_t{60000} * 60000 * 8);
  EXPECT_EQ(plan.work_bytes, std::size_t{60000} * 784 * 8 + 16 * std::size_t{256} * 256 * 4 * 8);
  EXPECT_EQ(plan.tile, 256);
  EXPECT_THAT(plan.text, ::testing::StartsWith("kernel 60000 x 60000, d 784, L 3, f64: result "
                                               "53.6 GiB (2 x 26.8 GiB), work"));
  const KernelPlan single =
      memory_plan<float>(100, 50, 7, net, {.kinds = Kinds::ntk, .tile = 300, .threads = 1});
  EXPECT_EQ(single.result_bytes, std::size_t{100 * 50 * 4});
  EXPECT_EQ(single.tile, 512);
}

TEST(KernelPlan, ShortJobsAreNotMeasured) {
  EXPECT_EQ(plan_kernel(100, 0, 5, net).seconds, 0);
  const KernelPlan plan = plan_kernel(20000, 0, 50, net);
  EXPECT_GT(plan.seconds, 0);
  EXPECT_THAT(plan.text, ::testing::HasSubstr("about"));
}

TEST(KernelPlan, MemoryLimitIsAnError) {
  const KernelPlan plan = memory_plan<double>(1000, 0, 5, net, {.threads = 1});
  EXPECT_NO_THROW(check_memory<double>(plan, 1000, {.memory_limit = std::size_t{1} << 30}));
  EXPECT_THROW(check_memory<double>(plan, 1000, {.memory_limit = 1 << 20}), UnavailableError);
}

}  // namespace
}  // namespace wideband::kernel_plan_test
