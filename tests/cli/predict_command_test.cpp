// `wideband predict`: exit codes, files and messages.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/command.hpp"
#include "support/temporary_folder.hpp"
#include "wideband/core/file.hpp"

namespace wideband::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class PredictCommand : public ::testing::Test {
 protected:
  PredictCommand() {
    write("x.csv", "1,2,-1\n.5,-1,3\n");
    write("y.csv", "1\n-1\n");
  }
  void write(const char* name, const std::string& text) const {
    write_file(folder_.path() / name, text);
  }
  Finish run(std::vector<std::string> words) const {
    words.insert(words.begin(), "predict");
    return wideband(words, {.folder = folder_.path()});
  }
  void expect_refused(const std::vector<std::string>& words, int status, const std::string& part) {
    const auto before = names_in(folder_.path());
    const Finish end = run(words);
    EXPECT_EQ(end.status, status) << end.errors;
    EXPECT_THAT(end.errors, HasSubstr("[predict] "));
    EXPECT_THAT(end.errors, HasSubstr(part));
    EXPECT_EQ(names_in(folder_.path()), before);
  }

  const std::string net_ = "dense | relu | dense";
  TemporaryFolder folder_;
};

TEST_F(PredictCommand, PredictsByNetAndByKernel) {
  const Finish end =
      run({"--net", net_, "--x", "x.csv", "--y", "y.csv", "--time", "2", "--out", "p.csv"});
  EXPECT_EQ(end.status, 0) << end.errors;
  EXPECT_THAT(end.errors, StartsWith("predict n 2, m 2, o 1, T 1, eigensystem: result "));
  EXPECT_THAT(names_in(folder_.path()), ElementsAre("p.csv", "p.json", "x.csv", "y.csv"));
  EXPECT_THAT(read_file(folder_.path() / "p.csv"),
              StartsWith("time,row,output,mean\n2,0,0,0.87256953030102"));
  EXPECT_EQ(wideband({"kernel", "--net", net_, "--x", "x.csv", "--out", "k.h5", "--quiet"},
                     {.folder = folder_.path()})
                .status,
            0);
  EXPECT_EQ(
      run({"--kernel", "k.h5", "--y", "y.csv", "--time", "2", "--out", "q.csv", "--quiet"}).status,
      0);
  EXPECT_EQ(read_file(folder_.path() / "p.csv"), read_file(folder_.path() / "q.csv"));
}

TEST_F(PredictCommand, ThePlanIsJsonOnStdout) {
  const Finish end = run({"--net", net_, "--x", "x.csv", "--y", "y.csv", "--plan"});
  EXPECT_EQ(end.status, 0) << end.errors;
  EXPECT_THAT(end.output, StartsWith("{\"result_bytes\": "));
}

TEST_F(PredictCommand, DivergenceIsAStatusAndNoError) {
  const Finish end = run({"--net", net_, "--x", "x.csv", "--y", "y.csv", "--rule", "descent",
                          "--rate", "100", "--time", "3", "--out", "p.csv"});
  EXPECT_EQ(end.status, 0) << end.errors;
  EXPECT_THAT(read_file(folder_.path() / "p.json"), HasSubstr("\"status\": [\"diverged\"]"));
}

TEST_F(PredictCommand, BadInputIsTwo) {
  expect_refused({"--y", "y.csv", "--out", "p.csv"}, 2, "either --net with --x or --kernel");
  expect_refused({"--net", net_, "--x", "x.csv", "--out", "p.csv"}, 2, "--y is required");
  expect_refused({"--net", net_, "--x", "x.csv", "--y", "y.csv"}, 2, "--out is required");
  expect_refused({"--net", net_, "--x", "x.csv", "--y", "y.csv", "--out", "p.csv", "--law", "gp"},
                 2, "--law is \"gp\"");
  expect_refused({"--net", net_, "--x", "x.csv", "--y", "y.csv", "--out", "p.csv", "--times", "2"},
                 2, "did you mean \"--time\"?");
  write("long.csv", "1\n2\n3\n");
  expect_refused({"--net", net_, "--x", "x.csv", "--y", "long.csv", "--out", "p.csv", "--quiet"}, 2,
                 "x.csv has 2 rows, long.csv has 3");
  expect_refused({"--kernel", "none.h5", "--y", "y.csv", "--out", "p.csv"}, 4,
                 "none.h5: No such file");
}

TEST_F(PredictCommand, AnIndefiniteKernelIsThreeAndMemoryFour) {
  write("k.csv", "1,2\n2,1\n");
  expect_refused({"--kernel", "k.csv", "--y", "y.csv", "--out", "p.csv", "--quiet"}, 3,
                 "indefinite");
  write("k.csv", "1,.5\n.5,1\n");
  expect_refused(
      {"--kernel", "k.csv", "--y", "y.csv", "--out", "p.csv", "--quiet", "--memory-limit", "100"},
      4, "would fit");
}

}  // namespace
}  // namespace wideband::test
