#!/bin/sh
# Each fuzz target for some seconds (60, or as told) from its seeds; what is found
# stays in build-fuzz/found.
# usage: fuzz.sh [SECONDS [TARGET]...]
set -eu
cd "$(dirname "$0")/../.."
seconds=${1:-60}
[ $# -eq 0 ] || shift
[ -d build-fuzz ] || CC=clang meson setup build-fuzz -Dfuzz=true -Dman=false \
    -Dbuildtype=debugoptimized -Db_sanitize=address,undefined -Db_lundef=false >/dev/null
ninja -C build-fuzz >/dev/null
[ $# -gt 0 ] || set -- $(cd tests/fuzz && ls fuzz_*.c | sed 's/fuzz_\(.*\)\.c/\1/')
for name; do
    mkdir -p "build-fuzz/found/$name"
    echo "$name"
    "build-fuzz/tests/fuzz_$name" -max_total_time="$seconds" -max_len=4096 \
        -artifact_prefix="build-fuzz/found/$name-" "build-fuzz/found/$name" \
        "tests/fuzz/corpus/$name" 2>&1 | grep -E '^(SUMMARY|Done|==)' || true
    ! ls "build-fuzz/found/$name"-* 2>/dev/null
done
