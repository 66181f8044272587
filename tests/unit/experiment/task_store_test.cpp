#include "wideband/experiment/task_store.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/messages.hpp"
#include "support/temporary_folder.hpp"
#include "wideband/core/file.hpp"

namespace wideband::task_store_test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TaskSettings task(Index n) {
  return {fmt::format("n = {}, seeds 0-3", n), {{"n", n, {}}}, {}};
}

Record record(double value) {
  Record result;
  result.put("value", value);
  return result;
}

TaskStore store(const std::filesystem::path& folder, const std::string& build = "b1",
                bool accept = false) {
  return {folder, {.experiment = "e", .build = build, .accept_build = accept}};
}

TEST(TaskStore, FindsWhatItSaved) {
  const test::TemporaryFolder folder;
  const TaskStore tasks = store(folder.path() / "tasks");
  EXPECT_FALSE(tasks.find(task(3)).record);
  tasks.save(task(3), record(1.5));
  EXPECT_EQ(tasks.find(task(3)).record->scalar("value"), 1.5);
  EXPECT_FALSE(tasks.find(task(4)).record);
  EXPECT_THAT(tasks.path(task(3)).filename().string(),
              ::testing::MatchesRegex("n-3-seeds-0-3-[0-9a-f]{16}-[0-9a-f]{8}\\.h5"));
}

TEST(TaskStore, TheIdDependsOnEverything) {
  const Settings three{{"n", Index{3}, {}}};
  EXPECT_EQ(task_id("e", three), task_id("e", {{"n", Index{3}, {.meaning = "samples"}}}));
  EXPECT_NE(task_id("e", three), task_id("f", three));
  EXPECT_NE(task_id("e", three), task_id("e", {{"n", Index{4}, {}}}));
  EXPECT_NE(task_id("e", three), task_id("e", {{"m", Index{3}, {}}}));
}

TEST(TaskStore, XxhKnownAnswer) {
  // XXH3-128 of the empty input with seed 0, from the reference implementation's sanity table.
  EXPECT_EQ(digest(""), "99aa06d3014798d86001c324468d497f");
}

// Every altered byte and every truncation is noticed, the file is kept aside, and the task is free.
TEST(TaskStore, NoticesEveryAlteredByteAndEveryTruncation) {
  const std::string whole = encoded_task({"e", "n = 3", "b1"}, record(1.5));
  EXPECT_EQ(decoded_task(whole).record.scalar("value"), 1.5);
  for (std::size_t i = 0; i < whole.size(); ++i) {
    std::string altered = whole;
    altered[i] = static_cast<char>(altered[i] ^ (1 << (i % 8)));
    ASSERT_THROW(decoded_task(altered), std::invalid_argument) << "byte " << i;
    if (i % 7 == 0) {
      ASSERT_THROW(decoded_task(whole.substr(0, i)), std::invalid_argument);
    }
  }
  EXPECT_THROW(decoded_task(whole + "x"), std::invalid_argument);
}

TEST(TaskStore, SetsDamagedFilesAsideAndNeverOverwritesThem) {
  const test::TemporaryFolder folder;
  const TaskStore tasks = store(folder.path());
  const std::string name = tasks.path(task(3)).filename().string();
  for (const std::string ending : {".bad", ".2.bad"}) {
    write_file(tasks.path(task(3)), "rubbish" + ending);
    const TaskStore::Found found = tasks.find(task(3));
    EXPECT_FALSE(found.record);
    EXPECT_THAT(found.notice, HasSubstr(name + ending + ": it is cut off at"));
    EXPECT_EQ(read_file(folder.path() / (name + ending)), "rubbish" + ending);
  }
}

TEST(TaskStore, AFileOfAnotherTaskIsForeign) {
  const test::TemporaryFolder folder;
  const TaskStore tasks = store(folder.path());
  tasks.save(task(4), record(4));
  std::filesystem::copy(tasks.path(task(4)), tasks.path(task(3)));
  EXPECT_THAT(tasks.find(task(3)).notice, HasSubstr("belongs to another task"));
}

TEST(TaskStore, KeepsFilesOfAnotherBuildAndUsesThemWhenTold) {
  const test::TemporaryFolder folder;
  store(folder.path(), "b1").save(task(3), record(1));
  EXPECT_FALSE(store(folder.path(), "b2").find(task(3)).record);
  EXPECT_FALSE(store(folder.path(), "b2").has(task(3)));
  EXPECT_TRUE(store(folder.path(), "b2").has_unaccepted(task(3)));
  EXPECT_FALSE(store(folder.path(), "b1").has_unaccepted(task(3)));
  EXPECT_TRUE(store(folder.path(), "b2", true).has(task(3)));
  EXPECT_EQ(store(folder.path(), "b2", true).find(task(3)).record->scalar("value"), 1);
  store(folder.path(), "b2").save(task(3), record(2));
  EXPECT_EQ(store(folder.path(), "b2", true).find(task(3)).record->scalar("value"), 2);
  EXPECT_EQ(store(folder.path(), "b1").find(task(3)).record->scalar("value"), 1);
}

TEST(TaskStore, RemovesWhatKilledWritersLeft) {
  const test::TemporaryFolder folder;
  write_file(folder.path() / ".x.h5.123.part", "half");
  write_file(folder.path() / "kept.part", "not ours");
  store(folder.path());
  EXPECT_THAT(test::names_in(folder.path()), ElementsAre("kept.part"));
}

TEST(TaskStore, LongSettingsAreStoredByTheirDigest) {
  const test::TemporaryFolder folder;
  TaskSettings large = task(3);
  large.settings.push_back({"angles", std::vector<double>(20000, .1), {}});
  store(folder.path()).save(large, record(7));
  EXPECT_EQ(store(folder.path()).find(large).record->scalar("value"), 7);
}

}  // namespace
}  // namespace wideband::task_store_test
