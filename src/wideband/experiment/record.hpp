// The numbers that one task hands back, by name.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "wideband/core/types.hpp"

namespace wideband {

struct Array {
  std::vector<Index> shape;    // empty: a scalar
  std::vector<double> values;  // row-major
};

/// Named arrays of float64; a task file holds exactly one record. A first dimension over the
/// repetitions of the task is the custom: "frobenius" (seeds), "modes" (seeds, snapshots, k).
class Record {
 public:
  void put(const std::string& name, double value);
  void put(const std::string& name, const Vector& values);
  void put(const std::string& name, const Matrix& values);
  void put(const std::string& name, Array array);

  bool has(const std::string& name) const;
  /// Each throws std::invalid_argument if the name is missing or has another rank.
  double scalar(const std::string& name) const;
  Vector vector(const std::string& name) const;
  Matrix matrix(const std::string& name) const;
  const Array& array(const std::string& name) const;

  const std::map<std::string, Array>& arrays() const { return arrays_; }

 private:
  std::map<std::string, Array> arrays_;
};

}  // namespace wideband
