#!/bin/sh
# Judges JSON lines from standard input with GNU parallel: blocks of whole lines,
# answers in order.
# usage: parallel.sh [JOBS [BLOCK]] < posts.jsonl > answers.jsonl
exec parallel --will-cite --pipe --keep-order --jobs "${1:-100%}" --block "${2:-1M}" \
    "${POSTLINT:-postlint}" batch --jobs 1
