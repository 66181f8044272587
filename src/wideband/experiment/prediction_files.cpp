#include "wideband/experiment/prediction_files.hpp"

#include <iterator>
#include <string_view>

#include <fmt/format.h>

#include "wideband/experiment/matrix_file.hpp"
#include "wideband/experiment/result_files.hpp"

namespace wideband {
namespace {

using Arrays = std::vector<std::pair<std::string, ArrayView>>;

// Every array that exists, by the name it has in files.
Arrays arrays_of(const PredictionOutput& output) {
  Arrays arrays;
  const auto times = static_cast<Index>(output.time.size());
  const auto add = [&](const char* name, const std::vector<double>& values,
                       std::vector<Index> shape) {
    if (!values.empty()) arrays.push_back({name, {std::move(shape), values.data()}});
  };
  const Index m = output.points;
  add("time", output.time, {times});
  add("mean", output.mean, {times, m, output.outputs});
  add("mean_train", output.mean_train, {times, output.samples, output.outputs});
  add("bound", output.bound, {times, m});
  add("covariance", output.covariance, {times, m, m});
  add("samples", output.drawn, {times, output.draws, m, output.outputs});
  add("eigenvalues", output.eigenvalues, {static_cast<Index>(output.eigenvalues.size())});
  add("rmse", output.rmse, {times});
  add("accuracy", output.accuracy, {times});
  return arrays;
}

// Takes the array of this name out of the list.
std::optional<ArrayView> taken(Arrays& arrays, const std::string& name) {
  for (auto it = arrays.begin(); it != arrays.end(); ++it) {
    if (it->first != name) continue;
    ArrayView view = it->second;
    arrays.erase(it);
    return view;
  }
  return std::nullopt;
}

void add_table(OutputFiles& files, const std::string& path, const PredictionOutput& output) {
  OutputFiles::File& file = files.add(path);
  const bool has_variance = !output.covariance.empty();
  fmt::memory_buffer text;
  text.append(std::string_view(has_variance ? "time,row,output,mean,variance\n"
                                            : "time,row,output,mean\n"));
  const auto out = std::back_inserter(text);
  std::size_t next = 0;
  for (std::size_t t = 0; t < output.time.size(); ++t) {
    for (Index i = 0; i < output.points; ++i) {
      for (Index k = 0; k < output.outputs; ++k) {
        fmt::format_to(out, "{:.17g},{},{},{:.17g}", output.time[t], i, k, output.mean[next++]);
        const auto m = static_cast<std::size_t>(output.points);
        const std::size_t diagonal =
            (t * m + static_cast<std::size_t>(i)) * m + static_cast<std::size_t>(i);
        if (has_variance) fmt::format_to(out, ",{:.17g}", output.covariance[diagonal]);
        text.push_back('\n');
      }
    }
    file.append({text.data(), text.size()});
    text.clear();
  }
}

}  // namespace

void add_prediction_files(OutputFiles& files, const std::string& path,
                          const PredictionOutput& output) {
  Hdf5Output rest{arrays_of(output), {{"status", output.status}}, output.attributes};
  switch (format_of(path, "--out")) {
    case MatrixFormat::h5:
      add_hdf5(files, path, rest);
      return;
    case MatrixFormat::npy:
      add_npy(files, path, *taken(rest.arrays, "mean"));
      for (const std::string name : {"mean_train", "covariance", "samples"}) {
        if (const auto array = taken(rest.arrays, name)) {
          add_npy(files, beside(path, "_" + name + ".npy"), *array);
        }
      }
      break;
    case MatrixFormat::csv:
      add_table(files, path, output);
      taken(rest.arrays, "mean");
      taken(rest.arrays, "covariance");  // its diagonal is the column of variances
      break;
  }
  add_json(files, beside(path, ".json"), rest);
}

}  // namespace wideband
