// The files that a prediction leaves: everything in .h5, or arrays and a table with JSON beside
// them.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "wideband/core/output_files.hpp"
#include "wideband/dynamics/predictor.hpp"
#include "wideband/experiment/hdf5_store.hpp"

namespace wideband {

/// Everything that is written, row-major; what does not exist is empty.
struct PredictionOutput {
  Index points = 0, samples = 0, outputs = 0, draws = 0;
  std::vector<double> time;              // (T)
  std::vector<double> mean, mean_train;  // (T, points, outputs), (T, samples, outputs)
  std::vector<double> bound;             // (T, points)
  std::vector<double> covariance;        // (T, points, points)
  std::vector<double> drawn;             // (T, draws, points, outputs)
  std::vector<double> eigenvalues;       // (samples), decreasing
  std::vector<double> rmse, accuracy;    // (T)
  std::vector<std::string> status;       // (T)
  std::map<std::string, AttributeValue> attributes;
};

/// Adds the files: .h5 holds all; .npy the mean, 3-d, with NAME_mean_train.npy,
/// NAME_covariance.npy, NAME_samples.npy; .csv the columns time,row,output,mean[,variance]; the
/// rest is in NAME.json.
void add_prediction_files(OutputFiles& files, const std::string& path,
                          const PredictionOutput& output);

}  // namespace wideband
