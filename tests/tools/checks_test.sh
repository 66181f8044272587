#!/usr/bin/env bash
# Shows that tools/check_layers and tools/check_mirror pass a clean tree and see every kind of violation.
set -euo pipefail
tools=$1
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
failures=0

# A tree of two modules in which nothing is wrong.
clean() {
  rm -rf "${tree:?}"/*
  mkdir -p "$tree"/src/wideband/{core,linalg,circle,experiment/circle} "$tree"/tests/unit/{core,circle}
  echo 'wideband_module(core FLOOR 0 SOURCES error.cpp)' > "$tree/src/wideband/core/CMakeLists.txt"
  echo 'wideband_module(linalg FLOOR 2 SOURCES)' > "$tree/src/wideband/linalg/CMakeLists.txt"
  echo 'wideband_module(circle FLOOR 5 SOURCES arc.cpp)' > "$tree/src/wideband/circle/CMakeLists.txt"
  echo 'wideband_module(experiment FLOOR 7 SOURCES)' > "$tree/src/wideband/experiment/CMakeLists.txt"
  printf '// The ways in which a call can fail.\n#include <Eigen/Core>\n' > "$tree/src/wideband/core/error.hpp"
  printf '#include "wideband/core/error.hpp"\n' > "$tree/src/wideband/core/error.cpp"
  printf '// Arcs.\n#include "wideband/core/error.hpp"\n' > "$tree/src/wideband/circle/arc.hpp"
  printf '#include "wideband/circle/arc.hpp"\n' > "$tree/src/wideband/circle/arc.cpp"
  printf '#include "wideband/core/error.hpp"\n' > "$tree/tests/unit/core/error_test.cpp"
  printf '#include "wideband/circle/arc.hpp"\n' > "$tree/tests/unit/circle/arc_test.cpp"
}

# refuses CHECK FILE LINE: the check fails and names FILE once LINE is appended to it.
refuses() {
  clean
  echo "$3" >> "$tree/$2"
  local said
  if said=$("$tools/$1" "$tree") || ! grep -q "^$2" <<<"$said"; then
    echo "$1 did not see '$3' in $2; it said: $said"
    failures=$((failures + 1))
  fi
}

for check in check_layers check_mirror; do
  clean
  "$tools/$check" "$tree" || { echo "$check refuses a clean tree"; failures=$((failures + 1)); }
done

error=src/wideband/core/error.cpp
refuses check_layers $error '#include "wideband/circle/arc.hpp"'
refuses check_layers $error '#include "wideband/unknown/arc.hpp"'
refuses check_layers $error '#include "error.hpp"'
refuses check_layers $error '#include <omp.h>'
refuses check_layers $error '#pragma omp parallel for'
refuses check_layers $error '#include <cblas.h>'
refuses check_layers $error 'void dgemm_(const char*);'
refuses check_layers $error '#include <hwy/highway.h>'
refuses check_layers $error '#include <hdf5.h>'
refuses check_layers $error '#include <toml++/toml.h>'
refuses check_layers $error '#include <nlohmann/json.hpp>'
refuses check_layers $error '#include <CLI/CLI.hpp>'
refuses check_layers $error '#include <Eigen/Dense>'
refuses check_layers $error '#include <Eigen/Cholesky>'
refuses check_layers $error '#include <boost/math/quadrature/gauss.hpp>'
refuses check_layers $error '#include <lemon/core.h>'
refuses check_layers $error '#include <unsupported/Eigen/FFT>'
refuses check_layers $error 'std::normal_distribution<double> normal;'
refuses check_layers $error 'std::random_device device;'
refuses check_layers $error 'std::cout << 1;'
refuses check_layers $error '  std::exit(1);'
refuses check_layers src/wideband/core/error.hpp '#include <fmt/format.h>'
refuses check_layers src/wideband/circle/arc.hpp '#include <boost/math/constants/constants.hpp>'
refuses check_layers src/wideband/experiment/runner.cpp '#include "wideband/experiment/circle/spectrum.hpp"'

refuses check_mirror src/wideband/core/file.cpp '// Files.'
refuses check_mirror tests/unit/core/nothing_test.cpp '// Tests nothing that exists.'
refuses check_mirror src/wideband/core/types.hpp '#pragma once'
refuses check_mirror $error "$(yes '//' | head -n 601)"

[ $failures = 0 ] && echo "every violation was seen"
