# Writes OUTPUT, a header with version, commit and compiler, if its text changed. Run at every build:
#   cmake -DSOURCE=... -DOUTPUT=... -DVERSION=... -DCOMPILER=... -P build_identity.cmake
# Sources that differ from the commit, or that no commit is known of, are identified by a digest.
execute_process(COMMAND git rev-parse --short=12 HEAD WORKING_DIRECTORY ${SOURCE}
                OUTPUT_VARIABLE commit OUTPUT_STRIP_TRAILING_WHITESPACE RESULT_VARIABLE failed ERROR_QUIET)
set(changes "")
if(failed)
  set(commit "unknown")
else()
  execute_process(COMMAND git status --porcelain -- src app cmake CMakeLists.txt WORKING_DIRECTORY ${SOURCE}
                  OUTPUT_VARIABLE changes ERROR_QUIET)
endif()
if(failed OR NOT changes STREQUAL "")
  file(GLOB_RECURSE files ${SOURCE}/src/*.cpp ${SOURCE}/src/*.hpp ${SOURCE}/app/*.cpp ${SOURCE}/app/*.hpp
       ${SOURCE}/cmake/* ${SOURCE}/src/*CMakeLists.txt)
  list(APPEND files ${SOURCE}/CMakeLists.txt)
  list(SORT files)
  set(digests "")
  foreach(file IN LISTS files)
    file(SHA256 ${file} digest)
    string(APPEND digests ${digest})
  endforeach()
  string(SHA256 digest "${digests}")
  string(SUBSTRING ${digest} 0 8 digest)
  string(APPEND commit "+${digest}")
endif()
file(WRITE ${OUTPUT}.new "#pragma once
#define WIDEBAND_VERSION \"${VERSION}\"
#define WIDEBAND_COMMIT \"${commit}\"
#define WIDEBAND_COMPILER \"${COMPILER}\"
")
execute_process(COMMAND ${CMAKE_COMMAND} -E copy_if_different ${OUTPUT}.new ${OUTPUT})
file(REMOVE ${OUTPUT}.new)
