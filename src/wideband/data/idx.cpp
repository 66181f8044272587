#include "wideband/data/idx.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <memory>
#include <stdexcept>
#include <string>
#include <zlib.h>

#include <fmt/format.h>

#include "wideband/core/error.hpp"

namespace wideband {
namespace {

constexpr std::size_t block_bytes = 1 << 20;
constexpr int unsigned_bytes = 8;
constexpr int most_dimensions = 8;
constexpr double most_bytes = 1e12;  // of an array, far beyond any real file

struct Close {
  void operator()(gzFile file) const { gzclose(file); }
};

// A file that zlib reads, compressed or not.
class ByteReader {
 public:
  explicit ByteReader(const std::filesystem::path& path) : name_(path.string()) {
    errno = 0;
    file_.reset(std::filesystem::is_directory(path) ? nullptr : gzopen(path.c_str(), "rb"));
    if (!file_) {
      throw UnavailableError(
          fmt::format("[idx] cannot read {}: {}", name_,
                      errno != 0 ? std::strerror(errno) : "it is no regular file"));
    }
  }

  [[noreturn]] void fail(const std::string& fault) const {
    throw std::invalid_argument(fmt::format("[idx] {}: {}", name_, fault));
  }

  // Up to `count` bytes; fewer only at the end of the file.
  std::size_t read(std::uint8_t* bytes, std::size_t count) {
    const int got = gzread(file_.get(), bytes, static_cast<unsigned>(count));
    int error = Z_OK;
    const char* reason = gzerror(file_.get(), &error);
    if (error == Z_ERRNO) {
      throw UnavailableError(fmt::format("[idx] cannot read {}: {}", name_, std::strerror(errno)));
    }
    if (got < 0 || error != Z_OK) fail(fmt::format("damaged or truncated gzip ({})", reason));
    return static_cast<std::size_t>(got);
  }

 private:
  std::string name_;
  std::unique_ptr<gzFile_s, Close> file_;
};

Index big_endian(const std::uint8_t* bytes) {
  Index value = 0;
  for (int i = 0; i < 4; ++i) value = 256 * value + bytes[i];
  return value;
}

std::vector<Index> read_shape(ByteReader& reader) {
  std::array<std::uint8_t, 4> magic = {};
  if (reader.read(magic.data(), 4) < 4 || magic[0] != 0 || magic[1] != 0)
    reader.fail("it does not begin like an IDX file");
  if (magic[2] != unsigned_bytes)
    reader.fail(fmt::format("expected type 8, unsigned bytes, got {}", magic[2]));
  const int dimensions = magic[3];
  if (dimensions < 1 || dimensions > most_dimensions)
    reader.fail(fmt::format("expected 1 to {} dimensions, got {}", most_dimensions, dimensions));
  std::vector<Index> shape;
  double entries = 1;
  for (int i = 0; i < dimensions; ++i) {
    std::array<std::uint8_t, 4> size = {};
    if (reader.read(size.data(), 4) < 4) reader.fail("truncated in its header");
    shape.push_back(big_endian(size.data()));
    if (shape.back() == 0) reader.fail("it has no entries");
    entries *= static_cast<double>(shape.back());
  }
  if (entries > most_bytes) reader.fail(fmt::format("a header of {:.3g} bytes", entries));
  return shape;
}

std::vector<std::uint8_t> read_bytes(ByteReader& reader, std::size_t count) {
  std::vector<std::uint8_t> bytes;
  while (bytes.size() < count) {
    const std::size_t before = bytes.size();
    const std::size_t wanted = std::min(block_bytes, count - before);
    bytes.resize(before + wanted);
    const std::size_t got = reader.read(bytes.data() + before, wanted);
    if (got < wanted)
      reader.fail(fmt::format("truncated: {} bytes of entries, expected {}", before + got, count));
  }
  return bytes;
}

}  // namespace

IdxArray read_idx(const std::filesystem::path& path, Index rows) {
  require(rows >= 0, fmt::format("[idx] expected rows >= 0, got {}", rows));
  ByteReader reader(path);
  IdxArray array;
  array.shape = read_shape(reader);
  const Index stored = array.shape.front();
  if (rows > stored) reader.fail(fmt::format("{} entries, {} were asked for", stored, rows));
  const Index wanted = rows == 0 ? stored : rows;
  Index width = 1;
  for (std::size_t i = 1; i < array.shape.size(); ++i) width *= array.shape[i];
  const std::vector<std::uint8_t> bytes =
      read_bytes(reader, static_cast<std::size_t>(wanted) * static_cast<std::size_t>(width));
  std::uint8_t left_over = 0;
  if (wanted == stored && reader.read(&left_over, 1) > 0) reader.fail("bytes after the last entry");
  array.values.resize(wanted, width);
  std::copy(bytes.begin(), bytes.end(), array.values.data());
  return array;
}

}  // namespace wideband
