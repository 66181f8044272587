#include "wideband/experiment/kernel_job.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/messages.hpp"
#include "support/temporary_folder.hpp"
#include "wideband/core/error.hpp"
#include "wideband/core/file.hpp"
#include "wideband/data/csv.hpp"
#include "wideband/data/npy.hpp"
#include "wideband/experiment/hdf5_store.hpp"

namespace wideband::kernel_job_test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

// A folder with two golden inputs, and a request for them.
class KernelJobTest : public ::testing::Test {
 protected:
  KernelJobTest() {
    write_file(file("x.csv"), "1,2,-1\n.5,-1,3\n");
    write_file(file("z.csv"), "1,2,-1\n");
    request_.net = "dense | relu | dense";
    request_.x = file("x.csv");
  }
  std::string file(const char* name) const { return (folder_.path() / name).string(); }
  std::string ran(const std::string& out) {
    request_.out = file(out.c_str());
    OutputFiles files;
    const std::string summary = run(kernel_job(request_), files);
    files.publish();
    return summary;
  }
  std::string refused() const {
    return test::message_of<std::invalid_argument>([&] { kernel_job(request_); });
  }

  test::TemporaryFolder folder_;
  KernelRequest request_;
};

// 40-digit values of docs/theory for this net.
constexpr double golden_nngp = 0.1116344218909612;
constexpr double golden_ntk = -0.1174615328946790;

TEST_F(KernelJobTest, WritesTheGoldenKernelsAndTheirAttributes) {
  ran("xx.h5");
  const Hdf5Input input(file("xx.h5"));
  EXPECT_THAT(input.matrices(), ElementsAre("nngp", "ntk"));
  EXPECT_THAT(input.vectors(),
              ElementsAre("ntk_diagonal_x", "ntk_diagonal_z", "variance_x", "variance_z"));
  EXPECT_TRUE(test::near(input.matrix("nngp").values(0, 1), golden_nngp, 1e-15));
  EXPECT_TRUE(test::near(input.matrix("ntk").values(1, 0), golden_ntk, 1e-15));
  EXPECT_TRUE(test::near(input.matrix("ntk").values(0, 0), 2, 1e-15));
  EXPECT_EQ(input.matrix("variance_x").values(1, 0), input.matrix("nngp").values(1, 1));
  EXPECT_EQ(input.text("architecture"),
            "ntk: dense width=1 W=1 b=none | relu | dense width=1 W=1 b=none");
  EXPECT_EQ(input.text("parameterization"), "ntk");
  EXPECT_EQ(input.text("precision"), "f64");
  EXPECT_EQ(input.text("scale"), "none");
  EXPECT_EQ(input.text("status"), "ok");
  EXPECT_GT(input.number("error_estimate"), 0);
  EXPECT_GT(input.number("pairs"), 0);
  EXPECT_EQ(input.number("quadratures"), 0);
  EXPECT_TRUE(input.text("version").has_value());
  EXPECT_THAT(input.text("options").value(), HasSubstr("\"dual_tolerance\": 1e-12"));
}

TEST_F(KernelJobTest, EveryFormatHoldsTheSameNumbers) {
  request_.z = file("z.csv");
  ran("k.h5");
  ran("k.npy");
  ran("k.csv");
  const Hdf5Input h5(file("k.h5"));
  for (const std::string kind : {"nngp", "ntk"}) {
    const Matrix expected = h5.matrix(kind).values;
    EXPECT_EQ(expected.rows(), 2);
    EXPECT_EQ(expected.cols(), 1);
    EXPECT_EQ(read_npy(std::filesystem::path(file(("k_" + kind + ".npy").c_str()))).values,
              expected);
    EXPECT_EQ(read_csv(std::filesystem::path(file(("k_" + kind + ".csv").c_str()))), expected);
  }
  EXPECT_THAT(read_file(file("k.json")), HasSubstr("\"variance_z\": ["));
  request_.kinds = "ntk";
  ran("one.npy");
  EXPECT_EQ(read_npy(std::filesystem::path(file("one.npy"))).values, h5.matrix("ntk").values);
}

TEST_F(KernelJobTest, SinglePrecisionIsStoredSingle) {
  request_.precision = "f32";
  ran("k.h5");
  const Hdf5Input input(file("k.h5"));
  EXPECT_TRUE(input.matrix("ntk").single_precision);
  EXPECT_FALSE(input.matrix("variance_x").single_precision);
  EXPECT_TRUE(test::near(input.matrix("nngp").values(0, 1), golden_nngp, 1e-6));
}

TEST_F(KernelJobTest, EqualRequestsGiveEqualBytesAtAnyThreads) {
  ran("a.h5");
  request_.threads = 2;
  request_.tile = "512";
  ran("b.h5");
  EXPECT_EQ(read_file(file("a.h5")), read_file(file("b.h5")));
}

TEST_F(KernelJobTest, UnitScaleMakesVariancesOne) {
  request_.net = "dense";
  request_.scale = "unit";
  ran("k.h5");
  const Matrix K = Hdf5Input(file("k.h5")).matrix("nngp").values;
  EXPECT_TRUE(test::near(K.diagonal(), Matrix::Ones(2, 1), 4e-16));
}

TEST_F(KernelJobTest, RefusesOptionsNamingThem) {
  const auto with = [&](std::string KernelRequest::*option, const char* text) {
    const KernelRequest before = request_;
    request_.*option = text;
    const std::string message = refused();
    request_ = before;
    return message;
  };
  EXPECT_THAT(with(&KernelRequest::kinds, "ntkk"), HasSubstr("did you mean \"ntk\"?"));
  EXPECT_THAT(with(&KernelRequest::precision, "f16"), HasSubstr("--precision is \"f16\""));
  EXPECT_THAT(with(&KernelRequest::scale, "standardize"), HasSubstr("--scale"));
  EXPECT_THAT(with(&KernelRequest::quadrature, "gauss_hermite"), HasSubstr("expected a degree"));
  EXPECT_THAT(with(&KernelRequest::quadrature, "polar:3"), HasSubstr("expected a degree"));
  EXPECT_THAT(with(&KernelRequest::dual_tolerance, "-1"), HasSubstr("--dual-tolerance"));
  EXPECT_THAT(with(&KernelRequest::refine_below, "1"), HasSubstr("--refine-below"));
  EXPECT_THAT(with(&KernelRequest::memory_limit, "1GB"), HasSubstr("--memory-limit"));
  EXPECT_THAT(with(&KernelRequest::out, "k.txt"),
              HasSubstr("--out k.txt: expected a name that ends"));
  EXPECT_THAT(with(&KernelRequest::net, "rleu"), HasSubstr("did you mean \"relu\"?"));
}

TEST_F(KernelJobTest, RefusesColumnsThatDisagreeAndFoldersThatAreMissing) {
  write_file(file("z.csv"), "1,2\n");
  request_.z = file("z.csv");
  EXPECT_THAT(refused(), HasSubstr("has 3 columns"));
  request_.z.clear();
  EXPECT_THROW(ran("none/k.h5"), UnavailableError);
}

TEST_F(KernelJobTest, ThePlanCountsResultBytes) {
  EXPECT_EQ(plan(kernel_job(request_)).result_bytes, 2U * 2 * 2 * 8);
  request_.precision = "f32";
  request_.kinds = "ntk";
  EXPECT_EQ(plan(kernel_job(request_)).result_bytes, 2U * 2 * 4);
  EXPECT_EQ(plan_json(1, 2, 0.5, 256),
            "{\"result_bytes\": 1, \"work_bytes\": 2, \"seconds\": 0.5, \"tile\": 256}\n");
  EXPECT_EQ(progress_json({"pairs", 1, 4, 2.5}),
            "{\"phase\": \"pairs\", \"done\": 1, \"total\": 4, \"seconds_left\": 2.5}\n");
}

TEST_F(KernelJobTest, ThePlanIsToldAndAStopLeavesNothing) {
  request_.out = file("k.h5");
  std::string told;
  OutputFiles files;
  run(kernel_job(request_), files, {[&](const std::string& text) { told = text; }, {}});
  EXPECT_THAT(told, HasSubstr("kernel 2 x 2, d 3, L 1, f64: result"));
}

}  // namespace
}  // namespace wideband::kernel_job_test
