// A small table of images and a small run of table-regression on it.
#pragma once

#include <cmath>
#include <filesystem>
#include <fstream>
#include <string>

#include "wideband/experiment/kernel/regression_results.hpp"
#include "wideband/random/key.hpp"

namespace wideband::test {

inline void write_idx(const std::filesystem::path& path, const std::vector<Index>& shape,
                      const std::string& bytes) {
  std::string head = {0, 0, 8, static_cast<char>(shape.size())};
  for (const Index size : shape) {
    for (const int shift : {24, 16, 8, 0}) head.push_back(static_cast<char>((size >> shift) & 255));
  }
  std::ofstream(path, std::ios::binary) << head << bytes;
}

/// Ten classes of 4 x 4 images: each a pattern of its own under noise.
inline void write_images(const std::filesystem::path& folder, const std::string& part, Index rows) {
  const Key key = Key(7).child(part.c_str());
  const Vector noise = gaussians(key, 16 * rows);
  std::string images;
  std::string labels;
  for (Index i = 0; i < rows; ++i) {
    const Index label = i % 10;
    labels.push_back(static_cast<char>(label));
    for (Index p = 0; p < 16; ++p) {
      const double clean = 120 + 60 * std::cos(static_cast<double>((label + 2) * (p + 1)));
      const double pixel = std::clamp(clean + 50 * noise(16 * i + p), 0.0, 255.0);
      images.push_back(static_cast<char>(static_cast<unsigned char>(pixel)));
    }
  }
  write_idx(folder / (part + "-images-idx3-ubyte"), {rows, 4, 4}, images);
  write_idx(folder / (part + "-labels-idx1-ubyte"), {rows}, labels);
}

inline RegressionConfig small_regression_config(const std::filesystem::path& folder) {
  write_images(folder, "train", 100);
  write_images(folder, "t10k", 200);
  RegressionConfig config;
  config.data = folder.string();
  config.rows = 100;
  config.test_rows = 200;
  config.nets = {"dense | relu | dense", "dense W=2 b=0.1 | erf | dense W=2 b=0.1"};
  config.laws = {"nngp", "ntk", "ntk_gp"};
  config.ridges = {1e-2, 1};
  return config;
}

/// The results that a run of many rows could have, to be changed.
inline RegressionResults plausible_results() {
  RegressionResults results;
  for (const char* law : {"nngp", "ntk", "ntk_gp"}) {
    RegressionResult result{"dense | relu | dense", law, 4000, 10000, {}};
    for (const double ridge : {1e-3, 1e-2, 1e-1}) {
      const double away = std::abs(std::log10(ridge) + 2);
      result.ridges.push_back({.ridge = ridge,
                               .absolute = 2 * ridge,
                               .accuracy = 0.86 - 0.01 * away,
                               .test = {0.02 + 0.002 * away, 2e-4},
                               .leave_one_out = {0.0201 + 0.002 * away, 3e-4},
                               .loo_accuracy = 0.858 - 0.01 * away,
                               .log_marginal_likelihood = 9000 - 500 * away,
                               .bound = 1e-9});
    }
    results.push_back(result);
  }
  return results;
}

}  // namespace wideband::test
