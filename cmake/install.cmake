# What `cmake --install` puts where: libraries, headers and their package, command, recipes, manual.
include(CMakePackageConfigHelpers)
get_property(modules GLOBAL PROPERTY WIDEBAND_MODULES)
set(package_folder ${CMAKE_INSTALL_LIBDIR}/cmake/wideband)

list(TRANSFORM modules PREPEND wideband_ OUTPUT_VARIABLE libraries)
install(TARGETS ${libraries} EXPORT wideband-targets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(DIRECTORY src/wideband DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
        FILES_MATCHING PATTERN "*.hpp")
install(EXPORT wideband-targets NAMESPACE wideband:: DESTINATION ${package_folder})
list(JOIN modules " " modules)
configure_package_config_file(cmake/wideband-config.cmake.in wideband-config.cmake
                              INSTALL_DESTINATION ${package_folder})
write_basic_package_version_file(wideband-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/wideband-config.cmake
              ${CMAKE_CURRENT_BINARY_DIR}/wideband-config-version.cmake
        DESTINATION ${package_folder})

# `installable` builds all of the above and nothing else: no tests, no benchmarks.
add_custom_target(installable DEPENDS ${libraries})

if(TARGET wideband)
  # The manual and the completions are the command's own words.
  set(pages)
  foreach(page man completion)
    set(file ${CMAKE_CURRENT_BINARY_DIR}/wideband.${page})
    add_custom_command(OUTPUT ${file} COMMAND wideband help ${page} > ${file}
                       DEPENDS wideband VERBATIM)
    list(APPEND pages ${file})
  endforeach()
  add_custom_target(pages ALL DEPENDS ${pages})
  add_dependencies(installable wideband pages)
  install(TARGETS wideband RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
  install(DIRECTORY recipes DESTINATION ${CMAKE_INSTALL_DATADIR}/wideband)
  install(FILES ${CMAKE_CURRENT_BINARY_DIR}/wideband.man
          DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 RENAME wideband.1)
  install(FILES ${CMAKE_CURRENT_BINARY_DIR}/wideband.completion
          DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME wideband)
endif()
