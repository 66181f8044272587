#include "wideband/experiment/hdf5_store.hpp"

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <csignal>
#include <cstring>
#include <functional>
#include <sys/wait.h>
#include <unistd.h>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <hdf5.h>

#include "wideband/core/error.hpp"
#include "wideband/data/input_stream.hpp"
#include "wideband/experiment/hdf5_id.hpp"

namespace wideband {
namespace {

namespace fs = std::filesystem;
using Id = Hdf5Id;

// No filter that is read here expands further (deflate: 1032).
constexpr std::uintmax_t most_expansion = 1100;

constexpr unsigned check_seconds = 20;
constexpr std::uintmax_t largest_read_twice = 64 << 20;

std::int64_t checked(std::int64_t result, const char* call) {
  return hdf5_checked(result, call);
}

void silence() {
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);  // the library never prints
}

Id text_type() {
  Id type(H5Tcopy(H5T_C_S1), H5Tclose, "H5Tcopy");
  checked(H5Tset_size(type, H5T_VARIABLE), "H5Tset_size");
  checked(H5Tset_cset(type, H5T_CSET_UTF8), "H5Tset_cset");
  return type;
}

Id space_of(const std::vector<Index>& shape) {
  if (shape.empty()) return {H5Screate(H5S_SCALAR), H5Sclose, "H5Screate"};
  const std::vector<hsize_t> extents(shape.begin(), shape.end());
  return {H5Screate_simple(static_cast<int>(shape.size()), extents.data(), nullptr), H5Sclose,
          "H5Screate_simple"};
}

void write_dataset(hid_t file, const std::string& name, hid_t stored, hid_t held,
                   const std::vector<Index>& shape, const void* values) {
  const Id space = space_of(shape);
  const Id properties(H5Pcreate(H5P_DATASET_CREATE), H5Pclose, "H5Pcreate");
  checked(H5Pset_obj_track_times(properties, false), "H5Pset_obj_track_times");
  const Id dataset(
      H5Dcreate2(file, name.c_str(), stored, space, H5P_DEFAULT, properties, H5P_DEFAULT), H5Dclose,
      "H5Dcreate2");
  checked(H5Dwrite(dataset, held, H5S_ALL, H5S_ALL, H5P_DEFAULT, values), "H5Dwrite");
}

void write_array(hid_t file, const std::string& name, const ArrayView& array) {
  if (const auto* const* values = std::get_if<const double*>(&array.values)) {
    write_dataset(file, name, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, array.shape, *values);
  } else {
    write_dataset(file, name, H5T_IEEE_F32LE, H5T_NATIVE_FLOAT, array.shape,
                  std::get<const float*>(array.values));
  }
}

void write_attribute(hid_t file, const std::string& name, hid_t type, hid_t held,
                     const void* value) {
  const Id space = space_of({});
  const Id attribute(H5Acreate2(file, name.c_str(), type, space, H5P_DEFAULT, H5P_DEFAULT),
                     H5Aclose, "H5Acreate2");
  checked(H5Awrite(attribute, held, value), "H5Awrite");
}

void write_attribute(hid_t file, const std::string& name, const AttributeValue& value) {
  if (const auto* text = std::get_if<std::string>(&value)) {
    const Id type = text_type();
    const char* bytes = text->c_str();
    write_attribute(file, name, type, type, &bytes);
  } else if (const auto* number = std::get_if<double>(&value)) {
    write_attribute(file, name, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, number);
  } else {
    write_attribute(file, name, H5T_STD_I64LE, H5T_NATIVE_INT64, &std::get<std::int64_t>(value));
  }
}

void write_all(const fs::path& path, const Hdf5Output& output) {
  const Id file(H5Fcreate(path.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT), H5Fclose,
                "H5Fcreate");
  for (const auto& [name, value] : output.attributes) write_attribute(file, name, value);
  for (const auto& [name, array] : output.arrays) write_array(file, name, array);
  for (const auto& [name, list] : output.texts) {
    std::vector<const char*> pointers;
    for (const std::string& text : list) pointers.push_back(text.c_str());
    const Id type = text_type();
    write_dataset(file, name, type, type, {static_cast<Index>(list.size())}, pointers.data());
  }
  checked(H5Fflush(file, H5F_SCOPE_GLOBAL), "H5Fflush");
}

// One or two dimensions of numbers, or 0.
int matrix_rank(hid_t dataset) {
  const Id type(H5Dget_type(dataset), H5Tclose, "H5Dget_type");
  const H5T_class_t kind = H5Tget_class(type);
  if (kind != H5T_INTEGER && kind != H5T_FLOAT) return 0;
  const Id space(H5Dget_space(dataset), H5Sclose, "H5Dget_space");
  const int rank = H5Sget_simple_extent_ndims(space);
  return rank == 1 || rank == 2 ? rank : 0;
}

struct Names {
  std::vector<std::string> of_rank[3];
};

herr_t note_object(hid_t root, const char* name, const H5O_info_t* info, void* names) {
  if (info->type != H5O_TYPE_DATASET) return 0;
  try {
    const Id dataset(H5Dopen2(root, name, H5P_DEFAULT), H5Dclose, "H5Dopen2");
    static_cast<Names*>(names)->of_rank[matrix_rank(dataset)].push_back(name);
    return 0;
  } catch (const std::exception&) {
    return -1;
  }
}

std::string text_in(hid_t attribute, hid_t type) {
  if (H5Tget_class(type) != H5T_STRING) throw std::invalid_argument("it is no text");
  if (H5Tis_variable_str(type) > 0) {
    char* bytes = nullptr;
    const Id held = text_type();
    checked(H5Aread(attribute, held, &bytes), "H5Aread");
    const std::string text = bytes == nullptr ? "" : bytes;
    H5free_memory(bytes);
    return text;
  }
  std::string text(H5Tget_size(type), '\0');
  checked(H5Aread(attribute, type, text.data()), "H5Aread");
  return text.substr(0, std::min(text.size(), text.find('\0')));
}

// Runs `action` under the lock, and names the file in front of what HDF5 complains about.
template <class Action>
auto guarded(const fs::path& path, Action&& action) {
  const std::lock_guard<std::mutex> lock(hdf5_mutex());
  silence();
  try {
    return action();
  } catch (const std::invalid_argument& error) {
    const std::string reason = error.what();
    throw std::invalid_argument(fmt::format(
        "[h5] {}: {}", path.string(),
        reason.starts_with("[hdf5]") ? "it is damaged (" + reason.substr(7) + ")" : reason));
  }
}

// A scalar attribute of the root group, read by `read`; none if it is not there.
template <class Read>
auto attribute_of(hid_t file, const std::string& name, Read&& read)
    -> std::optional<decltype(read(hid_t{}, hid_t{}))> {
  if (H5Aexists(file, name.c_str()) <= 0) return std::nullopt;
  const Id attribute(H5Aopen(file, name.c_str(), H5P_DEFAULT), H5Aclose, "H5Aopen");
  const Id space(H5Aget_space(attribute), H5Sclose, "H5Aget_space");
  if (H5Sget_simple_extent_npoints(space) != 1) {
    throw std::invalid_argument(fmt::format("its attribute \"{}\" is no single value", name));
  }
  const Id type(H5Aget_type(attribute), H5Tclose, "H5Aget_type");
  return read(attribute, type);
}

void check_finite(const Matrix& values, const std::string& name) {
  for (Index i = 0; i < values.rows(); ++i) {
    for (Index j = 0; j < values.cols(); ++j) {
      if (std::isfinite(values(i, j))) continue;
      throw std::invalid_argument(fmt::format(
          "row {}, column {} of \"{}\" is {}, expected a finite number", i, j, name, values(i, j)));
    }
  }
}

// Whether a child process can read everything that this file makes us read. The library crashes,
// or never returns, on some damaged files; the child does so in our place.
bool is_harmless(const fs::path& path, const std::function<void()>& read) {
  const pid_t child = ::fork();
  if (child < 0) throw UnavailableError(fmt::format("[file] cannot check {}", path.string()));
  if (child == 0) {
    for (const int signal : {SIGALRM, SIGSEGV, SIGBUS, SIGABRT, SIGFPE})
      std::signal(signal, SIG_DFL);
    ::alarm(check_seconds);
    try {
      read();
    } catch (const std::exception&) {  // the parent will meet it, too
    }
    ::_exit(0);
  }
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace

void write_hdf5(const fs::path& path, const Hdf5Output& output) {
  const std::lock_guard<std::mutex> lock(hdf5_mutex());
  silence();
  errno = 0;
  try {
    write_all(path, output);
  } catch (const std::invalid_argument& error) {
    throw UnavailableError(fmt::format("[file] cannot write {}: {}", path.string(),
                                       errno != 0 ? std::strerror(errno) : error.what()));
  }
}

Hdf5Input::Hdf5Input(const fs::path& path) : path_(path) {
  input_stream(path);  // says why a file cannot be read
  const auto read_all = [&] {
    open();
    const auto attempt = [](const auto& action) {
      try {
        action();
      } catch (const std::invalid_argument&) {  // a refusal, which the parent will meet too
      }
    };
    for (const char* name : {"architecture", "scale"}) attempt([&] { text(name); });
    attempt([&] { number("error_estimate"); });
    if (fs::file_size(path_) > largest_read_twice) return;
    for (const auto* names : {&matrices_, &vectors_}) {
      for (const std::string& name : *names) attempt([&] { matrix(name); });
    }
  };
  if (!is_harmless(path_, read_all)) {
    throw std::invalid_argument(fmt::format(
        "[h5] {}: it is damaged in a way that the HDF5 library does not survive", path.string()));
  }
  open();
}

void Hdf5Input::open() {
  guarded(path_, [&] {
    file_ = H5Fopen(path_.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT);
    if (file_ < 0) {
      throw std::invalid_argument("it is no HDF5 file, or it is truncated or damaged");
    }
    Names names;
    const auto visited = H5Ovisit(file_, H5_INDEX_NAME, H5_ITER_INC, note_object, &names);
    if (visited < 0) {
      H5Fclose(file_);
      hdf5_checked(visited, "H5Ovisit");
    }
    vectors_ = std::move(names.of_rank[1]);
    matrices_ = std::move(names.of_rank[2]);
  });
}

Hdf5Input::~Hdf5Input() {
  const std::lock_guard<std::mutex> lock(hdf5_mutex());
  H5Fclose(file_);
}

bool Hdf5Input::has(const std::string& name) const {
  return std::count(vectors_.begin(), vectors_.end(), name) > 0 ||
         std::count(matrices_.begin(), matrices_.end(), name) > 0;
}

StoredMatrix Hdf5Input::matrix(const std::string& name) const {
  return guarded(path_, [&] {
    if (!has(name)) {
      std::vector<std::string> known = matrices_;
      known.insert(known.end(), vectors_.begin(), vectors_.end());
      const std::string nearest = nearest_name(name, known);
      throw std::invalid_argument(
          fmt::format("it has no dataset \"{}\" of numbers with 1 or 2 dimensions{}", name,
                      !nearest.empty() ? fmt::format(", did you mean \"{}\"?", nearest)
                      : known.empty()  ? ""
                                       : fmt::format("; it has {}", fmt::join(known, ", "))));
    }
    const Id dataset(H5Dopen2(file_, name.c_str(), H5P_DEFAULT), H5Dclose, "H5Dopen2");
    const Id space(H5Dget_space(dataset), H5Sclose, "H5Dget_space");
    hsize_t extents[2] = {0, 1};
    checked(H5Sget_simple_extent_dims(space, extents, nullptr), "H5Sget_simple_extent_dims");
    if (extents[0] == 0 || extents[1] == 0) {
      throw std::invalid_argument(
          fmt::format("\"{}\" has {} rows and {} columns", name, extents[0], extents[1]));
    }
    if (extents[0] > fs::file_size(path_) * most_expansion / extents[1]) {
      throw std::invalid_argument(
          fmt::format("\"{}\" promises {} x {} numbers, more than the file can hold", name,
                      extents[0], extents[1]));
    }
    const Id type(H5Dget_type(dataset), H5Tclose, "H5Dget_type");
    StoredMatrix result{Matrix(static_cast<Index>(extents[0]), static_cast<Index>(extents[1])),
                        H5Tget_class(type) == H5T_FLOAT && H5Tget_size(type) <= 4};
    checked(
        H5Dread(dataset, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, result.values.data()),
        "H5Dread");
    check_finite(result.values, name);
    return result;
  });
}

std::optional<std::string> Hdf5Input::text(const std::string& name) const {
  return guarded(path_, [&] { return attribute_of(file_, name, text_in); });
}

std::optional<double> Hdf5Input::number(const std::string& name) const {
  return guarded(path_, [&] {
    return attribute_of(file_, name, [&](hid_t attribute, hid_t type) {
      const H5T_class_t kind = H5Tget_class(type);
      if (kind != H5T_INTEGER && kind != H5T_FLOAT) {
        throw std::invalid_argument(fmt::format("its attribute \"{}\" is no number", name));
      }
      double value = 0;
      checked(H5Aread(attribute, H5T_NATIVE_DOUBLE, &value), "H5Aread");
      return value;
    });
  });
}

}  // namespace wideband
