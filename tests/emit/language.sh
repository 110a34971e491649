#!/usr/bin/env bash
# The NumPy of expressions that the corpus does not have, run and compared with differences.
# SPDX-License-Identifier: MIT
set -eu

if [ -z "${GRADUS_PYTHON:-}" ] || [ -z "${GRADUS_COMMAND:-}" ]; then
    echo "skipped: no Python with NumPy, or no gradus command" >&2
    exit 77
fi
exec "$GRADUS_PYTHON" "${GRADUS_SOURCE_DIR:-.}/tests/emit/check_language.py" "$GRADUS_COMMAND"
