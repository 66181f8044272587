#include "wideband/experiment/runner.hpp"

#include <algorithm>
#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "wideband/core/error.hpp"
#include "wideband/core/file.hpp"
#include "wideband/core/memory.hpp"
#include "wideband/core/parallel.hpp"
#include "wideband/experiment/figure.hpp"
#include "wideband/experiment/installation.hpp"
#include "wideband/experiment/manifest.hpp"
#include "wideband/experiment/outputs.hpp"
#include "wideband/experiment/plan.hpp"
#include "wideband/experiment/run_folder.hpp"
#include "wideband/experiment/run_inputs.hpp"
#include "wideband/experiment/stored_claims.hpp"
#include "wideband/experiment/sweep_outcome.hpp"
#include "wideband/experiment/task_store.hpp"
#include "wideband/linalg/product.hpp"

namespace wideband {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

Index seed_of(const Settings& settings) {
  for (const Setting& setting : settings) {
    if (setting.key == "seed") return std::get<Index>(setting.value);
  }
  return 0;
}

// One run in its folder.
class Runner {
 public:
  Runner(const Experiment& experiment, const Deck& deck, const RunOptions& options)
      : experiment_(experiment),
        deck_(deck),
        options_(options),
        plan_(plan_of(experiment, with_stored_inputs(deck, options.folder))),
        folder_(options.folder, deck, experiment.defaults),
        store_(options.folder / "tasks",
               {.experiment = experiment.name, .accept_build = options.accept_build}),
        records_(plan_.tasks.size()) {
    set_blas_threads(1);  // the bits never depend on the number of threads
    store_inputs(deck, options.folder);
    read_stored();
    describe();
  }

  RunResult run() {
    if (missing().empty() && is_finished()) return stored_result();
    write_manifest();
    calculate();
    if (stopped() || !missing().empty())
      return {.status = RunStatus::interrupted, .tasks = count(), .computed = computed_};
    return show();
  }

  RunResult show() {
    require(missing().empty(),
            fmt::format("[report] {} of {} tasks are missing in {}; `wideband run` continues it",
                        missing().size(), count(), options_.folder.string()));
    const Outcome outcome = sweep_outcome(experiment_, collected(plan_, std::move(records_)));
    const bool figures = outcome.figures.empty() || gnuplot_available();
    OutputOptions output{.folder = options_.folder,
                         .summary = experiment_.summary,
                         .protocol = experiment_.protocol(plan_.points.front()),
                         .figures = figures};
    manifest_.outputs = write_outputs(outcome, deck_, manifest_, output);
    manifest_.figures_missing = !figures;
    manifest_.statuses = outcome.statuses;
    write_manifest();
    return {.status = RunStatus::finished,
            .claims = outcome.claims,
            .statuses = outcome.statuses,
            .report = report(),
            .tasks = count(),
            .computed = computed_,
            .figures_missing = !figures};
  }

 private:
  Index count() const { return static_cast<Index>(plan_.tasks.size()); }
  fs::path report() const { return options_.folder / "report.html"; }
  bool stopped() const { return options_.stop != nullptr && options_.stop->load(); }

  void notice(const std::string& text) const {
    if (options_.on_notice && !text.empty()) options_.on_notice(text);
  }

  void read_stored() {
    Index unaccepted = 0;
    for (std::size_t i = 0; i < plan_.tasks.size(); ++i) {
      TaskStore::Found found = store_.find(plan_.tasks[i]);
      notice(found.notice);
      records_[i] = std::move(found.record);
      if (!records_[i] && store_.has_unaccepted(plan_.tasks[i])) ++unaccepted;
    }
    if (unaccepted == 0) return;
    notice(
        fmt::format("{} of {} tasks are stored by another build; they are kept and computed "
                    "again (--accept-build uses them)",
                    unaccepted, count()));
  }

  // Fills the manifest; wall times that an earlier run has noted are kept.
  void describe() {
    const std::optional<Manifest> earlier = stored_manifest(options_.folder);
    std::map<std::string, std::optional<double>> seconds;
    double earlier_peak = 0;
    if (earlier) {
      for (const ManifestTask& task : earlier->tasks) seconds[task.id] = task.seconds;
      earlier_peak = earlier->peak_bytes;
      stored_outputs_ = *earlier;
    }
    manifest_ = {.experiment = experiment_.name,
                 .build = build_identity(),
                 .blas = blas_description(),
                 .simd = simd_description(),
                 .threads = options_.threads,
                 .seed = seed_of(deck_.settings),
                 .peak_bytes = earlier_peak};
    for (std::size_t i = 0; i < plan_.tasks.size(); ++i) {
      manifest_.tasks.push_back({plan_.ids[i], plan_.tasks[i].label, {}});
      if (records_[i]) manifest_.tasks.back().seconds = seconds[plan_.ids[i]];
    }
  }

  void write_manifest() {
    manifest_.peak_bytes = std::max(manifest_.peak_bytes, static_cast<double>(peak_memory()));
    write_file(options_.folder / "manifest.json", manifest_json(manifest_));
    manifest_time_ = Clock::now();
  }

  std::vector<std::size_t> missing() const {
    std::vector<std::size_t> list;
    for (std::size_t i = 0; i < records_.size(); ++i) {
      if (!records_[i]) list.push_back(i);
    }
    return list;
  }

  // Whether tables, claims, figures and report are there, unaltered and of this build.
  bool is_finished() const {
    if (!stored_outputs_ || stored_outputs_->outputs.empty()) return false;
    const bool same_build =
        options_.accept_build || to_string(stored_outputs_->build) == to_string(build_identity());
    const bool undrawn = stored_outputs_->figures_missing && gnuplot_available();
    if (!same_build || undrawn) return false;
    const std::string altered = altered_output(options_.folder, stored_outputs_->outputs);
    if (!altered.empty()) notice(altered + " is missing or was altered; it is written again");
    return altered.empty();
  }

  RunResult stored_result() const {
    return {.status = RunStatus::nothing_to_do,
            .claims = claims_from_json(read_file(options_.folder / "claims.json")),
            .statuses = stored_outputs_->statuses,
            .report = report(),
            .tasks = count(),
            .figures_missing = stored_outputs_->figures_missing};
  }

  // Computes the tasks, the longest first.
  void calculate() {
    const std::vector<std::size_t> order = longest_first(plan_, missing());
    const auto cost = [&](std::size_t i) { return plan_.tasks[i].cost.seconds; };
    RunProgress progress;
    progress.total = count();
    progress.stored = progress.done = count() - static_cast<Index>(order.size());
    for (const std::size_t i : order) progress.total_cost += cost(i);
    if (options_.on_progress && !order.empty()) options_.on_progress(progress);
    const Clock::time_point start = Clock::now();
    std::mutex mutex;
    parallel_for(static_cast<Index>(order.size()), options_.threads, [&](Index position) {
      if (stopped()) return;
      const std::size_t i = order[static_cast<std::size_t>(position)];
      const Clock::time_point begin = Clock::now();
      Record record = labeled_run(experiment_, plan_.tasks[i]);
      store_.save(plan_.tasks[i], record);
      const std::lock_guard<std::mutex> lock(mutex);
      records_[i] = std::move(record);
      manifest_.tasks[i].seconds = seconds_since(begin);
      ++computed_;
      ++progress.done;
      progress.done_cost += cost(i);
      progress.seconds = seconds_since(start);
      progress.label = plan_.tasks[i].label;
      if (seconds_since(manifest_time_) > 5) write_manifest();
      if (options_.on_progress) options_.on_progress(progress);
    });
  }

  const Experiment& experiment_;
  const Deck& deck_;
  const RunOptions& options_;
  Plan plan_;
  RunFolder folder_;
  TaskStore store_;
  Records records_;
  Manifest manifest_;
  std::optional<Manifest> stored_outputs_;
  Clock::time_point manifest_time_ = Clock::now();
  Index computed_ = 0;
};

}  // namespace

RunResult run(const Experiment& experiment, const Deck& deck, const RunOptions& options) {
  return Runner(experiment, deck, options).run();
}

RunResult draw_again(const Experiment& experiment, const RunOptions& options) {
  const Deck deck = stored_deck(options.folder, experiment.name, experiment.defaults);
  return Runner(experiment, deck, options).show();
}

}  // namespace wideband
