// HDF5 files for other programs: arrays of floats, texts, attributes; written and read on disk.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "wideband/core/types.hpp"
#include "wideband/data/npy.hpp"

namespace wideband {

/// A view of an array in row-major order.
struct ArrayView {
  std::vector<Index> shape;
  std::variant<const double*, const float*> values;
};

using AttributeValue = std::variant<std::string, double, std::int64_t>;

struct Hdf5Output {
  std::vector<std::pair<std::string, ArrayView>> arrays;
  std::vector<std::pair<std::string, std::vector<std::string>>> texts;
  std::map<std::string, AttributeValue> attributes;  // of the root group
};

/// Writes the file, f4 or f8 as the arrays are. Equal arguments give equal bytes. Throws
/// UnavailableError if the disk refuses.
void write_hdf5(const std::filesystem::path& path, const Hdf5Output& output);

/// A file that is open for reading. A child process reads it first (of files above 64 MiB all but
/// the numbers), so that one on which the library crashes or hangs is refused like any other.
///
/// throws   (every method) std::invalid_argument naming the file for what is no HDF5 file,
///          truncated, damaged, or not what is asked for; UnavailableError if it cannot be read
class Hdf5Input {
 public:
  explicit Hdf5Input(const std::filesystem::path& path);
  Hdf5Input(const Hdf5Input&) = delete;
  Hdf5Input& operator=(const Hdf5Input&) = delete;
  ~Hdf5Input();

  /// Paths of the datasets of numbers with 1 or 2 dimensions, sorted.
  const std::vector<std::string>& vectors() const { return vectors_; }
  const std::vector<std::string>& matrices() const { return matrices_; }
  bool has(const std::string& name) const;

  /// A dataset of one or two dimensions, finite throughout; one dimension is one column. An unknown
  /// name is answered with the nearest.
  StoredMatrix matrix(const std::string& name) const;

  /// An attribute of the root group, if it is there.
  std::optional<std::string> text(const std::string& name) const;
  std::optional<double> number(const std::string& name) const;

 private:
  void open();

  std::filesystem::path path_;
  std::int64_t file_ = -1;
  std::vector<std::string> vectors_, matrices_;
};

}  // namespace wideband
