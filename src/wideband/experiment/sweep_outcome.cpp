#include "wideband/experiment/sweep_outcome.hpp"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <set>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "wideband/core/error.hpp"

namespace wideband {
namespace {

// The keys that are not compared and whose values differ between the points.
std::vector<std::string> separating_keys(const Experiment& experiment,
                                         const std::vector<PointRecords>& points) {
  std::vector<std::string> keys;
  for (const Setting& setting : points.front().config) {
    const std::vector<std::string>& compared = experiment.compared;
    if (std::count(compared.begin(), compared.end(), setting.key) > 0) continue;
    const bool differs = std::any_of(points.begin(), points.end(), [&](const PointRecords& point) {
      return value_of(point.config, setting.key) != setting.value;
    });
    if (differs) keys.push_back(setting.key);
  }
  return keys;
}

struct Group {
  std::vector<Value> values;  // of the separating keys
  std::vector<PointRecords> points;
};

// A named file by its name alone: where it lies is no part of a result.
Value shown(const Settings& config, const std::string& key) {
  for (const Setting& setting : config) {
    if (setting.key != key || !setting.field.file) continue;
    return std::filesystem::path(std::get<std::string>(setting.value)).filename().string();
  }
  return value_of(config, key);
}

std::vector<Group> groups_of(const std::vector<std::string>& keys,
                             std::vector<PointRecords> points) {
  std::vector<Group> groups;
  for (PointRecords& point : points) {
    std::vector<Value> values;
    for (const std::string& key : keys) values.push_back(shown(point.config, key));
    auto found = std::find_if(groups.begin(), groups.end(),
                              [&](const Group& group) { return group.values == values; });
    if (found == groups.end()) found = groups.insert(found, Group{std::move(values), {}});
    found->points.push_back(std::move(point));
  }
  return groups;
}

std::string words(const Value& value) {
  const auto* text = std::get_if<std::string>(&value);
  return text != nullptr ? *text : toml_text(value);
}

Cell cell(const Value& value) {
  if (const auto* number = std::get_if<Index>(&value)) return *number;
  if (const auto* number = std::get_if<double>(&value)) return *number;
  return words(value);
}

// "-eta-0.8", with what a file name should not hold replaced.
std::string suffix(const std::vector<std::string>& keys, const std::vector<Value>& values) {
  std::string text;
  for (std::size_t i = 0; i < keys.size(); ++i) text += "-" + keys[i] + "-" + words(values[i]);
  for (char& c : text) {
    if (std::isalnum(static_cast<unsigned char>(c)) == 0 && c != '.' && c != '-') c = '-';
  }
  return text;
}

// "eta = 0.8, seed = 2"
std::string label(const std::vector<std::string>& keys, const std::vector<Value>& values) {
  std::string text;
  for (std::size_t i = 0; i < keys.size(); ++i)
    text += fmt::format("{}{} = {}", i == 0 ? "" : ", ", keys[i], words(values[i]));
  return text;
}

class Joined {
 public:
  explicit Joined(std::vector<std::string> keys) : keys_(std::move(keys)) {}

  void add(const std::vector<Value>& values, Outcome outcome) {
    const std::string said = label(keys_, values);
    const std::string ending = suffix(keys_, values);
    for (const Table& table : outcome.tables) add(values, table);
    for (Claim& claim : outcome.claims) add(said, ending, std::move(claim));
    for (Figure& figure : outcome.figures) {
      figure.name += ending;
      figure.title += " (" + said + ")";
      outcome_.figures.push_back(std::move(figure));
    }
    for (const std::string& status : outcome.statuses)
      outcome_.statuses.push_back(said + ": " + status);
  }

  Outcome outcome() && { return std::move(outcome_); }

 private:
  void add(const std::vector<Value>& values, const Table& table) {
    std::vector<std::string> columns;
    std::vector<Cell> cells;
    for (std::size_t i = 0; i < keys_.size(); ++i) {
      const std::vector<std::string>& own = table.columns();
      if (std::count(own.begin(), own.end(), keys_[i]) > 0) continue;
      columns.push_back(keys_[i]);
      cells.push_back(cell(values[i]));
    }
    columns.insert(columns.end(), table.columns().begin(), table.columns().end());
    auto found = std::find_if(outcome_.tables.begin(), outcome_.tables.end(),
                              [&](const Table& other) { return other.name() == table.name(); });
    if (found == outcome_.tables.end())
      found = outcome_.tables.insert(found, Table(table.name(), columns));
    require(found->columns() == columns,
            fmt::format("[sweep_outcome] the columns of {} differ between points", table.name()));
    for (const std::vector<Cell>& row : table.rows()) {
      std::vector<Cell> whole = cells;
      whole.insert(whole.end(), row.begin(), row.end());
      found->add(std::move(whole));
    }
  }

  void add(const std::string& said, const std::string& ending, Claim claim) {
    for (Comparison& comparison : claim.comparisons)
      comparison.label = said + (comparison.label.empty() ? "" : ": ") + comparison.label;
    if (!claim.finding.empty()) claim.finding = said + ": " + claim.finding;
    const auto found =
        std::find_if(outcome_.claims.begin(), outcome_.claims.end(), [&](const Claim& other) {
          return other.id == claim.id && other.statement == claim.statement &&
                 other.resolution == claim.resolution &&
                 other.absolute_resolution == claim.absolute_resolution;
        });
    if (found != outcome_.claims.end()) {
      found->comparisons.insert(found->comparisons.end(), claim.comparisons.begin(),
                                claim.comparisons.end());
      if (!claim.finding.empty())
        found->finding += (found->finding.empty() ? "" : " ") + claim.finding;
      return;
    }
    // Another statement, which names its own numbers: a claim of its own.
    const bool taken = std::any_of(outcome_.claims.begin(), outcome_.claims.end(),
                                   [&](const Claim& other) { return other.id == claim.id; });
    if (taken) claim.id += ending;
    outcome_.claims.push_back(std::move(claim));
  }

  std::vector<std::string> keys_;
  Outcome outcome_;
};

}  // namespace

Outcome sweep_outcome(const Experiment& experiment, std::vector<PointRecords> points) {
  require(!points.empty(), "[sweep_outcome] expected a point, got none");
  const std::vector<std::string> keys = separating_keys(experiment, points);
  if (keys.empty()) return experiment.outcome(std::move(points));
  Joined joined(keys);
  for (Group& group : groups_of(keys, std::move(points)))
    joined.add(group.values, experiment.outcome(std::move(group.points)));
  return std::move(joined).outcome();
}

}  // namespace wideband
