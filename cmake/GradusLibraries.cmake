# gradus_libraries: the libraries the rooms use, each optional but libm, with GRADUS_HAVE_CBLAS,
# GRADUS_HAVE_LAPACK, GRADUS_HAVE_ZLIB and GRADUS_HAVE_THREADS defined for what is there. GRADUS_PRIVATE_LIBS is
# the same as -l flags, for programs that link the static library.
# SPDX-License-Identifier: MIT
include(CheckCSourceCompiles)

add_library(gradus_libraries INTERFACE)
set(GRADUS_PRIVATE_LIBS "")
set(GRADUS_USES "")

# gradus_use(<library>...): link these, and remember their -l names for programs that link libgradus.a.
function(gradus_use)
    foreach(library IN LISTS ARGN)
        get_filename_component(name "${library}" NAME_WE)
        string(REGEX REPLACE "^lib" "" name "${name}")
        target_link_libraries(gradus_libraries INTERFACE "${library}")
        list(APPEND GRADUS_PRIVATE_LIBS "-l${name}")
    endforeach()
    list(REMOVE_DUPLICATES GRADUS_PRIVATE_LIBS)
    set(GRADUS_PRIVATE_LIBS "${GRADUS_PRIVATE_LIBS}" PARENT_SCOPE)
endfunction()

# gradus_links(<variable> <program text> <library>...): does this program link with these libraries?
function(gradus_links variable text)
    set(CMAKE_REQUIRED_INCLUDES "${GRADUS_CBLAS_INCLUDE}")
    set(CMAKE_REQUIRED_LIBRARIES ${ARGN})
    set(CMAKE_REQUIRED_QUIET ON)
    unset(${variable} CACHE)
    check_c_source_compiles("${text}" ${variable})
    set(${variable} "${${variable}}" PARENT_SCOPE)
endfunction()

set(GRADUS_CBLAS_PROGRAM "#include <cblas.h>
    int main(void) { return cblas_ddot(0, 0, 1, 0, 1) != 0.0; }")
set(GRADUS_LAPACK_PROGRAM "void dgetrf_(const int *, const int *, double *, const int *, int *, int *);
    int main(void) { int n = 0, info; dgetrf_(&n, &n, 0, &n, 0, &info); return info; }")

# OpenBLAS holds both; else BLIS or the reference libraries, and LAPACK apart.
function(gradus_find_blas)
    find_path(GRADUS_CBLAS_INCLUDE cblas.h PATH_SUFFIXES openblas openblas-pthread blis)
    find_library(GRADUS_OPENBLAS_LIBRARY openblas)
    find_library(GRADUS_BLIS_LIBRARY blis)
    find_library(GRADUS_CBLAS_LIBRARY cblas)
    find_library(GRADUS_BLAS_LIBRARY blas)
    find_library(GRADUS_LAPACK_LIBRARY lapack)
    mark_as_advanced(GRADUS_CBLAS_INCLUDE GRADUS_OPENBLAS_LIBRARY GRADUS_BLIS_LIBRARY GRADUS_CBLAS_LIBRARY
        GRADUS_BLAS_LIBRARY GRADUS_LAPACK_LIBRARY)
    set(blas "")
    foreach(candidate IN ITEMS
        GRADUS_OPENBLAS_LIBRARY GRADUS_BLIS_LIBRARY GRADUS_BLAS_LIBRARY GRADUS_CBLAS_LIBRARY)
        if(${candidate} AND GRADUS_CBLAS_INCLUDE)
            gradus_links(GRADUS_LINKS_CBLAS "${GRADUS_CBLAS_PROGRAM}" "${${candidate}}")
            if(GRADUS_LINKS_CBLAS)
                set(blas "${${candidate}}")
                break()
            endif()
        endif()
    endforeach()
    if(NOT blas)
        return()
    endif()
    set(GRADUS_FOUND_CBLAS "${blas}" PARENT_SCOPE)
    foreach(lapack IN ITEMS "${blas}" "${GRADUS_LAPACK_LIBRARY}")
        if(lapack)
            gradus_links(GRADUS_LINKS_LAPACK "${GRADUS_LAPACK_PROGRAM}" "${lapack}" "${blas}")
            if(GRADUS_LINKS_LAPACK)
                set(GRADUS_FOUND_LAPACK "${lapack}" PARENT_SCOPE)
                return()
            endif()
        endif()
    endforeach()
endfunction()

if(GRADUS_BLAS)
    gradus_find_blas()
    if(GRADUS_BLAS STREQUAL "ON" AND NOT GRADUS_FOUND_CBLAS)
        message(FATAL_ERROR "gradus: no CBLAS (cblas.h and libopenblas, libblis or libblas) was found. "
            "Install it (Debian, Ubuntu: apt-get install libopenblas-dev) or use -DGRADUS_BLAS=OFF.")
    endif()
endif()
if(GRADUS_FOUND_CBLAS)
    target_include_directories(gradus_libraries SYSTEM INTERFACE "${GRADUS_CBLAS_INCLUDE}")
    target_compile_definitions(gradus_libraries INTERFACE GRADUS_HAVE_CBLAS=1)
    list(APPEND GRADUS_USES "CBLAS (${GRADUS_FOUND_CBLAS})")
endif()
if(GRADUS_FOUND_LAPACK)
    target_compile_definitions(gradus_libraries INTERFACE GRADUS_HAVE_LAPACK=1)
    list(APPEND GRADUS_USES "LAPACK (${GRADUS_FOUND_LAPACK})")
endif()
gradus_use(${GRADUS_FOUND_LAPACK} ${GRADUS_FOUND_CBLAS})

if(GRADUS_ZLIB)
    find_package(ZLIB QUIET)
    if(ZLIB_FOUND)
        target_include_directories(gradus_libraries SYSTEM INTERFACE ${ZLIB_INCLUDE_DIRS})
        target_compile_definitions(gradus_libraries INTERFACE GRADUS_HAVE_ZLIB=1)
        list(GET ZLIB_LIBRARIES 0 zlib)
        gradus_use("${zlib}")
        list(APPEND GRADUS_USES "zlib")
    elseif(GRADUS_ZLIB STREQUAL "ON")
        message(FATAL_ERROR "gradus: zlib was not found. Install it (Debian, Ubuntu: apt-get install "
            "zlib1g-dev) or configure with -DGRADUS_ZLIB=OFF.")
    endif()
endif()

# Threads are those of POSIX, with a lock-free counter. Their library is a flag, or nothing where libc holds them.
set(GRADUS_THREADS_PROGRAM "#include <pthread.h>
    #include <stdatomic.h>
    static atomic_size_t count;
    static void *work(void *user) { atomic_fetch_add(&count, 1); return user; }
    int main(void) { pthread_t t; return pthread_create(&t, 0, work, 0) != 0 || pthread_join(t, 0) != 0; }")
if(GRADUS_THREADS)
    find_package(Threads QUIET)
    if(CMAKE_USE_PTHREADS_INIT)
        gradus_links(GRADUS_LINKS_THREADS "${GRADUS_THREADS_PROGRAM}" ${CMAKE_THREAD_LIBS_INIT})
    endif()
    if(GRADUS_LINKS_THREADS)
        target_compile_definitions(gradus_libraries INTERFACE GRADUS_HAVE_THREADS=1)
        target_link_libraries(gradus_libraries INTERFACE ${CMAKE_THREAD_LIBS_INIT})
        list(APPEND GRADUS_PRIVATE_LIBS ${CMAKE_THREAD_LIBS_INIT})
        list(APPEND GRADUS_USES "threads")
    elseif(GRADUS_THREADS STREQUAL "ON")
        message(FATAL_ERROR "gradus: POSIX threads with C11 atomics were not found; configure with "
            "-DGRADUS_THREADS=OFF for one thread.")
    endif()
endif()

find_library(GRADUS_LIBM m)
mark_as_advanced(GRADUS_LIBM)
if(GRADUS_LIBM)
    gradus_use(m)
endif()

if(GRADUS_CLI)
    find_path(GRADUS_CJSON_INCLUDE cjson/cJSON.h)
    find_library(GRADUS_CJSON_LIBRARY cjson)
    mark_as_advanced(GRADUS_CJSON_INCLUDE GRADUS_CJSON_LIBRARY)
    if(NOT GRADUS_CJSON_INCLUDE OR NOT GRADUS_CJSON_LIBRARY)
        message(FATAL_ERROR "gradus: cJSON, which the command needs, was not found. Install it (Debian, "
            "Ubuntu: apt-get install libcjson-dev; or ./run setup, which installs all that is missing), "
            "or configure with -DGRADUS_CLI=OFF for the library alone.")
    endif()
endif()

if(GRADUS_USES)
    string(REPLACE ";" ", " text "${GRADUS_USES}")
else()
    set(text "none of CBLAS, LAPACK, zlib, threads: the portable kernels take their place")
endif()
message(STATUS "gradus: libraries: ${text}")
