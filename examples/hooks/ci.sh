#!/bin/sh
# A check for CI: judges what a branch adds to the one it goes into, and leaves a
# report for code scanning. The clone must reach back to where the branches part
# (GitHub: actions/checkout with fetch-depth: 0; GitLab: GIT_DEPTH: 0).
#
#     sh ci.sh origin/main
set -eu
base=${1:-origin/main}
exec git postlint --output=compact=- --output=sarif=postlint.sarif "$base...HEAD"
