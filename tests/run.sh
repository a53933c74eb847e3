#!/bin/sh
# Installs what is missing, builds, and runs all tests. The last line counts
# test cases and rule examples.
set -eu
cd "$(dirname "$0")/.."
sh .ci/setup
[ -d build ] || meson setup build >/dev/null
ninja -C build >/dev/null || ninja -C build
exec python3 tests/run.py build
