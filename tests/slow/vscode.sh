#!/bin/sh
# VS Code (as code-server) in a headless Chromium: a draft is opened, the right words
# are underlined, the menu's fix is applied and the finding goes. Fetches some
# 320 MB from npm and builds native modules; leaves a screenshot.
# usage: tests/slow/vscode.sh [PROGRAM [FOLDER]]; what is in FOLDER is used again
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
program=$(realpath "${1:-$root/build/src/postlint}")
work=$(realpath -m "${2:-$root/build/vscode}")
as_root=
[ "$(id -u)" -eq 0 ] || as_root=sudo
need="libkrb5-dev libsecret-1-dev libx11-dev libxkbfile-dev chromium g++ make"
dpkg-query -W $need >/dev/null 2>&1 ||
    DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -q \
        --no-install-recommends $need >/dev/null
mkdir -p "$work"
cd "$work"
install="npm install --ignore-scripts --no-audit --no-fund --silent"
if [ ! -e ready ]; then
    [ -e package.json ] || echo '{"private": true}' >package.json
    $install code-server@4.100.3 playwright-core@1.65.1 node-gyp@11 \
        @mapbox/node-pre-gyp@1.0.11
    code=$work/node_modules/code-server
    for folder in "$code/lib/vscode" "$code/lib/vscode/extensions"; do
        (cd "$folder" && $install --omit=dev)
    done
    ln -sfn node_modules "$code/lib/vscode/node_modules.asar"
    gyp=$work/node_modules/.bin/node-gyp
    headers=$(dirname "$(dirname "$(realpath "$(command -v node)")")")
    for module in kerberos @vscode/spdlog @vscode/deviceid native-watchdog node-pty; do
        (cd "$code/lib/vscode/node_modules/$module" &&
            "$gyp" rebuild --nodedir="$headers" >build.log 2>&1)
    done
    find "$work/node_modules" -type d -path '*/node_modules/argon2' | while read -r folder; do
        (cd "$folder" && "$work/node_modules/.bin/node-pre-gyp" rebuild \
            --build-from-source --nodedir="$headers" >build.log 2>&1)
    done
    touch ready
fi
sh "$root/examples/editors/vscode/package.sh" "$work/postlint.vsix"
exec node "$root/tests/slow/vscode.mjs" "$work" "$program"
