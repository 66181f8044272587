#include "wideband/experiment/digest.hpp"

#include <stdexcept>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wideband::digest_test {
namespace {

struct SumConfig {
  Index count = 3;
  std::vector<Index> offsets = {10};
};

template <class Visitor>
void visit_fields(SumConfig& config, Visitor&& visit) {
  visit("count", config.count, Field{.meaning = "tasks", .minimum = 1});
  visit("offsets", config.offsets, Field{.meaning = "added"});
}

struct SumTask {
  Index value = 0;
};

template <class Visitor>
void visit_fields(SumTask& task, Visitor&& visit) {
  visit("value", task.value, Field{.meaning = "value"});
}

// Tasks 0, ..., count - 1 plus an offset; the outcome is a table of their squares times `factor`.
Experiment squares(const std::string& name, double factor) {
  Definition<SumConfig, SumTask> author;
  author.name = name;
  author.validate = [](const SumConfig&) {};
  author.protocol = [](const SumConfig&) { return std::vector<Fact>{}; };
  author.tasks = [](const SumConfig& config) {
    std::vector<SumTask> tasks;
    for (Index i = 0; i < config.count; ++i) tasks.push_back({i + config.offsets[0]});
    return tasks;
  };
  author.label = [](const SumTask& task) { return "value " + std::to_string(task.value); };
  author.run = [factor](const SumTask& task) {
    Record record;
    record.put("square", factor * static_cast<double>(task.value * task.value));
    return record;
  };
  author.cost = [](const SumTask&) { return Cost{1, 100}; };
  author.probe = [](const SumConfig&) { return SumTask{7}; };
  author.outcome_cost = [](const SumConfig&) { return Cost{.5, 10}; };
  author.outcome = [name](const std::vector<Point<SumConfig, SumTask>>& points) {
    Outcome outcome;
    Table table(name, {"value", "square"});
    for (const auto& point : points) {
      for (const auto& [task, record] : point.finished) {
        table.add({task.value, record.scalar("square")});
      }
    }
    outcome.tables.push_back(table);
    return outcome;
  };
  return experiment(author);
}

struct PairConfig {
  Index size = 2;
};

template <class Visitor>
void visit_fields(PairConfig& config, Visitor&& visit) {
  visit("size", config.size, Field{.meaning = "size", .minimum = 1});
}

Experiment pair_of_squares() {
  const Experiment a = squares("a", 1);
  const Experiment b = squares("b", 2);
  const auto with_size = [](const Experiment& one, Index extra) {
    return [defaults = one.defaults, extra](const Settings& digest) {
      const Index size = config_from<PairConfig>(digest).size;
      return with_values(defaults, {{"count", size + extra}});
    };
  };
  return digest_of({.name = "pair",
                    .defaults = settings_of(PairConfig{}),
                    .parts = {{a, with_size(a, 0)}, {b, with_size(b, 1)}},
                    .probed = 1,
                    .protocol = [](const Settings&) { return std::vector<Fact>{}; },
                    .outcome_cost =
                        [](const Settings&) {
                          return Cost{0.25, 20};
                        },
                    .outcome =
                        [](const std::vector<Settings>&, std::vector<Outcome> outcomes) {
                          Outcome all;
                          for (const Outcome& one : outcomes) all.tables.push_back(one.tables[0]);
                          return all;
                        }});
}

TEST(Digest, TasksAndRecordsOfAllPartsGiveOneOutcome) {
  const Experiment pair = pair_of_squares();
  const auto tasks = pair.tasks(pair.defaults);
  ASSERT_EQ(tasks.size(), 5u);
  EXPECT_EQ(tasks[0].label, "a: value 10");
  EXPECT_EQ(tasks[4].label, "b: value 12");
  PointRecords point{pair.defaults, {}};
  for (const TaskSettings& task : tasks) {
    point.finished.emplace_back(task.settings, pair.run(task.settings));
  }
  const Outcome outcome = pair.outcome({point});
  ASSERT_EQ(outcome.tables.size(), 2u);
  EXPECT_EQ(csv(outcome.tables[0]), "value,square\n10,100\n11,121\n");
  EXPECT_EQ(csv(outcome.tables[1]), "value,square\n10,200\n11,242\n12,288\n");
}

TEST(Digest, EqualTasksOfTwoPartsDiffer) {
  const Experiment pair = pair_of_squares();
  const auto tasks = pair.tasks(pair.defaults);
  EXPECT_NE(canonical_text(tasks[0].settings), canonical_text(tasks[2].settings));
}

TEST(Digest, StatesItsCostAndTheProbeIsOneOfTheParts) {
  const Experiment pair = pair_of_squares();
  EXPECT_EQ(pair.outcome_cost(pair.defaults).seconds, 0.25);
  EXPECT_EQ(pair.outcome_cost(pair.defaults).bytes, 20);
  const TaskSettings probe = pair.probe(pair.defaults);
  EXPECT_EQ(probe.label, "b: value 7");
  EXPECT_EQ(pair.run(probe.settings).scalar("square"), 98);
}

TEST(Digest, ReplacedValuesMustFit) {
  const Settings defaults = settings_of(SumConfig{});
  EXPECT_EQ(std::get<Index>(value_of(with_values(defaults, {{"count", Index{9}}}), "count")), 9);
  EXPECT_THROW(with_values(defaults, {{"none", Index{9}}}), std::invalid_argument);
  EXPECT_THROW(with_values(defaults, {{"count", 9.0}}), std::invalid_argument);
}

}  // namespace
}  // namespace wideband::digest_test
