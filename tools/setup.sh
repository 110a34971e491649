#!/bin/sh
# Installs what a build of gradus needs and this machine lacks, with the system's package manager.
# SPDX-License-Identifier: MIT
#
#   tools/setup.sh            what the command needs
#   tools/setup.sh --tests    and what the tests need
#   tools/setup.sh --dev      and what checks, sanitizers and the comparison with NumPy need
#
# Where everything is there already it changes nothing and needs no network.
set -eu

tests=no
dev=no
for word in "$@"; do
    case $word in
    --tests) tests=yes ;;
    --dev) tests=yes dev=yes ;;
    *)
        echo "setup: unknown option '$word'; known are --tests and --dev" >&2
        exit 2
        ;;
    esac
done

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

compiler() {
    command -v cc || command -v gcc || command -v clang
}

# links HEADER LIBRARY: does a program that includes the one and links the other compile?
links() {
    # cmocka.h wants the first headers before it.
    printf '#include <%s>\n' stdarg.h stddef.h stdint.h stdio.h setjmp.h "$1" >"$scratch/probe.c"
    echo 'int main(void) { return 0; }' >>"$scratch/probe.c"
    "$(compiler)" "$scratch/probe.c" -o "$scratch/probe" "-l$2" >/dev/null 2>&1
}

compiles() {
    compiler >/dev/null && links stdio.h m
}

sanitizes() {
    command -v clang >/dev/null || return 1
    echo 'int main(void) { return 0; }' >"$scratch/probe.c"
    clang -fsanitize=address,undefined "$scratch/probe.c" -o "$scratch/probe" >/dev/null 2>&1
}

imports_numpy() {
    for python in python3 /usr/bin/python3; do
        "$python" -c 'import numpy' >/dev/null 2>&1 && return 0
    done
    return 1
}

# lacks WEIGHT PACKAGES TEST...: note the packages where the test fails; WEIGHT: can a build do without?
required=""
optional=""
lacks() {
    weight=$1
    packages=$2
    shift 2
    "$@" >/dev/null 2>&1 && return 0
    case $weight in
    required) required="$required $packages" ;;
    optional) optional="$optional $packages" ;;
    esac
}

take_stock() {
    required=""
    optional=""
    lacks required "gcc libc6-dev" compiles
    lacks required cmake command -v cmake
    if ! command -v ninja >/dev/null || [ "${CMAKE_GENERATOR:-}" != Ninja ]; then
        lacks required make command -v make
    fi
    lacks required libcjson-dev links cjson/cJSON.h cjson
    lacks optional libopenblas-dev links cblas.h openblas
    lacks optional zlib1g-dev links zlib.h z
    if [ $tests = yes ]; then
        lacks required libcmocka-dev links cmocka.h cmocka
        lacks optional pkg-config command -v pkg-config
    fi
    if [ $dev = yes ]; then
        lacks required clang command -v clang
        lacks optional clang-format command -v clang-format
        lacks optional clang-tidy command -v clang-tidy
        lacks optional python3-numpy imports_numpy
        sanitizes || lacks required clang-runtime false
    fi
}

# How this user installs: as root, through sudo (which asks for a password only on a terminal), or not at all.
root_by() {
    if [ "$(id -u)" -eq 0 ]; then
        echo env
    elif command -v sudo >/dev/null; then
        if [ -t 0 ]; then echo sudo; else echo "sudo -n"; fi
    else
        return 1
    fi
}

# clang's runtime libraries bear the version in their package's name; Ubuntu and Debian name them differently.
runtime_package() {
    version=$(apt-cache depends clang 2>/dev/null | sed -n 's/.*Depends: clang-\([0-9][0-9]*\)$/\1/p')
    for name in "libclang-rt-$version-dev" "libclang-common-$version-dev"; do
        if apt-cache show "$name" >/dev/null 2>&1; then
            echo "$name"
            return
        fi
    done
}

# Debian names of what is missing.
packages() {
    echo "$required$optional" | sed "s/clang-runtime/$(runtime_package)/"
}

install_with_apt() {
    if ! root=$(root_by); then
        echo "setup: this user is not root and there is no sudo, so nothing is installed" >&2
        return 1
    fi
    echo "setup: installing$(packages)" >&2
    # shellcheck disable=SC2086,SC2046 # how to be root, and package names, are words
    {
        $root apt-get update -q || echo "setup: the package lists could not be refreshed, trying the old ones"
        $root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $(packages)
    } >&2 || echo "setup: apt-get failed; its messages are above" >&2
}

say_what_to_install() {
    echo "setup: missing here:$(packages)" >&2
    if command -v apt-get >/dev/null; then
        echo "setup: as root, with a network: apt-get update && apt-get install$(packages)" >&2
    else
        cat >&2 <<TEXT
setup: these are names of Debian; elsewhere, for all of it:
    Fedora: dnf install gcc make cmake cjson-devel openblas-devel zlib-devel libcmocka-devel
    Arch:   pacman -S gcc make cmake cjson openblas zlib cmocka
    macOS:  xcode-select --install; brew install cmake cjson openblas cmocka
TEXT
    fi
}

take_stock
if [ -z "$required$optional" ]; then
    exit 0
fi
if command -v apt-get >/dev/null && install_with_apt; then
    take_stock
fi
if [ -n "$required" ]; then
    say_what_to_install
    exit 1
fi
if [ -n "$optional" ]; then
    echo "setup: going on without$optional" >&2
fi
