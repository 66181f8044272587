// `wideband kernel` as a call: what is asked for as it is typed, its plan, and the files it writes.
#pragma once

#include <functional>
#include <string>

#include "wideband/core/output_files.hpp"
#include "wideband/kernel/kernel.hpp"

namespace wideband {

/// The options of `wideband kernel`, with their defaults.
struct KernelRequest {
  std::string net, x, z, out;
  std::string kinds = "nngp,ntk";
  std::string precision = "f64";
  std::string scale = "none";
  std::string quadrature = "auto";
  std::string dual_tolerance = "1e-12";
  std::string refine_below = "0.015625";
  std::string tile = "0";
  std::string memory_limit = "0";
  Index threads = 0;  // 0: every core that the process may use
};

/// What a job tells while it runs.
struct JobEvents {
  std::function<void(const std::string& text)> on_plan = {};  // before any result is allocated
  std::function<bool(const Progress&)> on_progress = {};      // false: stop, by throwing Stopped
};

/// A request with its texts read and its inputs loaded and scaled.
struct KernelJob {
  Architecture net;
  Matrix X, Z;  // Z empty: the symmetric call
  KernelOptions options = {};
  bool single_precision = false;
  std::string scale, quadrature;
  std::string out;
};

/// Throws std::invalid_argument naming option, file and place; UnavailableError for files that
/// cannot be read.
KernelJob kernel_job(const KernelRequest& request);

/// What the job would take; nothing is computed.
KernelPlan plan(const KernelJob& job);

/// Computes the kernels and adds their files: NAME.h5; or NAME.npy or .csv (two kinds: NAME_nngp
/// and NAME_ntk) with NAME.json. The caller publishes them. Returns a line for the log.
std::string run(const KernelJob& job, OutputFiles& files, const JobEvents& events = {});

/// {"result_bytes": ..., "work_bytes": ..., "seconds": ..., "tile": ...}, for --plan.
std::string plan_json(std::size_t result_bytes, std::size_t work_bytes, double seconds, Index tile);

/// {"phase": ..., "done": ..., "total": ..., "seconds_left": ...}, for --status.
std::string progress_json(const Progress& progress);

/// The quadrature that --quadrature names: auto, polar, cartesian, hermite, gauss_hermite:DEG.
Quadrature quadrature_option(const std::string& text);

/// "polar" or "gauss_hermite:25", as it is stored with results.
std::string options_text(const KernelOptions& options, const std::string& quadrature);

}  // namespace wideband
