#!/bin/sh
# Worker threads under the thread sanitizer: no race is told, and the bytes are those of
# one thread.
set -eu
cd "$(dirname "$0")/../.."
[ -d build-tsan ] || CC=clang meson setup build-tsan -Dbuildtype=debugoptimized \
    -Db_sanitize=thread -Db_lundef=false -Dtests=false >/dev/null
ninja -C build-tsan src/postlint >/dev/null
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -c "import sys; sys.path.insert(0, \"tests/bench\"); import corpus; corpus.write(sys.argv[1], int(sys.argv[2]), 0.3)" "$work/posts.jsonl" "${1:-3000}"
export TSAN_OPTIONS=halt_on_error=1
for jobs in 1 2 4; do
    echo "batch --jobs $jobs"
    build-tsan/src/postlint batch --jobs "$jobs" <"$work/posts.jsonl" >"$work/$jobs"
    cmp "$work/1" "$work/$jobs"
done
echo "batch --line-buffered"
build-tsan/src/postlint batch --jobs 2 --line-buffered <"$work/posts.jsonl" | cmp - "$work/1"
