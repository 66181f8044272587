# wideband_module(NAME FLOOR N SOURCES ... [USES module ...] [LINKS library ...])
#
# One folder of src/wideband as a static library. A module may use lower floors only: an upward or
# sideways use stops the configuration here, and tools/check_layers reads the includes as well.
# Libraries of headers alone are linked as $<BUILD_INTERFACE:...>, so that users of the installed
# package need not have them.
function(wideband_module name)
  cmake_parse_arguments(module "" "FLOOR" "SOURCES;USES;LINKS" ${ARGN})
  if(NOT DEFINED module_FLOOR OR module_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "[wideband_module] ${name}: expected FLOOR N and known keywords, got '${module_UNPARSED_ARGUMENTS}'")
  endif()
  set_property(GLOBAL PROPERTY WIDEBAND_FLOOR_${name} ${module_FLOOR})
  set_property(GLOBAL APPEND PROPERTY WIDEBAND_MODULES ${name})
  add_library(wideband_${name} STATIC ${module_SOURCES})
  add_library(wideband::${name} ALIAS wideband_${name})
  set_target_properties(wideband_${name} PROPERTIES EXPORT_NAME ${name} POSITION_INDEPENDENT_CODE ON)
  target_include_directories(wideband_${name} PUBLIC
    $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/src> $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
  target_compile_features(wideband_${name} PUBLIC cxx_std_20)
  target_link_libraries(wideband_${name} PUBLIC Eigen3::Eigen PRIVATE ${module_LINKS})
  wideband_strict(wideband_${name})
  wideband_precompiled(wideband_${name})
  foreach(used IN LISTS module_USES)
    get_property(floor GLOBAL PROPERTY WIDEBAND_FLOOR_${used})
    if(NOT DEFINED floor OR floor STREQUAL "")
      message(FATAL_ERROR "[wideband_module] ${name} uses ${used}, which is unknown or comes later")
    endif()
    if(NOT floor LESS module_FLOOR)
      message(FATAL_ERROR "[wideband_module] ${name} (floor ${module_FLOOR}) may not use ${used} (floor ${floor})")
    endif()
    target_link_libraries(wideband_${name} PUBLIC wideband_${used})
  endforeach()
endfunction()

# Warnings and arithmetic that every target of the project shares. Contraction is off so that a
# formula gives the same bits whichever unit it is compiled in.
function(wideband_strict target)
  target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wconversion -Wshadow
                         -ffp-contract=off -fno-math-errno)
  if(WIDEBAND_WERROR)
    target_compile_options(${target} PRIVATE -Werror)
  endif()
endfunction()

# The headers that nearly every source of a large target includes, compiled once. Off by default, so
# that daily builds notice a missing include; `make` turns it on, for a clean build in less time.
function(wideband_precompiled target)
  get_target_property(sources ${target} SOURCES)
  list(LENGTH sources count)
  if(WIDEBAND_PRECOMPILE AND count GREATER 5)
    target_precompile_headers(${target} PRIVATE <functional> <map> <string> <vector> <Eigen/Core> <fmt/format.h>)
  endif()
endfunction()
