#include "wideband/experiment/runner.hpp"

#include <fstream>
#include <mutex>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/messages.hpp"
#include "support/temporary_folder.hpp"
#include "support/tiny_experiment.hpp"
#include "wideband/core/error.hpp"
#include "wideband/core/file.hpp"
#include "wideband/experiment/manifest.hpp"

namespace wideband::runner_test {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// A run of the tiny experiment that notes which tasks were computed.
struct Ran {
  std::vector<Index> computed = {};
  std::vector<std::string> notices = {};
  RunResult result = {};
};

Ran ran(const fs::path& folder, const std::string& text = "", RunOptions options = {}) {
  Ran log;
  std::mutex mutex;
  const Experiment tiny = test::tiny_experiment([&](Index n) {
    const std::lock_guard<std::mutex> lock(mutex);
    log.computed.push_back(n);
  });
  options.folder = folder;
  options.on_notice = [&](const std::string& notice) { log.notices.push_back(notice); };
  log.result = run(tiny, read_deck("tiny", tiny.defaults, text, "d.toml", {}), options);
  return log;
}

std::vector<fs::path> task_files(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const std::string& name : test::names_in(folder / "tasks")) {
    files.push_back(folder / "tasks" / name);
  }
  return files;
}

TEST(Runner, LeavesTheFolderOfTheContract) {
  const test::TemporaryFolder folder;
  const Ran first = ran(folder.path());
  EXPECT_EQ(first.result.status, RunStatus::finished);
  EXPECT_THAT(first.computed, ElementsAre(16, 8, 4)) << "the longest first";
  EXPECT_EQ(first.result.computed, 3);
  EXPECT_THAT(first.result.statuses, ElementsAre("summed"));
  for (const char* name : {"config.toml", "manifest.json", "claims.json", "tables/sums.csv"}) {
    EXPECT_TRUE(fs::exists(folder.path() / name)) << name;
  }
  EXPECT_EQ(task_files(folder.path()).size(), 3u);
  EXPECT_THAT(read_file(folder.path() / "tables/sums.csv"), HasSubstr("1,16,120,120\n"));
  const auto manifest = stored_manifest(folder.path());
  ASSERT_TRUE(manifest);
  EXPECT_EQ(manifest->tasks.size(), 3u);
  EXPECT_TRUE(manifest->tasks[0].seconds);
}

TEST(Runner, AFinishedFolderHasNothingLeftToDo) {
  const test::TemporaryFolder folder;
  const Ran first = ran(folder.path());
  const Ran second = ran(folder.path());
  EXPECT_EQ(second.result.status, RunStatus::nothing_to_do);
  EXPECT_THAT(second.computed, IsEmpty());
  ASSERT_EQ(second.result.claims.size(), 1u);
  EXPECT_EQ(second.result.claims[0].statement, first.result.claims[0].statement);
  EXPECT_EQ(second.result.report, first.result.report);
}

TEST(Runner, ComputesOnlyWhatIsMissing) {
  const test::TemporaryFolder folder;
  ran(folder.path());
  const std::string table = read_file(folder.path() / "tables/sums.csv");
  fs::remove(task_files(folder.path())[0]);
  const Ran second = ran(folder.path());
  EXPECT_EQ(second.computed.size(), 1u);
  EXPECT_EQ(read_file(folder.path() / "tables/sums.csv"), table);
}

TEST(Runner, SetsDamagedTasksAsideAlsoInAFinishedFolder) {
  const test::TemporaryFolder folder;
  ran(folder.path());
  const fs::path damaged = task_files(folder.path())[1];
  std::string bytes = read_file(damaged);
  bytes[bytes.size() - 3] = static_cast<char>(bytes[bytes.size() - 3] + 1);
  write_file(damaged, bytes);
  const Ran second = ran(folder.path());
  EXPECT_EQ(second.computed.size(), 1u);
  EXPECT_THAT(second.notices, ElementsAre(HasSubstr("its checksum is wrong")));
  EXPECT_TRUE(fs::exists(damaged.string() + ".bad"));
  EXPECT_EQ(ran(folder.path()).result.status, RunStatus::nothing_to_do);
}

TEST(Runner, WritesAlteredOutputsAgain) {
  const test::TemporaryFolder folder;
  ran(folder.path());
  const std::string table = read_file(folder.path() / "tables/sums.csv");
  write_file(folder.path() / "tables/sums.csv", "power,n\n");
  const Ran second = ran(folder.path());
  EXPECT_THAT(second.computed, IsEmpty());
  EXPECT_THAT(second.notices, ElementsAre(HasSubstr("tables/sums.csv is missing or was altered")));
  EXPECT_EQ(read_file(folder.path() / "tables/sums.csv"), table);
}

TEST(Runner, StopsBetweenTasksAndResumes) {
  const test::TemporaryFolder folder;
  std::atomic<bool> stop{false};
  RunOptions options;
  options.stop = &stop;
  options.on_progress = [&](const RunProgress& progress) { stop = progress.done == 1; };
  EXPECT_EQ(ran(folder.path(), "", options).result.status, RunStatus::interrupted);
  EXPECT_EQ(task_files(folder.path()).size(), 1u);
  const Ran second = ran(folder.path());
  EXPECT_THAT(second.computed, ElementsAre(8, 4));
  EXPECT_TRUE(stored_manifest(folder.path())->tasks[0].seconds);
}

TEST(Runner, TheSameBitsForAnyNumberOfThreads) {
  const test::TemporaryFolder one;
  const test::TemporaryFolder four;
  const std::string text = "[sweep]\npower = [0, 1, 2]\nsizes = [[3, 5, 7], [5, 9]]";
  RunOptions options;
  options.threads = 4;
  ran(one.path(), text);
  ran(four.path(), text, options);
  ASSERT_EQ(task_files(one.path()).size(), 12u) << "n = 5 is shared";
  for (const fs::path& file : task_files(one.path())) {
    EXPECT_EQ(read_file(file), read_file(four.path() / "tasks" / file.filename()));
  }
  for (const char* name : {"tables/sums.csv", "claims.json", "config.toml"}) {
    EXPECT_EQ(read_file(one.path() / name), read_file(four.path() / name)) << name;
  }
}

TEST(Runner, ReportsProgressFromZeroToTheEnd) {
  const test::TemporaryFolder folder;
  std::vector<Index> done;
  RunOptions options;
  options.on_progress = [&](const RunProgress& progress) {
    done.push_back(progress.done);
    EXPECT_EQ(progress.total, 3);
    EXPECT_NEAR(progress.total_cost, .028, 1e-12);
  };
  ran(folder.path(), "", options);
  EXPECT_THAT(done, ElementsAre(0, 1, 2, 3));
}

TEST(Runner, BadInputIsFoundBeforeTheFolderIsTouched) {
  const test::TemporaryFolder folder;
  EXPECT_THROW(ran(folder.path() / "run", "power = 2\nsizes = 1"), std::invalid_argument);
  EXPECT_FALSE(fs::exists(folder.path() / "run"));
}

TEST(Runner, AFailingTaskLosesNothing) {
  const test::TemporaryFolder folder;
  const Experiment failing = test::tiny_experiment([](Index n) {
    if (n == 8) throw NumericalError("no convergence");
  });
  const Deck deck = read_deck("tiny", failing.defaults, "", "", {});
  RunOptions options;
  options.folder = folder.path();
  EXPECT_THROW(run(failing, deck, options), NumericalError);
  EXPECT_EQ(task_files(folder.path()).size(), 1u);
  EXPECT_THAT(ran(folder.path()).computed, ElementsAre(8, 4));
}

TEST(Runner, DrawsAgainOnlyWhatIsComplete) {
  const test::TemporaryFolder folder;
  ran(folder.path());
  RunOptions options;
  options.folder = folder.path();
  EXPECT_EQ(draw_again(test::tiny_experiment(), options).status, RunStatus::finished);
  fs::remove(task_files(folder.path())[0]);
  EXPECT_THAT(test::message_of<std::invalid_argument>(
                  [&] { draw_again(test::tiny_experiment(), options); }),
              HasSubstr("1 of 3 tasks are missing"));
}

}  // namespace
}  // namespace wideband::runner_test
