#!/bin/sh
# Makes postlint.vsix in the working folder, or where it is told; needs npm.
# usage: package.sh [FILE.vsix]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
out=$(realpath -m "${1:-postlint.vsix}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$here/package.json" "$here/package-lock.json" "$here/extension.js" "$here/README.md" \
    "$here/../../../LICENSE" "$work"
cd "$work"
npm ci --ignore-scripts --no-audit --no-fund --silent
npm exec --yes --package @vscode/vsce@3.6.0 -- \
    vsce package --allow-missing-repository --out "$out"
