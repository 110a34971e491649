# gradus_options: what every target of this project is compiled with.
# SPDX-License-Identifier: MIT

if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
    set(CMAKE_BUILD_TYPE Release CACHE STRING "Release, Debug, RelWithDebInfo or MinSizeRel" FORCE)
endif()
set(CMAKE_C_STANDARD 17)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS OFF)
set(CMAKE_C_VISIBILITY_PRESET hidden)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

# Fused multiply-adds would make results differ from machine to machine: off.
add_library(gradus_options INTERFACE)
target_compile_options(gradus_options INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -ffp-contract=off)
if(GRADUS_WERROR)
    target_compile_options(gradus_options INTERFACE -Werror)
endif()
if(GRADUS_SANITIZE)
    set(flags "-fsanitize=${GRADUS_SANITIZE}")
    target_compile_options(gradus_options INTERFACE
        ${flags} -fno-omit-frame-pointer -fno-sanitize-recover=all)
    target_link_options(gradus_options INTERFACE ${flags})
endif()
if(GRADUS_FUZZ AND CMAKE_C_COMPILER_ID MATCHES "Clang")
    target_compile_options(gradus_options INTERFACE -fsanitize=fuzzer-no-link)
endif()
