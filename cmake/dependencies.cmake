# Finds every library once; a module names the ones it links (docs/architecture.md lists which may).
find_package(Eigen3 3.4 REQUIRED NO_MODULE)
find_package(Boost 1.74 REQUIRED)
find_package(fmt REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(OpenMP REQUIRED COMPONENTS CXX)

# The OpenMP flavor of OpenBLAS, by its own folder: the system alternative may be the pthread flavor,
# whose second thread pool would fight with ours.
find_library(WIDEBAND_OPENBLAS NAMES openblas REQUIRED HINTS /usr/lib/${CMAKE_LIBRARY_ARCHITECTURE}/openblas-openmp)

# Vector loops with dispatch at run time; used by simd/ alone.
find_package(PkgConfig REQUIRED)
pkg_check_modules(HIGHWAY REQUIRED libhwy)

# LEMON by its headers alone: Debian's library file is linked with GLPK, which is GPL.
find_path(WIDEBAND_LEMON lemon/network_simplex.h)
if(NOT WIDEBAND_LEMON)
  message(FATAL_ERROR "LEMON not found: run tools/install_dependencies")
endif()

# Result files, decks, manifests and the command line; used by experiment/ and app/ alone.
find_package(tomlplusplus REQUIRED)
find_package(CLI11 REQUIRED)
find_package(HDF5 REQUIRED COMPONENTS C)
set(WIDEBAND_HDF5 ${HDF5_C_LIBRARIES})
list(FILTER WIDEBAND_HDF5 INCLUDE REGEX "libhdf5")
find_library(WIDEBAND_XXHASH NAMES xxhash REQUIRED)

# Compressed data sets; used by data/ alone.
find_package(ZLIB REQUIRED)
