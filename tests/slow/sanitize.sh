#!/bin/sh
# The whole suite under the address and undefined-behaviour sanitizers of clang.
set -eu
cd "$(dirname "$0")/../.."
[ -d build-asan ] || CC=clang meson setup build-asan -Dbuildtype=debugoptimized \
    -Db_sanitize=address,undefined -Db_lundef=false -Ddefault_library=both >/dev/null
ninja -C build-asan >/dev/null
# No fault may pass as a mere message.
UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1 ASAN_OPTIONS=detect_leaks=1:quarantine_size_mb=1 \
    exec python3 tests/run.py build-asan
