// A table of labeled images as inputs and one-hot targets.
#pragma once

#include <filesystem>
#include <string>

#include "wideband/core/types.hpp"

namespace wideband {

/// Images as rows of |x|^2 = d, and one-hot rows minus 1/classes.
struct ImageTable {
  Matrix inputs;   // (n, pixels)
  Matrix targets;  // (n, classes)
};

/// The first `rows` images and labels of folder/PART-images-idx3-ubyte.gz and
/// folder/PART-labels-idx1-ubyte.gz ("train", "t10k"; without .gz too).
///
/// throws   UnavailableError for missing files, naming the package that has them; what read_idx
///          throws; std::invalid_argument for as many labels as there are no images, a label of
///          classes or more, or an image of zeros
ImageTable read_images(const std::filesystem::path& folder, const std::string& part, Index rows,
                       Index classes);

}  // namespace wideband
