#!/usr/bin/env bash
# Installs the build into an empty folder, uses it from outside the tree, and removes it again.
#   install_test.sh BUILD_FOLDER SOURCE_FOLDER CXX
set -euo pipefail
build=$1 source=$2 cxx=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
prefix=$work/prefix
fail() { echo "install_test: $*" >&2; exit 1; }

# The manifest of a real installation, which `make uninstall` reads, outlives this one.
manifest=$build/install_manifest.txt
[ ! -e "$manifest" ] || cp "$manifest" "$work/kept.txt"
cmake --install "$build" --prefix "$prefix" > "$work/log" || { cat "$work/log"; fail 'cannot install'; }
mv "$manifest" "$work/manifest.txt"
[ ! -e "$work/kept.txt" ] || mv "$work/kept.txt" "$manifest"

grep -rlF "$source" "$prefix/include" "$prefix"/lib*/cmake "$prefix/share" 2>/dev/null &&
  fail 'installed text names the source folder'

# A stranger's project. Every installed header is included, so each must be complete by itself.
cp -r "$source/tests/install/consumer" "$work/consumer"
(cd "$prefix/include" && find wideband -name '*.hpp' | sort | sed 's/.*/#include "&"/') > "$work/consumer/headers.hpp"
cmake -S "$work/consumer" -B "$work/consumer/build" -G Ninja -D CMAKE_PREFIX_PATH="$prefix" \
  -D CMAKE_CXX_COMPILER="$cxx" -D CMAKE_BUILD_TYPE=Debug > "$work/log" || { cat "$work/log"; fail 'cannot configure the consumer'; }
cmake --build "$work/consumer/build" > "$work/log" || { cat "$work/log"; fail 'cannot build the consumer'; }
"$work/consumer/build/consumer" || fail 'the consumer got a wrong value'

# The command by itself, from a folder that has nothing to do with it.
if [ -x "$prefix/bin/wideband" ]; then
  cd "$work"
  "$prefix/bin/wideband" --version
  "$prefix/bin/wideband" run circle-spectrum/quick --dry-run > "$work/log" || { cat "$work/log"; fail 'dry run'; }
  sed -i '1i nonsense = 1' "$prefix/share/wideband/recipes/circle-spectrum/quick.toml"
  if "$prefix/bin/wideband" run circle-spectrum/quick --dry-run > "$work/log" 2>&1; then
    fail 'the installed command reads recipes from elsewhere'
  fi
  grep -q nonsense "$work/log" || fail 'an unknown key in an installed recipe is not named'
  grep -q '^\.TH WIDEBAND 1' "$prefix/share/man/man1/wideband.1" || fail 'no manual page'
  completed=$(
    source "$prefix/share/bash-completion/completions/wideband"
    COMP_WORDS=(wideband run circle-spectrum/q) COMP_CWORD=2
    _wideband
    echo "${COMPREPLY[*]}"
  )
  [ "$completed" = circle-spectrum/quick ] || fail "circle-spectrum/q was completed to '$completed'"
fi

cmake -D MANIFEST="$work/manifest.txt" -P "$source/cmake/uninstall.cmake" > /dev/null 2>&1 || fail 'cannot uninstall'
left=$(find "$prefix" -type f -o -type d -name wideband)
[ -z "$left" ] || fail "left behind: $left"
