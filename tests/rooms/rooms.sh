#!/usr/bin/env bash
# Proves that no room of src/ includes a header of a later room (the order is cmake/rooms.txt), and that this
# check can fail: each kind of forbidden include, planted in a tree of its own, must be found.
# SPDX-License-Identifier: MIT
set -u
root=${GRADUS_SOURCE_DIR:-$(cd "$(dirname "$0")/../.." && pwd)}
script=$(cd "$(dirname "$0")" && pwd)/includes.awk

# check TREE: print every forbidden include of TREE/src and TREE/include; status 1 if there is one.
check() {
    (cd "$1" && find src include -type f \( -name '*.c' -o -name '*.h' -o -name '*.def' \) | LC_ALL=C sort |
        awk -v rooms="$(tr '\n' ' ' <cmake/rooms.txt)" -f "$script")
}

# plant FILE LINE: a small lawful tree, with LINE added to FILE.
plant() {
    rm -rf "$scratch/tree"
    mkdir -p "$scratch/tree"/{cmake,include/gradus,src/base,src/graph,src/value,src/run,src/cli}
    printf '%s\n' base graph value run >"$scratch/tree/cmake/rooms.txt"
    (
        cd "$scratch/tree" || exit 1
        echo '#include <stddef.h>' | tee include/gradus/numeric.h include/gradus/expr.h >src/base/arena.h
        echo '#include <unistd.h>' >src/base/platform.c
        printf '%s\n' '#include "base/arena.h"' '#include "gradus/expr.h"' >src/graph/node.h
        printf '%s\n' '#include "node.h"' '#include "graph/node.h"' '# include <math.h>' >src/graph/node.c
        printf '%s\n' '#include "graph/node.h"' '#include <cblas.h>' >src/run/kernel.c
        printf '#include %s\n' '<gradus/expr.h>' '<cjson/cJSON.h>' '"cli/main.h"' >src/cli/main.c
        echo '/* the command */' >src/cli/main.h
        mkdir -p "$(dirname "$1")"
        echo "$2" >>"$1"
    )
}

# must_find FILE LINE: the planted LINE is reported, with FILE's name.
must_find() {
    plant "$1" "$2"
    if report=$(check "$scratch/tree") || ! grep -qF "$1:" <<<"$report"; then
        echo "rooms: planted '$2' in $1 was not found; the report was: $report"
        failures=$((failures + 1))
    fi
}

scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
failures=0

plant src/base/arena.h '#include <stdint.h>'
if ! report=$(check "$scratch/tree"); then
    echo "rooms: a lawful tree was refused: $report"
    failures=$((failures + 1))
fi
must_find src/base/arena.h '#include "graph/node.h"'
must_find src/graph/node.c '#include "value/value.h"'
must_find src/graph/node.c '  #  include <run/kernel.h>'
must_find src/graph/node.c '#include "../run/kernel.h"'
must_find src/graph/node.c '#include "absent.h"'
must_find src/graph/node.c '#include HEADER'
must_find src/graph/ops.def '#include "run/kernel.h"'
must_find src/graph/node.c '#include <pthread.h>'
must_find src/graph/node.c '#include <cjson/cJSON.h>'
must_find src/graph/node.c '#include <cblas.h>'
must_find src/run/kernel.c '#include "cli/main.h"'
must_find src/cli/main.c '#include "graph/node.h"'
must_find src/attic/old.c '#include <stddef.h>'
must_find include/gradus/numeric.h '#include "gradus/expr.h"'
must_find include/gradus/numeric.h '#include "expr.h"'
must_find include/gradus/check.h '#include "gradus/expr.h"'
must_find include/gradus/course.h '#include "gradus/expr.h"'
must_find include/gradus/expr.h '#include "graph/node.h"'

check "$root" || failures=$((failures + 1))
files=$(find "$root/src" -name '*.[ch]' | wc -l)
if [ "$files" -eq 0 ]; then
    echo "rooms: no sources found under $root/src"
    failures=$((failures + 1))
fi
echo "rooms: $files files read, $failures failures"
[ "$failures" -eq 0 ]
