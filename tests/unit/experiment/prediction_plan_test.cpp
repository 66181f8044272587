#include "wideband/experiment/prediction_plan.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/messages.hpp"
#include "wideband/core/error.hpp"

namespace wideband::prediction_plan_test {
namespace {

using ::testing::HasSubstr;

PredictionJob job_with(const std::string& ridge, const std::string& time) {
  PredictionRequest request;
  request.y = "y.csv";
  request.kernel = "xx.h5";
  request.ridge = ridge;
  request.time = time;
  return prediction_job(request);
}

TEST(PredictionPlan, CholeskyServesARidgeAtTheLimit) {
  EXPECT_TRUE(cholesky_is_enough(job_with("1e-6", "inf")));
  EXPECT_FALSE(cholesky_is_enough(job_with("0", "inf")));
  EXPECT_FALSE(cholesky_is_enough(job_with("1e-6", "10,inf")));
  EXPECT_FALSE(cholesky_is_enough(job_with("loo", "inf")));
}

TEST(PredictionPlan, CountsBytes) {
  const PredictionPlan with_spectrum = prediction_plan(job_with("0", "1,2"), 100, 10, 3);
  EXPECT_EQ(with_spectrum.work_bytes, 8U * (4 * 100 * 100 + 100 * 10));
  EXPECT_EQ(with_spectrum.result_bytes, 8U * 2 * (10 * 3 + 100 * 3));
  EXPECT_EQ(with_spectrum.seconds, 0) << "too short to measure";
  PredictionJob job = job_with("1", "inf");
  EXPECT_EQ(prediction_plan(job, 100, 10, 3).work_bytes, 8U * (2 * 100 * 100 + 100 * 10));
  job.covariance = true;
  job.samples = 5;
  EXPECT_EQ(prediction_plan(job, 100, 10, 3).result_bytes, 8U * (330 + 100 + 5 * 30));
}

TEST(PredictionPlan, RefusesWhatDoesNotFitAndSaysWhatWould) {
  PredictionJob job = job_with("0", "inf");
  job.kernel.memory_limit = 80000;
  const PredictionPlan plan = prediction_plan(job, 100, 10, 1);
  EXPECT_THAT(test::message_of<UnavailableError>([&] { check_memory(plan, job, 100); }),
              HasSubstr("would fit: about 49 training points"));
  job.kernel.memory_limit = 1000000;
  EXPECT_NO_THROW(check_memory(plan, job, 100));
}

}  // namespace
}  // namespace wideband::prediction_plan_test
