// The folder of a run: what is in it, who may use it, what is found altered.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/small_run.hpp"

namespace wideband::test {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::Not;

void alter(const fs::path& file, std::size_t position) {
  std::string bytes = read_file(file);
  bytes[position % bytes.size()] = static_cast<char>(bytes[position % bytes.size()] ^ 4);
  write_file(file, bytes);
}

TEST(Folder, HoldsEverythingAndEndsWithClaimsAndReport) {
  const SmallRun small;
  const Finish end = small.finish();
  ASSERT_EQ(end.status, 0) << end.errors;
  for (const char* name : {"config.toml", "manifest.json", "claims.json", "report.html",
                           "tables/spectrum.csv", "tasks", "figures"}) {
    EXPECT_TRUE(fs::exists(small.run() / name)) << name;
  }
  EXPECT_THAT(end.output, HasSubstr("parameterization: "));
  EXPECT_THAT(end.output, HasSubstr("points: 3 (seed = 1, 2, 3)"));
  EXPECT_THAT(end.output, HasSubstr("holds"));
  EXPECT_THAT(end.output, HasSubstr("report: run/report.html"));
  EXPECT_THAT(read_file(small.run() / "manifest.json"), HasSubstr("\"commit\""));
}

TEST(Folder, AFinishedRunAgainSaysSoWithinTwoSeconds) {
  const SmallRun small;
  small.finish();
  const auto contents = run_contents(small.run());
  const Finish again = small.finish();
  EXPECT_EQ(again.status, 0);
  EXPECT_LT(again.cpu_seconds, 1) << "of processor time, whatever else this machine does";
  EXPECT_THAT(again.output, HasSubstr("nothing is left to do"));
  EXPECT_THAT(again.output, HasSubstr("report: run/report.html"));
  EXPECT_THAT(again.output, HasSubstr("holds"));
  EXPECT_EQ(differing_files(run_contents(small.run()), contents), "");
}

TEST(FolderFull, ItsConfigurationIsADeckOfTheSameRun) {
  const SmallRun small;
  small.finish();
  const Finish again = wideband({"run", "run/config.toml", "--out", "run"}, small.options());
  EXPECT_THAT(again.output, HasSubstr("nothing is left to do"));
}

TEST(FolderFull, TheDefaultNameIsThatOfTheConfiguration) {
  const SmallRun small;
  const auto run = [&](std::vector<std::string> more) {
    more.insert(more.begin(), {"run", "small.toml"});
    return wideband(more, small.options());
  };
  EXPECT_EQ(run({}).status, 0);
  EXPECT_THAT(run({"--threads", "1"}).output, HasSubstr("nothing is left to do"));
  const auto names = names_in(small.folder() / "runs");
  ASSERT_EQ(names.size(), 1u);
  EXPECT_THAT(names[0], ::testing::MatchesRegex("circle-spectrum-[0-9a-f]{8}"));
}

TEST(Folder, AnotherConfigurationOrAnythingElseIsRefused) {
  const SmallRun small;
  small.finish();
  const auto contents = run_contents(small.run());
  const Finish other =
      wideband({"run", "small.toml", "--out", "run", "--set", "cutoff=7", "--set", "neurons=9"},
               small.options());
  EXPECT_EQ(other.status, 2);
  EXPECT_THAT(other.errors, HasSubstr("another configuration: cutoff is 7, there 8"));
  EXPECT_EQ(differing_files(run_contents(small.run()), contents), "");
  const Finish here = wideband({"run", "small.toml", "--out", "."}, small.options());
  EXPECT_EQ(here.status, 2);
  EXPECT_THAT(here.errors, HasSubstr("not empty and holds no run"));
}

TEST(Folder, OneThatCannotBeMadeIsUnavailable) {
  const SmallRun small;
  for (const char* place : {"small.toml", "small.toml/run", "/proc/none/run"}) {
    const Finish end = wideband({"run", "small.toml", "--out", place}, small.options());
    EXPECT_EQ(end.status, 4) << place << ": " << end.errors;
  }
}

TEST(Folder, ASecondWriterIsToldTheProcessIdOfTheFirst) {
  const SmallRun small;
  const std::vector<std::string> words = {"run",   "small.toml",     "--out", "run",
                                          "--set", "networks=20000", "--set", "neurons=65536"};
  Command first(words, small.options());
  while (!fs::exists(small.run() / "config.toml")) pause_for(.01);
  const Finish second = wideband(words, small.options());
  EXPECT_EQ(second.status, 4);
  EXPECT_THAT(second.errors, HasSubstr("held by process " + std::to_string(first.process())));
  first.signal(SIGKILL);
  EXPECT_EQ(first.finish().status, 128 + SIGKILL);
}

TEST(Folder, AlteredAndTruncatedTasksAreSetAsideAndComputedAgain) {
  const SmallRun small;
  small.finish();
  const auto contents = run_contents(small.run());
  const auto tasks = small.task_files();
  ASSERT_GE(tasks.size(), 4u);
  alter(tasks[0], 3);
  alter(tasks[1], 2000);
  fs::resize_file(tasks[2], 700);
  write_file(tasks[3], read_file(tasks[0]));
  const Finish again = small.finish();
  EXPECT_EQ(again.status, 0);
  EXPECT_THAT(again.errors, HasSubstr("it is no task file"));
  EXPECT_THAT(again.errors, HasSubstr("its checksum is wrong"));
  EXPECT_THAT(again.output, Not(HasSubstr("nothing is left to do")));
  EXPECT_EQ(differing_files(run_contents(small.run()), contents), "");
  for (int i = 0; i < 4; ++i)
    EXPECT_TRUE(fs::exists(tasks[static_cast<std::size_t>(i)].string() + ".bad"));
}

TEST(FolderFull, AlteredTablesFiguresClaimsAndReportsAreWrittenAgain) {
  const SmallRun small;
  small.finish();
  const auto contents = run_contents(small.run());
  for (const auto& [name, bytes] : contents) {
    if (name == "config.toml" || name.substr(0, 6) == "tasks/") continue;
    alter(small.run() / name, 40);
    EXPECT_THAT(small.finish().errors, HasSubstr(name + " is missing or was altered"));
    EXPECT_EQ(differing_files(run_contents(small.run()), contents), "");
    if (name.substr(0, 8) == "figures/") break;  // one of them will do
  }
}

TEST(FolderFull, TheReportIsWrittenAgainFromTheTasks) {
  const SmallRun small;
  small.finish();
  const auto contents = run_contents(small.run());
  for (const char* name : {"tables", "figures", "report.html", "claims.json"}) {
    fs::remove_all(small.run() / name);
  }
  const Finish end = wideband({"report", "run"}, small.options());
  EXPECT_EQ(end.status, 0) << end.errors;
  EXPECT_EQ(differing_files(run_contents(small.run()), contents), "");
  EXPECT_EQ(wideband({"report", "none"}, small.options()).status, 2);
  fs::remove(small.task_files()[0]);
  const Finish partial = wideband({"report", "run"}, small.options());
  EXPECT_EQ(partial.status, 2);
  EXPECT_THAT(partial.errors, HasSubstr("tasks are missing"));
}

TEST(FolderFull, ReproduceComparesEveryBit) {
  const SmallRun small;
  small.finish();
  const Finish same = wideband({"reproduce", "run"}, small.options());
  EXPECT_EQ(same.status, 0) << same.errors;
  EXPECT_THAT(same.output, HasSubstr("the same bits"));
  const fs::path table = small.run() / "tables" / "spectrum.csv";
  std::string text = read_file(table);
  text.back() = '1';
  write_file(table, text);
  const Finish other = wideband({"reproduce", "run"}, small.options());
  EXPECT_EQ(other.status, 5);
  EXPECT_THAT(other.errors, HasSubstr("tables/spectrum.csv: line"));
  EXPECT_EQ(wideband({"reproduce", "none"}, small.options()).status, 2);
}

}  // namespace
}  // namespace wideband::test
