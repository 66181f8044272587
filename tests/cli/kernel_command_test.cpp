// `wideband kernel`: exit codes, files and messages.
#include <csignal>
#include <fstream>
#include <sys/resource.h>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/command.hpp"
#include "support/temporary_folder.hpp"
#include "wideband/core/file.hpp"
#include "wideband/data/npy.hpp"

namespace wideband::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

class KernelCommand : public ::testing::Test {
 protected:
  KernelCommand() { write("x.csv", "1,2,-1\n.5,-1,3\n"); }
  void write(const char* name, const std::string& text) const {
    write_file(folder_.path() / name, text);
  }
  Finish run(
      std::vector<std::string> words, std::function<void()> in_child = [] {}) const {
    words.insert(words.begin(), "kernel");
    return wideband(words, {.folder = folder_.path(), .in_child = std::move(in_child)});
  }
  // Exit status, one line that starts with [kernel], and nothing left behind.
  void expect_refused(const std::vector<std::string>& words, int status, const std::string& part) {
    const auto before = names_in(folder_.path());
    const Finish end = run(words);
    EXPECT_EQ(end.status, status) << end.errors;
    EXPECT_THAT(end.errors, StartsWith("[kernel] "));
    EXPECT_THAT(end.errors, HasSubstr(part));
    EXPECT_EQ(std::count(end.errors.begin(), end.errors.end(), '\n'), 1) << end.errors;
    EXPECT_EQ(names_in(folder_.path()), before);
  }

  TemporaryFolder folder_;
};

TEST_F(KernelCommand, WritesItsFilesAndSaysItsPlan) {
  const Finish end = run({"--net", "dense | relu | dense", "--x", "x.csv", "--out", "k.npy"});
  EXPECT_EQ(end.status, 0) << end.errors;
  EXPECT_EQ(end.output, "");
  EXPECT_THAT(end.errors, StartsWith("kernel 2 x 2, d 3, L 1, f64: result "));
  EXPECT_THAT(end.errors, HasSubstr(" pairs, 0 dual integrals"));
  EXPECT_THAT(names_in(folder_.path()), ElementsAre("k.json", "k_nngp.npy", "k_ntk.npy", "x.csv"));
  const Matrix ntk = read_npy(folder_.path() / "k_ntk.npy").values;
  EXPECT_NEAR(ntk(0, 1), -0.1174615328946790, 1e-15);
  EXPECT_EQ(run({"--net", "dense", "--x", "x.csv", "--out", "q.h5", "--quiet"}).errors, "");
}

TEST_F(KernelCommand, ThePlanIsJsonOnStdout) {
  const Finish end = run({"--net", "dense | relu", "--x", "x.csv", "--plan"});
  EXPECT_EQ(end.status, 0) << end.errors;
  EXPECT_THAT(end.output, StartsWith("{\"result_bytes\": 64, \"work_bytes\": "));
  EXPECT_THAT(end.output, HasSubstr("\"tile\": "));
  EXPECT_THAT(names_in(folder_.path()), ElementsAre("x.csv"));
}

TEST_F(KernelCommand, KeepsAStatusFile) {
  const Finish end = run(
      {"--net", "dense", "--x", "x.csv", "--out", "k.h5", "--status", "s.json", "--threads", "2"});
  EXPECT_EQ(end.status, 0) << end.errors;
  EXPECT_EQ(read_file(folder_.path() / "s.json"),
            "{\"phase\": \"done\", \"done\": 1, \"total\": 1, \"seconds_left\": 0}\n");
}

TEST_F(KernelCommand, ReplacesAnOutputAndGivesEqualBytes) {
  write("k.h5", "old");
  for (const char* out : {"k.h5", "l.h5"}) {
    EXPECT_EQ(run({"--net", "dense | relu | dense", "--x", "x.csv", "--out", out}).status, 0);
  }
  EXPECT_EQ(read_file(folder_.path() / "k.h5"), read_file(folder_.path() / "l.h5"));
}

TEST_F(KernelCommand, BadInputIsTwo) {
  const std::vector<std::string> tail = {"--x", "x.csv", "--out", "k.h5"};
  const auto refused_net = [&](const std::string& net, int status, const std::string& part) {
    expect_refused({"--net", net, "--x", "x.csv", "--out", "k.h5"}, status, part);
  };
  refused_net("dense | rleu", 2, "--net: column 9: unknown layer \"rleu\", did you mean \"relu\"?");
  refused_net("dense width=0", 2, "expected at least 1");
  refused_net("relu", 2, "needs Gaussian input");
  refused_net("dense | conv 3", 4, "\"conv\" does not exist yet");
  refused_net("mup: dense", 4, "does not exist yet");
  refused_net("none.toml", 4, "none.toml: No such file");
  expect_refused({"--x", "x.csv", "--out", "k.h5"}, 2, "--net is required");
  expect_refused({"--net", "dense", "--x", "x.csv"}, 2, "--out is required");
  expect_refused({"--net", "dense", "--x", "x.csv", "--out", "k.h5", "--kind", "ntk"}, 2,
                 "did you mean \"--kinds\"?");
  expect_refused({"--net", "dense", "--x", "x.csv", "--out", "k.h5", "--precision", "f65"}, 2,
                 "did you mean \"f64\"?");
  expect_refused({"--net", "dense", "--x", "x.csv", "--out", "k.h5", "--threads", "0"}, 2,
                 "--threads");
}

TEST_F(KernelCommand, MalformedFilesAreTwoAndMissingOnesFour) {
  const auto refused_x = [&](const std::string& file, int status, const std::string& part) {
    expect_refused({"--net", "dense", "--x", file, "--out", "k.h5"}, status, part);
  };
  write("bad.csv", "1,2\n3,nan\n");
  refused_x("bad.csv", 2, "bad.csv:2: field 2 is nan, expected a finite number");
  const std::string npy = npy_bytes(Matrix::Ones(3, 3));
  write("short.npy", npy.substr(0, npy.size() - 5));
  refused_x("short.npy", 2, "short.npy: it is truncated");
  write("no.h5", "no HDF5");
  refused_x("no.h5", 2, "no.h5: it is no HDF5 file");
  refused_x("x.txt", 2, "x.txt: expected a name that ends in .npy, .csv or .h5");
  refused_x("none.csv", 4, "none.csv: No such file or directory");
}

TEST_F(KernelCommand, MathematicsIsThreeAndMemoryFour) {
  expect_refused(
      {"--net", "dense W=1e40 | exp | dense | exp", "--x", "x.csv", "--out", "k.h5", "--quiet"}, 3,
      "exp");
  const Finish end =
      run({"--net", "dense", "--x", "x.csv", "--out", "k.h5", "--quiet", "--memory-limit", "10"});
  EXPECT_EQ(end.status, 4);
  EXPECT_THAT(end.errors, HasSubstr("would fit"));
  expect_refused({"--net", "dense", "--x", "x.csv", "--out", "none/k.h5"}, 4, "none/k.h5");
}

TEST_F(KernelCommand, AFullDiskLeavesNothing) {
  std::string rows;
  for (int i = 0; i < 200; ++i) rows += fmt::format("{},1\n", i + 1);
  write("many.csv", rows);
  for (const std::string out : {"k.h5", "k.npy", "k.csv"}) {
    const auto before = names_in(folder_.path());
    const Finish end =
        run({"--net", "dense | relu", "--x", "many.csv", "--out", out, "--quiet"}, [] {
          const rlimit limit{100000, 100000};
          ::setrlimit(RLIMIT_FSIZE, &limit);
        });
    EXPECT_EQ(end.status, 4) << out << ": " << end.errors;
    EXPECT_EQ(names_in(folder_.path()), before) << out;
  }
}

TEST_F(KernelCommand, CtrlCEndsItWithin2SecondsAndLeavesNothing) {
  std::string rows;
  for (int i = 0; i < 6000; ++i) rows += fmt::format("{},{},1\n", i % 97, i % 89 + 1);
  write("many.csv", rows);
  Command command(
      {"kernel", "--net", "dense | relu | dense | relu | dense | relu | dense | relu | dense",
       "--x", "many.csv", "--out", "k.h5", "--status", "s.json", "--threads", "1", "--kinds",
       "ntk"},
      {.folder = folder_.path()});
  while (!std::filesystem::exists(folder_.path() / "s.json")) pause_for(.01);
  command.signal(SIGINT);
  const auto begin = std::chrono::steady_clock::now();
  const Finish end = command.finish();
  const std::chrono::duration<double> waited = std::chrono::steady_clock::now() - begin;
  EXPECT_EQ(end.status, 130) << end.errors;
  EXPECT_LT(waited.count(), 2);
  EXPECT_THAT(end.errors, HasSubstr("interrupted: nothing is written; this begins again:\n  "));
  EXPECT_THAT(names_in(folder_.path()), ElementsAre("many.csv", "s.json", "x.csv"));
}

TEST_F(KernelCommand, HelpListsLayersAndOptions) {
  const Finish end = run({"--help"});
  EXPECT_EQ(end.status, 0);
  for (const char* word :
       {"--refine-below", "--memory-limit", "leaky_relu alpha=0.01", "value := number"}) {
    EXPECT_THAT(end.output, HasSubstr(word));
  }
  EXPECT_THAT(wideband({"help", "man"}).output, HasSubstr("leaky_relu alpha=0.01"));
}

}  // namespace
}  // namespace wideband::test
