// What --dry-run predicts, against what the run then takes.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/small_run.hpp"
#include "wideband/experiment/registry.hpp"

namespace wideband::test {
namespace {

using ::testing::HasSubstr;

// The number after `name` in the output.
double number_after(const std::string& output, const std::string& name) {
  const std::size_t at = output.find(name);
  return at == std::string::npos ? std::nan("") : std::stod(output.substr(at + name.size()));
}

TEST(DryRun, RunsNothing) {
  const SmallRun small;
  std::vector<std::string> words = SmallRun::words(1);
  words.push_back("--dry-run");
  const Finish end = wideband(words, small.options());
  EXPECT_EQ(end.status, 0) << end.errors;
  EXPECT_FALSE(std::filesystem::exists(small.run()));
  EXPECT_THAT(end.output, HasSubstr("tasks: "));
  EXPECT_GT(number_after(end.output, "time: "), 0);
  EXPECT_GT(number_after(end.output, "peak memory: "), 1);
}

TEST(DryRun, CountsWhatIsStored) {
  const SmallRun small;
  small.finish();
  std::vector<std::string> words = SmallRun::words(1);
  words.push_back("--dry-run");
  const Finish end = wideband(words, small.options());
  EXPECT_EQ(number_after(end.output, "tasks: "), small.task_files().size());
  EXPECT_THAT(end.output,
              HasSubstr(fmt::format("tasks: {0}, {0} of them stored", small.task_files().size())));
}

}  // namespace
}  // namespace wideband::test
