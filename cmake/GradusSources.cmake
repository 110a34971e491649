# gradus_objects: every src/<room>/*.c, compiled once for the shared and the static library.
# SPDX-License-Identifier: MIT

# The rooms in their order; tests/rooms reads the same list.
file(STRINGS "${CMAKE_CURRENT_SOURCE_DIR}/cmake/rooms.txt" GRADUS_ROOMS)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS cmake/rooms.txt)

set(GRADUS_SOURCES "")
foreach(room IN LISTS GRADUS_ROOMS)
    file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/src/${room}/*.c")
    list(APPEND GRADUS_SOURCES ${sources})
endforeach()
file(GLOB GRADUS_CLI_SOURCES CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/src/cli/*.c")

if(GRADUS_SOURCES)
    add_library(gradus_objects OBJECT ${GRADUS_SOURCES})
    target_include_directories(gradus_objects PUBLIC
        "${CMAKE_CURRENT_SOURCE_DIR}/include" "${CMAKE_CURRENT_SOURCE_DIR}/src")
    target_compile_definitions(gradus_objects PRIVATE GRADUS_VERSION="${PROJECT_VERSION}")
    target_link_libraries(gradus_objects PRIVATE gradus_options gradus_libraries)
endif()
