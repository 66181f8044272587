#include "wideband/experiment/prediction_request.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/messages.hpp"
#include "wideband/core/error.hpp"

namespace wideband::prediction_request_test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

PredictionRequest by_kernel() {
  PredictionRequest request;
  request.y = "y.csv";
  request.kernel = "xx.h5";
  return request;
}

PredictionRequest by_net() {
  PredictionRequest request;
  request.y = "y.csv";
  request.net = "dense";
  request.x = "x.csv";
  return request;
}

// The message for a request that one change makes wrong.
template <class Change>
std::string refused(PredictionRequest request, Change&& change) {
  change(request);
  return test::message_of<std::invalid_argument>([&] { prediction_job(request); });
}

TEST(PredictionRequest, TheDefaultsAreThoseOfTheInterface) {
  const PredictionJob job = prediction_job(by_kernel());
  EXPECT_EQ(job.law, Law::ntk);
  EXPECT_TRUE(std::holds_alternative<Flow>(job.options.rule));
  EXPECT_EQ(job.options.learning_rate, 1);
  EXPECT_THAT(job.times, ElementsAre(infinity));
  EXPECT_EQ(job.options.loss, LossScale::half_mean);
  EXPECT_EQ(job.options.ridge, 0);
  EXPECT_EQ(job.options.ridge_scale, RidgeScale::relative);
  EXPECT_FALSE(job.covariance);
  EXPECT_FALSE(job.kernel_error.has_value());
}

TEST(PredictionRequest, ReadsEveryOption) {
  PredictionRequest request = by_kernel();
  request.law = "nngp";
  request.rule = "heavy_ball";
  request.momentum = "0.5";
  request.rate = "auto";
  request.time = "0, 10,1e3,inf";
  request.loss = "per_sample";
  request.ridge = "loo";
  request.ridge_scale = "absolute";
  request.kernel_error = "1e-8";
  request.samples = "3";
  request.report = "likelihood,loo,modes";
  const PredictionJob job = prediction_job(request);
  EXPECT_EQ(job.law, Law::nngp);
  EXPECT_EQ(std::get<HeavyBall>(job.options.rule).momentum, .5);
  EXPECT_TRUE(job.automatic_rate);
  EXPECT_THAT(job.times, ElementsAre(0, 10, 1000, infinity));
  EXPECT_EQ(job.options.loss, LossScale::per_sample);
  EXPECT_TRUE(job.search_ridge);
  EXPECT_EQ(job.options.ridge_scale, RidgeScale::absolute);
  EXPECT_EQ(job.kernel_error, 1e-8);
  EXPECT_TRUE(job.covariance) << "samples need one";
  EXPECT_TRUE(job.report_likelihood && job.report_loo && job.report_modes);
}

TEST(PredictionRequest, EitherANetOrAKernel) {
  EXPECT_THAT(refused(by_kernel(), [](auto& r) { r.net = "dense"; }), HasSubstr("not both"));
  EXPECT_THAT(refused(by_kernel(), [](auto& r) { r.kernel = ""; }), HasSubstr("either --net"));
  EXPECT_THAT(refused(by_net(), [](auto& r) { r.x = ""; }), HasSubstr("--net and --x go together"));
  EXPECT_THAT(refused(by_net(), [](auto& r) { r.cross = "zx.h5"; }), HasSubstr("--z"));
  EXPECT_THAT(refused(by_kernel(), [](auto& r) { r.z = "z.csv"; }), HasSubstr("--cross"));
  EXPECT_THAT(refused(by_kernel(), [](auto& r) { r.scale = "unit"; }), HasSubstr("--scale"));
  EXPECT_THAT(refused(by_kernel(), [](auto& r) { r.prior = "zz.h5"; }),
              HasSubstr("--prior goes with"));
}

TEST(PredictionRequest, RefusesValuesNamingTheOption) {
  EXPECT_THAT(refused(by_kernel(), [](auto& r) { r.law = "ntkgp"; }), HasSubstr("\"ntk_gp\"?"));
  EXPECT_THAT(refused(by_kernel(), [](auto& r) { r.rule = "sgd"; }),
              HasSubstr("--rule is \"sgd\""));
  EXPECT_THAT(refused(by_kernel(), [](auto& r) { r.momentum = "1"; }), HasSubstr("--momentum"));
  EXPECT_THAT(refused(by_kernel(), [](auto& r) { r.rate = "0"; }), HasSubstr("--rate"));
  EXPECT_THAT(refused(by_kernel(), [](auto& r) { r.time = "-1"; }), HasSubstr("--time is \"-1\""));
  EXPECT_THAT(refused(by_kernel(), [](auto& r) { r.time = "nan"; }), HasSubstr("--time"));
  EXPECT_NE(refused(by_kernel(),
                    [](auto& r) {
                      r.rule = "descent";
                      r.time = "1.5";
                    }),
            "");
  EXPECT_THAT(refused(by_kernel(), [](auto& r) { r.ridge = "inf"; }), HasSubstr("--ridge"));
  EXPECT_THAT(refused(by_kernel(), [](auto& r) { r.loss = "hinge"; }), HasSubstr("--loss"));
  EXPECT_THAT(refused(by_kernel(), [](auto& r) { r.report = "loss"; }), HasSubstr("--report"));
  EXPECT_THAT(refused(by_kernel(), [](auto& r) { r.out = "p.txt"; }), HasSubstr("--out p.txt"));
}

TEST(PredictionRequest, RefusesWhatDoesNotGoTogether) {
  EXPECT_THAT(refused(by_kernel(), [](auto& r) { r.report = "likelihood"; }),
              HasSubstr("nngp or ntk_gp"));
  EXPECT_THAT(refused(by_kernel(), [](auto& r) { r.fit = "W"; }),
              HasSubstr("--fit goes with --net"));
  EXPECT_THAT(refused(by_net(), [](auto& r) { r.fit = "W"; }), HasSubstr("nngp or ntk_gp"));
  EXPECT_THAT(refused(by_net(),
                      [](auto& r) {
                        r.fit = "W";
                        r.law = "nngp";
                      }),
              HasSubstr("--ridge > 0"));
  EXPECT_THAT(refused(by_kernel(),
                      [](auto& r) {
                        r.samples = "2";
                        r.out = "p.csv";
                      }),
              HasSubstr(".npy or .h5"));
  EXPECT_THAT(refused(by_kernel(),
                      [](auto& r) {
                        r.f0 = "f.csv";
                        r.law = "nngp";
                      }),
              HasSubstr("--law ntk"));
  EXPECT_THAT(refused(by_kernel(),
                      [](auto& r) {
                        r.f0 = "f.csv";
                        r.cross = "zx.h5";
                      }),
              HasSubstr("--f0 needs --f0-cross"));
  EXPECT_THAT(refused(by_kernel(), [](auto& r) { r.f0_cross = "f.csv"; }), HasSubstr("--f0"));
  EXPECT_THAT(refused(by_kernel(),
                      [](auto& r) {
                        r.f0 = "f.csv";
                        r.covariance = true;
                      }),
              HasSubstr("--covariance"));
  for (const char* loss : {"logistic", "softmax"}) {
    const auto wrong = [&](auto change) {
      return refused(by_kernel(), [&](auto& r) {
        r.loss = loss;
        change(r);
      });
    };
    EXPECT_THAT(wrong([](auto& r) { r.ridge = "1"; }), HasSubstr("without --ridge"));
    EXPECT_THAT(wrong([](auto& r) { r.rule = "descent"; }), HasSubstr("--rule flow"));
    EXPECT_THAT(wrong([](auto& r) { r.law = "nngp"; }), HasSubstr("--law ntk"));
    EXPECT_THAT(wrong([](auto& r) { r.covariance = true; }), HasSubstr("no covariance"));
    EXPECT_EQ(wrong([](auto&) {}), "");
  }
}

}  // namespace
}  // namespace wideband::prediction_request_test
