#!/bin/sh
# Installs what is missing, builds, and checks an example draft.
set -eu
cd "$(dirname "$0")/.."
sh .ci/setup
[ -d build ] || meson setup build >/dev/null
ninja -C build >/dev/null || ninja -C build
draft=${1:-examples/drafts/night-shift.txt}
echo "$ postlint $draft"
build/src/postlint --show full --format pretty --width 80 "$draft" || test $? -eq 1
