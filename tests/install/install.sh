#!/usr/bin/env bash
# Installs into a scratch prefix, moves that prefix, and builds two programs against what lies there, by
# pkg-config and by the CMake package: consumer/numeric.c and the first C program of README.md. They must
# run and print what is expected, and the shared library must bear its soname and export public names only.
# SPDX-License-Identifier: MIT
set -eu
root=$GRADUS_SOURCE_DIR
compiler=${CC:-cc}
flags=(-std=c17 -Wall -Wextra -Wpedantic -Werror ${GRADUS_SANITIZE:+"-fsanitize=$GRADUS_SANITIZE"})

fail() {
    echo "install: $*" >&2
    exit 1
}

# expect PROGRAM ARTICLE: run it; numeric's output is known, the README's is what the README shows.
expect() {
    output=$("$1") || fail "$1 ended with status $?"
    case $2 in
    numeric) wanted="6.000000 16.000000" ;;
    *) wanted=$(cat "$scratch/readme.txt") ;;
    esac
    [ -n "$output" ] || fail "$1 printed nothing"
    [ -z "$wanted" ] || [ "$output" = "$wanted" ] || fail "$1 printed '$output' instead of '$wanted'"
}

# The first ```c block of the README, and the block after a line "It prints", if there is one.
take_from_readme() {
    : >"$scratch/readme.txt"
    [ -f "$root/README.md" ] || return 0
    awk '/^```/ { if (on) exit; if ($0 == "```c") { on = 1; next } } on' "$root/README.md" \
        >"$scratch/readme.c"
    [ -s "$scratch/readme.c" ] || fail "README.md holds no program (a block that begins with \`\`\`c)"
    awk '/^```/ { if (on) exit; if (said) { on = 1; next } } /^It prints/ { said = 1 } on' "$root/README.md" \
        >"$scratch/readme.txt"
    programs+=("$scratch/readme.c")
}

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
programs=("$root/tests/install/consumer/numeric.c")
take_from_readme

cmake --install "$GRADUS_BUILD_DIR" --prefix "$scratch/first" >"$scratch/install.log"
mv "$scratch/first" "$scratch/moved"
prefix=$scratch/moved
library=$(find "$prefix" -name libgradus.so)
[ -n "$library" ] || fail "no libgradus.so was installed"
libdir=$(dirname "$library")
export LD_LIBRARY_PATH=$libdir${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}

if [ -n "${GRADUS_COMMAND:-}" ]; then
    [ -x "$prefix/bin/gradus" ] || fail "the command was not installed"
fi
[ "$(readlink "$library")" = libgradus.so.0 ] || fail "libgradus.so does not lead to libgradus.so.0"
if command -v nm >/dev/null && [ -z "${GRADUS_SANITIZE:-}" ]; then
    private=$(nm -D --defined-only "$library" | awk '$3 !~ /^(gradus_|_)/ { print $3 }')
    [ -z "$private" ] || fail "the shared library exports names that are not public: $private"
fi
for header in "$root"/include/gradus/*.h; do
    name=$(basename "$header")
    [ -f "$prefix/include/gradus/$name" ] || fail "$name was not installed"
    printf '#include <gradus/%s>\nextern int unused;\n' "$name" >"$scratch/alone.c"
    "$compiler" "${flags[@]}" -I"$prefix/include" -c "$scratch/alone.c" -o "$scratch/alone.o" ||
        fail "$name does not stand alone"
done

if command -v pkg-config >/dev/null; then
    export PKG_CONFIG_PATH=$libdir/pkgconfig
    for source in "${programs[@]}"; do
        article=$(basename "$source" .c)
        # shellcheck disable=SC2046 # what pkg-config answers is words
        "$compiler" "${flags[@]}" "$source" -o "$scratch/$article" $(pkg-config --cflags --libs gradus)
        expect "$scratch/$article" "$article"
    done
    echo "install: pkg-config: ${#programs[@]} programs ran"
else
    echo "install: no pkg-config here, its half was left out"
fi

cmake -S "$root/tests/install/consumer" -B "$scratch/consumer" -DCMAKE_PREFIX_PATH="$prefix" \
    -DCMAKE_C_COMPILER="$compiler" -DCMAKE_C_FLAGS="${flags[*]}" \
    "-DPROGRAMS=$(IFS=";" && echo "${programs[*]}")" >"$scratch/cmake.log" 2>&1 ||
    fail "the CMake package was not accepted: $(cat "$scratch/cmake.log")"
cmake --build "$scratch/consumer" >"$scratch/cmake.log" 2>&1 || fail "$(cat "$scratch/cmake.log")"
for source in "${programs[@]}"; do
    article=$(basename "$source" .c)
    expect "$scratch/consumer/${article}_shared" "$article"
    expect "$scratch/consumer/${article}_static" "$article"
done
echo "install: the CMake package: ${#programs[@]} programs ran, each with the shared and the static library"
