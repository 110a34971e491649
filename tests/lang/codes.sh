#!/usr/bin/env bash
# Every error code used in src/ has a row in src/lang/errors.def, and every row is used.
# SPDX-License-Identifier: MIT
set -eu
cd "${GRADUS_SOURCE_DIR:-$(dirname "$0")/../..}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
grep -rhoE '"E[0-9]{3}"' src --include='*.c' --include='*.h' | tr -d '"' | sort -u >"$work/used"
sed -nE 's/^LANG_ERROR\((E[0-9]{3}),.*/\1/p' src/lang/errors.def | sort >"$work/rows"
failed=0
[ "$(wc -l <"$work/used")" -gt 100 ] || { echo "fewer codes found than there must be"; failed=1; }
for code in $(uniq -d "$work/rows"); do
    echo "$code has two rows"
    failed=1
done
for code in $(comm -23 "$work/used" "$work/rows"); do
    echo "$code is used, but has no row in src/lang/errors.def"
    failed=1
done
for code in $(comm -13 "$work/used" "$work/rows"); do
    echo "$code has a row in src/lang/errors.def, but is not used"
    failed=1
done
exit $failed
