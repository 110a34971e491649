# What `cmake --install` lays down: the command, both libraries, the headers, gradus.pc, the CMake package.
# SPDX-License-Identifier: MIT
include(CMakePackageConfigHelpers)

set(GRADUS_PACKAGE_DIR "${CMAKE_INSTALL_LIBDIR}/cmake/gradus")
if(TARGET gradus)
    install(FILES docs/gradus.1 DESTINATION "${CMAKE_INSTALL_MANDIR}/man1")
    install(TARGETS gradus RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}")
endif()
install(TARGETS gradus_shared gradus_static EXPORT gradus
    LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}" ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}"
    RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}")
install(DIRECTORY include/gradus DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}" FILES_MATCHING PATTERN "*.h")

install(EXPORT gradus NAMESPACE gradus:: FILE gradusTargets.cmake DESTINATION "${GRADUS_PACKAGE_DIR}")
configure_package_config_file(cmake/gradusConfig.cmake.in gradusConfig.cmake
    INSTALL_DESTINATION "${GRADUS_PACKAGE_DIR}")
write_basic_package_version_file(gradusConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES
    "${CMAKE_CURRENT_BINARY_DIR}/gradusConfig.cmake" "${CMAKE_CURRENT_BINARY_DIR}/gradusConfigVersion.cmake"
    DESTINATION "${GRADUS_PACKAGE_DIR}")

# gradus.pc finds the prefix from its own place, so that an installed tree may be moved.
string(REPLACE ";" " " GRADUS_PRIVATE_LIBS_TEXT "${GRADUS_PRIVATE_LIBS}")
set(GRADUS_PC_PREFIX "${CMAKE_INSTALL_PREFIX}")
set(GRADUS_PC_LIBDIR "${CMAKE_INSTALL_FULL_LIBDIR}")
set(GRADUS_PC_INCLUDEDIR "${CMAKE_INSTALL_FULL_INCLUDEDIR}")
if(NOT IS_ABSOLUTE "${CMAKE_INSTALL_LIBDIR}" AND NOT IS_ABSOLUTE "${CMAKE_INSTALL_INCLUDEDIR}")
    file(RELATIVE_PATH up "/prefix/${CMAKE_INSTALL_LIBDIR}/pkgconfig" "/prefix")
    set(GRADUS_PC_PREFIX "\${pcfiledir}/${up}")
    set(GRADUS_PC_LIBDIR "\${prefix}/${CMAKE_INSTALL_LIBDIR}")
    set(GRADUS_PC_INCLUDEDIR "\${prefix}/${CMAKE_INSTALL_INCLUDEDIR}")
endif()
configure_file(cmake/gradus.pc.in gradus.pc @ONLY)
install(FILES "${CMAKE_CURRENT_BINARY_DIR}/gradus.pc" DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig")
