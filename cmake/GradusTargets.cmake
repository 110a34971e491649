# gradus_shared and gradus_static, both libgradus; gradus, the command.
# SPDX-License-Identifier: MIT

add_library(gradus_shared SHARED $<TARGET_OBJECTS:gradus_objects>)
set_target_properties(gradus_shared PROPERTIES
    OUTPUT_NAME gradus EXPORT_NAME gradus VERSION ${PROJECT_VERSION} SOVERSION ${PROJECT_VERSION_MAJOR})
target_link_libraries(gradus_shared PRIVATE
    $<BUILD_INTERFACE:gradus_options> $<BUILD_INTERFACE:gradus_libraries>)

# A program that links the static library needs the libraries behind it too.
add_library(gradus_static STATIC $<TARGET_OBJECTS:gradus_objects>)
set_target_properties(gradus_static PROPERTIES OUTPUT_NAME gradus)
target_link_libraries(gradus_static PUBLIC
    $<BUILD_INTERFACE:gradus_libraries> "$<INSTALL_INTERFACE:${GRADUS_PRIVATE_LIBS}>")

foreach(library IN ITEMS gradus_shared gradus_static)
    target_include_directories(${library} PUBLIC
        $<BUILD_INTERFACE:${CMAKE_CURRENT_SOURCE_DIR}/include>
        $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
endforeach()
add_library(gradus::gradus ALIAS gradus_shared)
add_library(gradus::gradus_static ALIAS gradus_static)

# The command holds the library, so that it runs from wherever it is copied to.
if(GRADUS_CLI AND GRADUS_CLI_SOURCES)
    add_executable(gradus ${GRADUS_CLI_SOURCES})
    target_include_directories(gradus PRIVATE "${CMAKE_CURRENT_SOURCE_DIR}/src")
    target_include_directories(gradus SYSTEM PRIVATE "${GRADUS_CJSON_INCLUDE}")
    target_compile_definitions(gradus PRIVATE GRADUS_VERSION="${PROJECT_VERSION}")
    target_link_libraries(gradus PRIVATE gradus_options gradus_static "${GRADUS_CJSON_LIBRARY}" ${CMAKE_DL_LIBS})
elseif(GRADUS_CLI)
    message(STATUS "gradus: no sources in src/cli yet, the command is left out")
endif()
