#!/usr/bin/env bash
# Emitted NumPy of functions of matrices, run: derivatives, values.
# SPDX-License-Identifier: MIT
set -eu
if [ -z "${GRADUS_COMMAND:-}" ] || [ -z "${GRADUS_PYTHON:-}" ]; then
    echo "emit: no command, or no Python with NumPy"
    exit 77
fi
"$GRADUS_PYTHON" "$GRADUS_SOURCE_DIR/tests/emit/check_matrices.py" "$GRADUS_COMMAND"
