// Killed anywhere, a run resumes to the bits of one that was left alone.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/small_run.hpp"

namespace wideband::test {
namespace {

namespace fs = std::filesystem;

std::string differing_now(const SmallRun& small) {
  return differing_files(run_contents(small.run()), undisturbed_contents());
}

double undisturbed_seconds(int threads) {
  const SmallRun small;
  return small.finish(threads).seconds;
}

// Kills `count` runs at moments spread evenly over a whole run, each in a folder of its own. A run
// that ends before its moment shows how long one takes now, and does not count.
void kill_spread(int count, int threads) {
  double whole = undisturbed_seconds(threads);
  int missed = 0;
  for (int killed = 0; killed < count;) {
    const SmallRun small;
    Command run(SmallRun::words(threads), small.options());
    pause_for(whole * (killed + .5) / count);
    run.signal(SIGKILL);
    const Finish end = run.finish();
    if (end.status == 128 + SIGKILL) {
      ++killed;
    } else {
      whole = end.seconds;
      ASSERT_LT(++missed, 10 + count);
    }
    ASSERT_EQ(small.finish(threads).status, 0) << "kill " << killed;
    ASSERT_EQ(differing_now(small), "") << "kill " << killed;
  }
}

// Faults at every `stride`-th write, fsync, rename and truncation until a run ends by itself.
void fault_everywhere(const std::string& kind, int status, int stride, int threads) {
  int faults = 0;
  for (int at = 1;; at += stride, ++faults) {
    ASSERT_LT(at, 2000);
    const SmallRun small;
    CommandOptions options = small.options();
    options.environment = {std::string("LD_PRELOAD=") + WIDEBAND_FAULT, "WIDEBAND_FAULT=" + kind,
                           fmt::format("WIDEBAND_FAULT_AT={}", at)};
    const Finish first = wideband(SmallRun::words(threads), options);
    if (first.status == 0) break;
    ASSERT_EQ(first.status, status) << "call " << at << ": " << first.errors;
    ASSERT_EQ(small.finish(threads).status, 0) << "call " << at;
    ASSERT_EQ(differing_now(small), "") << "call " << at;
  }
  EXPECT_GE(faults * stride, 40) << "a run makes so many calls";
}

TEST(Kill, AtSomeWritesSyncsAndRenames) {
  fault_everywhere("kill", 128 + SIGKILL, 37, 2);
}

TEST(KillFull, FiftyTimesOverARunOnOneThread) {
  kill_spread(50, 1);
}

TEST(KillFull, FiftyTimesOverARunOnTwoThreads) {
  kill_spread(50, 2);
}

TEST(KillFull, AtEveryWriteSyncAndRename) {
  fault_everywhere("kill", 128 + SIGKILL, 1, 1);
}

TEST(KillFull, AFullDiskAtEveryThirdCallIsUnavailableAndLosesNothing) {
  fault_everywhere("full", 4, 3, 2);
}

TEST(Kill, TheSameBitsOnOneThreadAndTwo) {
  const SmallRun small;
  EXPECT_EQ(small.finish(2).status, 0);
  EXPECT_EQ(differing_now(small), "");
}

TEST(KillFull, NothingTemporaryStays) {
  const SmallRun small;
  Command run(SmallRun::words(2), small.options());
  while (!fs::exists(small.run() / "tasks")) pause_for(.005);
  run.signal(SIGKILL);
  run.finish();
  write_file(small.run() / "tasks" / ".x.h5.12.part", "half");
  write_file(small.run() / ".manifest.json.12.part", "half");
  small.finish();
  EXPECT_EQ(differing_now(small), "");
}

}  // namespace
}  // namespace wideband::test
