#!/usr/bin/env bash
# The NumPy that `gradus emit numpy` writes for every corpus case, run and compared with differences.
# SPDX-License-Identifier: MIT
set -eu

if [ -z "${GRADUS_PYTHON:-}" ] || [ -z "${GRADUS_COMMAND:-}" ]; then
    echo "skipped: no Python with NumPy, or no gradus command" >&2
    exit 77
fi
here=${GRADUS_SOURCE_DIR:-.}/tests/corpus
exec "$GRADUS_PYTHON" "$here/check_numpy.py" "$GRADUS_COMMAND" "$here/derivatives.tsv"
