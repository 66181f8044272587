#include "wideband/experiment/reproduce.hpp"

#include <algorithm>
#include <chrono>
#include <cstring>
#include <mutex>
#include <utility>

#include <fmt/format.h>

#include "wideband/core/error.hpp"
#include "wideband/core/file.hpp"
#include "wideband/core/parallel.hpp"
#include "wideband/experiment/claims_json.hpp"
#include "wideband/experiment/plan.hpp"
#include "wideband/experiment/run_folder.hpp"
#include "wideband/experiment/run_inputs.hpp"
#include "wideband/experiment/sweep_outcome.hpp"
#include "wideband/experiment/task_store.hpp"
#include "wideband/linalg/product.hpp"

namespace wideband {
namespace {

namespace fs = std::filesystem;

// Where two records first differ in a bit, or "".
std::string record_difference(const Record& stored, const Record& again) {
  for (const auto& [name, array] : again.arrays()) {
    if (!stored.has(name)) return fmt::format("{} is not there", name);
    const Array& old = stored.array(name);
    if (old.shape != array.shape) return fmt::format("{} has another shape", name);
    for (std::size_t i = 0; i < array.values.size(); ++i) {
      if (std::memcmp(&old.values[i], &array.values[i], sizeof(double)) == 0) continue;
      return fmt::format("{}[{}] is {} there, {} now", name, i, old.values[i], array.values[i]);
    }
  }
  const bool more = stored.arrays().size() > again.arrays().size();
  return more ? "there are further arrays" : "";
}

// Where the stored file first differs from a text, or "".
std::string text_difference(const fs::path& file, const std::string& text) {
  if (!fs::exists(file)) return "it is missing";
  const std::string stored = read_file(file);
  if (stored == text) return "";
  const auto [mine, theirs] = std::mismatch(text.begin(), text.end(), stored.begin(), stored.end());
  return fmt::format("line {} differs", 1 + std::count(text.begin(), mine, '\n'));
}

class Comparer {
 public:
  Comparer(const Experiment& experiment, const Deck& deck, const RunOptions& options)
      : experiment_(experiment),
        options_(options),
        plan_(plan_of(experiment, with_stored_inputs(deck, options.folder))),
        store_(options.folder / "tasks", {.experiment = experiment.name,
                                          .accept_build = options.accept_build,
                                          .read_only = true}),
        records_(plan_.tasks.size()),
        differences_(plan_.tasks.size()) {}

  Reproduction compare() {
    require_all_stored();
    compare_tasks();
    Reproduction result{.tasks = static_cast<Index>(plan_.tasks.size())};
    result.interrupted = stopped();
    for (const std::string& difference : differences_) {
      if (!difference.empty()) result.differences.push_back(difference);
    }
    if (!result.interrupted) compare_outcome(result.differences);
    return result;
  }

 private:
  bool stopped() const { return options_.stop != nullptr && options_.stop->load(); }

  void require_all_stored() const {
    std::size_t missing = 0;
    for (const TaskSettings& task : plan_.tasks) missing += store_.has(task) ? 0 : 1;
    require(missing == 0, fmt::format("[reproduce] {} of {} tasks of this build are missing in {}",
                                      missing, plan_.tasks.size(), options_.folder.string()));
  }

  std::string task_difference(const TaskSettings& task, const Record& record) const {
    const TaskStore::Found stored = store_.find(task);
    const std::string difference =
        stored.record ? record_difference(*stored.record, record) : stored.notice;
    const std::string name = store_.path(task).filename().string();
    return difference.empty() ? "" : fmt::format("tasks/{}: {}", name, difference);
  }

  void compare_tasks() {
    std::vector<std::size_t> all(plan_.tasks.size());
    RunProgress progress{.total = static_cast<Index>(all.size())};
    for (std::size_t i = 0; i < all.size(); ++i) {
      all[i] = i;
      progress.total_cost += plan_.tasks[i].cost.seconds;
    }
    const std::vector<std::size_t> order = longest_first(plan_, std::move(all));
    const auto start = std::chrono::steady_clock::now();
    std::mutex mutex;
    parallel_for(progress.total, options_.threads, [&](Index position) {
      if (stopped()) return;
      const std::size_t i = order[static_cast<std::size_t>(position)];
      const TaskSettings& task = plan_.tasks[i];
      Record record = labeled_run(experiment_, task);
      differences_[i] = task_difference(task, record);
      const std::lock_guard<std::mutex> lock(mutex);
      records_[i] = std::move(record);
      ++progress.done;
      progress.done_cost += task.cost.seconds;
      progress.label = task.label;
      progress.seconds =
          std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
      if (options_.on_progress) options_.on_progress(progress);
    });
  }

  void compare_outcome(std::vector<std::string>& differences) {
    const Outcome outcome = sweep_outcome(experiment_, collected(plan_, std::move(records_)));
    const auto compare_file = [&](const std::string& path, const std::string& text) {
      const std::string difference = text_difference(options_.folder / path, text);
      if (!difference.empty()) differences.push_back(path + ": " + difference);
    };
    for (const Table& table : outcome.tables) {
      compare_file("tables/" + table.name() + ".csv", csv(table));
    }
    compare_file("claims.json", claims_json(outcome.claims));
  }

  const Experiment& experiment_;
  const RunOptions& options_;
  Plan plan_;
  TaskStore store_;
  Records records_;
  std::vector<std::string> differences_;
};

}  // namespace

Reproduction reproduce(const Experiment& experiment, const RunOptions& options) {
  set_blas_threads(1);
  const Deck deck = stored_deck(options.folder, experiment.name, experiment.defaults);
  return Comparer(experiment, deck, options).compare();
}

}  // namespace wideband
