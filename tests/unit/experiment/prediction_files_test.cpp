#include "wideband/experiment/prediction_files.hpp"

#include <limits>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/temporary_folder.hpp"
#include "wideband/core/file.hpp"

namespace wideband::prediction_files_test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

PredictionOutput example() {
  PredictionOutput output;
  output.points = 2;
  output.samples = 1;
  output.outputs = 1;
  output.draws = 1;
  output.time = {0, std::numeric_limits<double>::infinity()};
  output.mean = {1, 2, .1, 4};
  output.mean_train = {5, 6};
  output.bound = {1e-9, 1e-9, 1e-9, 1e-9};
  output.covariance = {1, 0, 0, 2, .5, 0, 0, .25};
  output.drawn = {7, 8, 9, 10};
  output.status = {"ok", "unresolved"};
  output.attributes = {{"law", std::string("ntk")}, {"rank", std::int64_t{1}}};
  return output;
}

void write(const std::filesystem::path& path, const PredictionOutput& output) {
  OutputFiles files;
  add_prediction_files(files, path.string(), output);
  files.publish();
}

TEST(PredictionFiles, ATableHasARowPerTimePointAndOutput) {
  const test::TemporaryFolder folder;
  write(folder.path() / "p.csv", example());
  EXPECT_EQ(read_file(folder.path() / "p.csv"),
            "time,row,output,mean,variance\n"
            "0,0,0,1,1\n"
            "0,1,0,2,2\n"
            "inf,0,0,0.10000000000000001,0.5\n"
            "inf,1,0,4,0.25\n");
  const std::string json = read_file(folder.path() / "p.json");
  EXPECT_THAT(json, HasSubstr("\"status\": [\"ok\",\"unresolved\"]"));
  EXPECT_THAT(json, HasSubstr("\"time\": [0.0,\"inf\"]"));
  EXPECT_THAT(json, HasSubstr("\"mean_train\": [[[5.0]],[[6.0]]]"));
  EXPECT_THAT(json, Not(HasSubstr("\"mean\":")));
  EXPECT_THAT(json, Not(HasSubstr("rmse")));
  PredictionOutput plain = example();
  plain.covariance.clear();
  write(folder.path() / "q.csv", plain);
  EXPECT_THAT(read_file(folder.path() / "q.csv"), HasSubstr("time,row,output,mean\n0,0,0,1\n"));
}

TEST(PredictionFiles, ArraysKeepTheirShapes) {
  const test::TemporaryFolder folder;
  write(folder.path() / "p.npy", example());
  EXPECT_EQ(test::names_in(folder.path()),
            (std::vector<std::string>{"p.json", "p.npy", "p_covariance.npy", "p_mean_train.npy",
                                      "p_samples.npy"}));
  EXPECT_THAT(read_file(folder.path() / "p.npy"), HasSubstr("'shape': (2, 2, 1), }"));
  EXPECT_THAT(read_file(folder.path() / "p_samples.npy"), HasSubstr("'shape': (2, 1, 2, 1), }"));
  EXPECT_THAT(read_file(folder.path() / "p_covariance.npy"), HasSubstr("'shape': (2, 2, 2), }"));
}

TEST(PredictionFiles, Hdf5HoldsAll) {
  const test::TemporaryFolder folder;
  write(folder.path() / "p.h5", example());
  EXPECT_EQ(test::names_in(folder.path()), std::vector<std::string>{"p.h5"});
  const Hdf5Input input(folder.path() / "p.h5");
  EXPECT_EQ(input.matrix("bound").values.rows(), 2);
  EXPECT_EQ(input.text("law"), "ntk");
  EXPECT_EQ(input.number("rank"), 1);
}

}  // namespace
}  // namespace wideband::prediction_files_test
