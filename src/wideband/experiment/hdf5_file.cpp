#include "wideband/experiment/hdf5_file.hpp"

#include <mutex>
#include <stdexcept>
#include <vector>

#include <fmt/format.h>
#include <hdf5.h>

#include "wideband/experiment/hdf5_id.hpp"

namespace wideband {
namespace {

using Id = Hdf5Id;

std::int64_t checked(std::int64_t result, const char* call) {
  return hdf5_checked(result, call);
}

constexpr std::size_t increment = 1 << 16;

Id memory_access() {
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);  // the library never prints
  return {H5Pcreate(H5P_FILE_ACCESS), H5Pclose, "H5Pcreate"};
}

Id text_type(std::size_t size) {
  Id type(H5Tcopy(H5T_C_S1), H5Tclose, "H5Tcopy");
  checked(H5Tset_size(type, size), "H5Tset_size");
  checked(H5Tset_strpad(type, H5T_STR_NULLPAD), "H5Tset_strpad");
  checked(H5Tset_cset(type, H5T_CSET_UTF8), "H5Tset_cset");
  return type;
}

void write_attribute(hid_t file, const std::string& name, const std::string& text) {
  const std::string stored = text.empty() ? std::string(1, '\0') : text;
  const Id type = text_type(stored.size());
  const Id space(H5Screate(H5S_SCALAR), H5Sclose, "H5Screate");
  const Id attribute(H5Acreate2(file, name.c_str(), type, space, H5P_DEFAULT, H5P_DEFAULT),
                     H5Aclose, "H5Acreate2");
  checked(H5Awrite(attribute, type, stored.data()), "H5Awrite");
}

void write_array(hid_t file, const std::string& name, const Array& array) {
  std::vector<hsize_t> extents(array.shape.begin(), array.shape.end());
  const int rank = static_cast<int>(extents.size());
  const Id space(
      rank == 0 ? H5Screate(H5S_SCALAR) : H5Screate_simple(rank, extents.data(), nullptr), H5Sclose,
      "H5Screate");
  const Id properties(H5Pcreate(H5P_DATASET_CREATE), H5Pclose, "H5Pcreate");
  checked(H5Pset_obj_track_times(properties, false), "H5Pset_obj_track_times");
  const Id dataset(
      H5Dcreate2(file, name.c_str(), H5T_IEEE_F64LE, space, H5P_DEFAULT, properties, H5P_DEFAULT),
      H5Dclose, "H5Dcreate2");
  if (array.values.empty()) return;
  checked(H5Dwrite(dataset, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, array.values.data()),
          "H5Dwrite");
}

std::string image_of(hid_t file) {
  checked(H5Fflush(file, H5F_SCOPE_GLOBAL), "H5Fflush");
  const auto size = checked(H5Fget_file_image(file, nullptr, 0), "H5Fget_file_image");
  std::string bytes(static_cast<std::size_t>(size), '\0');
  checked(H5Fget_file_image(file, bytes.data(), bytes.size()), "H5Fget_file_image");
  return bytes;
}

std::string attribute_text(hid_t object, const char* name) {
  const Id attribute(H5Aopen(object, name, H5P_DEFAULT), H5Aclose, "H5Aopen");
  const Id type(H5Aget_type(attribute), H5Tclose, "H5Aget_type");
  const bool fixed_text = H5Tget_class(type) == H5T_STRING && H5Tis_variable_str(type) == 0;
  if (!fixed_text) throw std::invalid_argument(fmt::format("[hdf5] \"{}\" is no text", name));
  std::string text(H5Tget_size(type), '\0');
  checked(H5Aread(attribute, type, text.data()), "H5Aread");
  const std::size_t end = text.find('\0');
  return end == std::string::npos ? text : text.substr(0, end);
}

herr_t read_attribute(hid_t object, const char* name, const H5A_info_t*, void* attributes) {
  try {
    (*static_cast<Attributes*>(attributes))[name] = attribute_text(object, name);
    return 0;
  } catch (const std::exception&) {
    return -1;
  }
}

Array array_in(hid_t file, const char* name) {
  const Id dataset(H5Dopen2(file, name, H5P_DEFAULT), H5Dclose, "H5Dopen2");
  const Id space(H5Dget_space(dataset), H5Sclose, "H5Dget_space");
  std::vector<hsize_t> extents(
      static_cast<std::size_t>(checked(H5Sget_simple_extent_ndims(space), "H5Sget_simple_extent")));
  checked(H5Sget_simple_extent_dims(space, extents.data(), nullptr), "H5Sget_simple_extent_dims");
  const auto count = checked(H5Sget_simple_extent_npoints(space), "H5Sget_simple_extent_npoints");
  Array array{{extents.begin(), extents.end()},
              std::vector<double>(static_cast<std::size_t>(count))};
  if (count == 0) return array;
  checked(H5Dread(dataset, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, array.values.data()),
          "H5Dread");
  return array;
}

herr_t read_array(hid_t file, const char* name, const H5L_info_t*, void* record) {
  try {
    static_cast<Record*>(record)->put(name, array_in(file, name));
    return 0;
  } catch (const std::exception&) {
    return -1;
  }
}

}  // namespace

std::string hdf5_image(const Record& record, const Attributes& attributes) {
  const std::lock_guard<std::mutex> lock(hdf5_mutex());
  const Id access = memory_access();
  checked(H5Pset_fapl_core(access, increment, false), "H5Pset_fapl_core");
  const Id file(H5Fcreate("record.h5", H5F_ACC_TRUNC, H5P_DEFAULT, access), H5Fclose, "H5Fcreate");
  for (const auto& [name, text] : attributes) write_attribute(file, name, text);
  for (const auto& [name, array] : record.arrays()) write_array(file, name, array);
  // HDF5 counts addresses from its own signature, so a user block may be put in front afterwards.
  return std::string(user_block_size, '\0') + image_of(file);
}

Hdf5Contents hdf5_contents(std::string_view image) {
  const std::lock_guard<std::mutex> lock(hdf5_mutex());
  if (image.size() <= user_block_size) throw std::invalid_argument("[hdf5] the file is too short");
  std::string bytes(image.substr(user_block_size));
  const Id access = memory_access();
  checked(H5Pset_fapl_core(access, increment, false), "H5Pset_fapl_core");
  checked(H5Pset_file_image(access, bytes.data(), bytes.size()), "H5Pset_file_image");
  const Id file(H5Fopen("record.h5", H5F_ACC_RDONLY, access), H5Fclose, "H5Fopen");
  Hdf5Contents contents;
  checked(
      H5Aiterate2(file, H5_INDEX_NAME, H5_ITER_INC, nullptr, read_attribute, &contents.attributes),
      "H5Aiterate2");
  checked(H5Literate(file, H5_INDEX_NAME, H5_ITER_INC, nullptr, read_array, &contents.record),
          "H5Literate");
  return contents;
}

}  // namespace wideband
