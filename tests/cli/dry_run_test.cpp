// What --dry-run predicts, against what the run then takes.
#include <cmath>
#include <map>
#include <optional>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/small_run.hpp"
#include "wideband/experiment/plan.hpp"
#include "wideband/experiment/registry.hpp"

namespace wideband::test {
namespace {

using ::testing::HasSubstr;

// The number after `name` in the output.
double number_after(const std::string& output, const std::string& name) {
  const std::size_t at = output.find(name);
  return at == std::string::npos ? std::nan("") : std::stod(output.substr(at + name.size()));
}

// The deck of a recipe with fewer repetitions, steps, then sizes, until its costs fit into
// `seconds`.
class Shrunk {
 public:
  Shrunk(const Experiment& experiment, std::string deck, double seconds)
      : experiment_(experiment), text_(std::move(deck)) {
    while (cost() > seconds && shrink_once()) {
    }
  }

  std::vector<std::string> words() const {
    std::vector<std::string> list;
    for (const auto& [key, value] : changed_) {
      list.push_back("--set");
      list.push_back(key + "=" + toml_text(value));
    }
    return list;
  }

 private:
  Deck deck() const {
    std::vector<std::string> assignments;
    for (const auto& [key, value] : changed_) assignments.push_back(key + "=" + toml_text(value));
    return read_deck(experiment_.name, experiment_.defaults, text_, "recipe", assignments);
  }

  double cost() const {
    const Plan plan = plan_of(experiment_, deck());
    double seconds = 0;
    for (const TaskSettings& task : plan.tasks) seconds += task.cost.seconds;
    for (const Settings& point : plan.points) seconds += experiment_.outcome_cost(point).seconds;
    return seconds;
  }

  bool accepts(const std::string& key, const Value& value) {
    const auto before = changed_;
    changed_[key] = value;
    try {
      checked_points(experiment_, deck());
      return true;
    } catch (const std::invalid_argument&) {
      changed_ = before;
      return false;
    }
  }

  bool shrink_once() {
    const Deck now = deck();
    for (const char* key : {"seeds", "targets", "widths", "networks", "activations", "depths",
                            "nets", "sizes", "rows", "steps"}) {
      for (const Setting& setting : now.settings) {
        if (setting.key == key && accepts(key, smaller(setting.value))) return true;
      }
    }
    return false;
  }

  template <class T>
  static void shorten(std::vector<T>& list) {
    list.resize(list.size() > 2 ? list.size() - 1 : 0);
  }

  // Half of a number, a list without its last entry down to two; 0 or nothing is then refused.
  static Value smaller(Value value) {
    if (auto* number = std::get_if<Index>(&value)) *number = *number > 2 ? *number / 2 : 0;
    if (auto* list = std::get_if<std::vector<Index>>(&value)) shorten(*list);
    if (auto* list = std::get_if<std::vector<std::string>>(&value)) shorten(*list);
    return value;
  }

  const Experiment& experiment_;
  std::string text_;
  std::map<std::string, Value> changed_;
};

// Whether the predictions for a run are within a factor 2 in time and 25 % in memory.
::testing::AssertionResult predicted_well(const std::string& recipe,
                                          const std::vector<std::string>& settings) {
  const TemporaryFolder folder;
  std::vector<std::string> words = {"run", recipe, "--threads", "1", "--quiet", "--out", "run"};
  words.insert(words.end(), settings.begin(), settings.end());
  std::vector<std::string> dry = words;
  dry.push_back("--dry-run");
  const Finish prediction = wideband(dry, {.folder = folder.path()});
  Command run(words, {.folder = folder.path()});
  const double peak = run.peak_bytes_until_end();
  const Finish end = run.finish();
  if (prediction.status != 0 || end.status != 0) {
    return ::testing::AssertionFailure() << prediction.errors << end.errors;
  }
  const double time_ratio = number_after(prediction.output, "time: ") / end.seconds;
  const double memory_ratio = number_after(prediction.output, "peak memory: ") * (1 << 20) / peak;
  const std::string ratios = fmt::format(
      "{} {}: predicted over measured: time {:.2f} (of {:.2f} s), memory {:.2f} (of {:.1f} MiB)",
      recipe, fmt::join(settings, " "), time_ratio, end.seconds, memory_ratio, peak / (1 << 20));
  if (time_ratio > .5 && time_ratio < 2 && memory_ratio > .75 && memory_ratio < 1.25) {
    return ::testing::AssertionSuccess() << ratios;
  }
  return ::testing::AssertionFailure() << ratios;
}

// Others may disturb a measurement of time; three of them will hardly be.
TEST(DryRunFull, PredictsTimeAndMemoryOfEveryRecipeAtTwoSizes) {
  for (const Experiment& experiment : experiments()) {
    const std::filesystem::path folder = std::filesystem::path(WIDEBAND_RECIPES) / experiment.name;
    for (const std::string& name : names_in(folder)) {
      for (const double seconds : {1.0, 2.5}) {
        const Shrunk deck(experiment, read_file(folder / name), seconds);
        const std::string recipe =
            experiment.name + "/" + std::filesystem::path(name).stem().string();
        auto well = predicted_well(recipe, deck.words());
        for (int again = 0; again < 2 && !well; ++again)
          well = predicted_well(recipe, deck.words());
        EXPECT_TRUE(well);
      }
    }
  }
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
