#include "wideband/experiment/kernel/image_table.hpp"

#include <fmt/format.h>

#include "wideband/core/error.hpp"
#include "wideband/data/idx.hpp"
#include "wideband/data/labels.hpp"
#include "wideband/data/scaling.hpp"

namespace wideband {
namespace {

std::filesystem::path existing(const std::filesystem::path& folder, const std::string& name) {
  for (const char* ending : {".gz", ""}) {
    if (std::filesystem::exists(folder / (name + ending))) return folder / (name + ending);
  }
  throw UnavailableError(fmt::format(
      "[table-regression] {} is missing: install the Debian package dataset-fashion-mnist "
      "(tools/install_dependencies does), or set data=FOLDER",
      (folder / (name + ".gz")).string()));
}

}  // namespace

ImageTable read_images(const std::filesystem::path& folder, const std::string& part, Index rows,
                       Index classes) {
  const IdxArray images = read_idx(existing(folder, part + "-images-idx3-ubyte"), rows);
  const IdxArray labels = read_idx(existing(folder, part + "-labels-idx1-ubyte"), rows);
  require(images.shape.front() == labels.shape.front() && labels.shape.size() == 1,
          fmt::format("[table-regression] expected a label for each of {} images, got {}",
                      images.shape.front(), labels.shape.front()));
  return {unit_rows(images.values, "images"),
          one_hot(labels.values, 1 / static_cast<double>(classes), classes)};
}

}  // namespace wideband
