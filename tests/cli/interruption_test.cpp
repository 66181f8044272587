// Ctrl-C, limits of the system, and programs that are missing.
#include <sys/mount.h>
#include <sys/resource.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/small_run.hpp"

namespace wideband::test {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

// Tasks of several seconds each.
std::vector<std::string> long_words() {
  return {"run", "small.toml", "--out",          "run",   "--threads",
          "2",   "--set",      "networks=20000", "--set", "neurons=65536"};
}

TEST(Interruption, EndsWithin2SecondsAndPrintsTheCommandThatContinues) {
  const SmallRun small;
  Command run(long_words(), small.options());
  while (!fs::exists(small.run() / "manifest.json")) pause_for(.01);
  pause_for(.2);
  run.signal(SIGINT);
  const auto begin = std::chrono::steady_clock::now();
  const Finish end = run.finish();
  const std::chrono::duration<double> waited = std::chrono::steady_clock::now() - begin;
  EXPECT_EQ(end.status, 130);
  EXPECT_LT(waited.count(), 2);
  EXPECT_THAT(end.errors, HasSubstr("wideband run small.toml --out run --threads 2 "
                                    "--set networks=20000 --set neurons=65536\n"));
}

TEST(InterruptionFull, ASecondCtrlCKillsAtOnce) {
  const SmallRun small;
  Command run(long_words(), small.options());
  while (!fs::exists(small.run() / "manifest.json")) pause_for(.01);
  pause_for(.2);
  run.signal(SIGINT);
  while (run.errors_so_far().find("interrupted") == std::string::npos) pause_for(.01);
  run.signal(SIGINT);
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_EQ(run.finish().status, 130);
  const std::chrono::duration<double> waited = std::chrono::steady_clock::now() - begin;
  EXPECT_LT(waited.count(), 1);
}

TEST(InterruptionFull, FinishedTasksAreKeptAndTheRunResumes) {
  const SmallRun small;
  Command run(SmallRun::words(1), small.options());
  while (!fs::exists(small.run() / "tasks")) pause_for(.005);
  run.signal(SIGINT);
  run.finish();
  EXPECT_EQ(small.finish().status, 0);
  EXPECT_EQ(differing_files(run_contents(small.run()), undisturbed_contents()), "");
}

TEST(LimitsFull, AFileSizeLimitIsUnavailableAndLosesNothing) {
  for (const rlim_t bytes : {rlim_t{16}, rlim_t{3000}, rlim_t{12000}}) {
    const SmallRun small;
    CommandOptions options = small.options();
    options.in_child = [bytes] {
      const rlimit limit{bytes, bytes};
      ::setrlimit(RLIMIT_FSIZE, &limit);
    };
    const Finish end = wideband(SmallRun::words(1), options);
    EXPECT_EQ(end.status, 4) << bytes << ": " << end.errors;
    EXPECT_EQ(small.finish().status, 0);
    EXPECT_EQ(differing_files(run_contents(small.run()), undisturbed_contents()), "");
  }
}

TEST(LimitsFull, AFullDiskIsUnavailableAndLosesNothing) {
  const SmallRun small;
  fs::create_directory(small.run());
  if (::mount("none", small.run().c_str(), "tmpfs", 0, "size=48k") != 0) {
    GTEST_SKIP() << "mounting is not permitted here";
  }
  const Finish end = small.finish();
  EXPECT_EQ(end.status, 4);
  EXPECT_THAT(end.errors, HasSubstr("No space left on device"));
  EXPECT_EQ(::mount("none", small.run().c_str(), "tmpfs", MS_REMOUNT, "size=64m"), 0);
  EXPECT_EQ(small.finish().status, 0);
  EXPECT_EQ(differing_files(run_contents(small.run()), undisturbed_contents()), "");
  ::umount(small.run().c_str());
}

TEST(Gnuplot, MissingIsAnnouncedAndDrawnLater) {
  const SmallRun small;
  CommandOptions options = small.options();
  options.environment = {"PATH=/nowhere"};
  const Finish end = wideband(SmallRun::words(2), options);
  EXPECT_EQ(end.status, 4);
  EXPECT_THAT(end.errors, HasSubstr("gnuplot is not on PATH"));
  EXPECT_THAT(end.output, HasSubstr("report: run/report.html"));
  EXPECT_TRUE(fs::exists(small.run() / "tables" / "spectrum.csv"));
  EXPECT_TRUE(fs::exists(small.run() / "claims.json"));
  EXPECT_EQ(wideband(SmallRun::words(2), options).status, 4) << "still without figures";
  EXPECT_EQ(wideband({"report", "run"}, small.options()).status, 0);
  EXPECT_EQ(differing_files(run_contents(small.run()), undisturbed_contents()), "");
}

}  // namespace
}  // namespace wideband::test
