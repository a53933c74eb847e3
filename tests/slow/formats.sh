#!/bin/sh
# Report formats by the validators of their makers: SARIF by its schema and by
# Microsoft's Multitool, rdjson by its validator, JSON by our own schemas in ajv.
# Needs npm and the network once; everything lands in a folder of its own.
# usage: tests/slow/formats.sh [PROGRAM]
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
program=$(realpath "${1:-$root/build/src/postlint}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$root/tests/slow/package.json" "$root/tests/slow/formats.mjs" "$work"
(cd "$work" && npm install --silent --no-audit --no-fund --ignore-scripts)
chmod u+x "$work/node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool"
mkdir "$work/posts"
cp "$root"/tests/golden/posts/* "$root"/examples/drafts/*.txt "$work/posts"
# A draft for each that must not leak, so that many rules have their say.
python3 - "$root/tests/leaks/drafts.jsonl" "$work/posts" <<'PYTHON'
import json, pathlib, sys
for i, line in enumerate(pathlib.Path(sys.argv[1]).read_text().splitlines()):
    pathlib.Path(sys.argv[2], f"{i}.txt").write_text(json.loads(line)["text"])
PYTHON
# Rule files as JSON, as an editor sees them.
python3 - "$root" "$work/rules.jsonl" <<'PYTHON'
import json, pathlib, sys, yaml
root = pathlib.Path(sys.argv[1])
with open(sys.argv[2], "w") as out:
    for path in sorted(root.glob("rules/**/*.yaml")):
        data = yaml.load(path.read_text(), yaml.CBaseLoader)
        kind = "pack" if path.name == "pack.yaml" else "rules"
        print(json.dumps([kind, path.name, data]), file=out)
PYTHON
cd "$work"
status=0
for format in sarif rdjson json jsonl; do
    "$program" -f $format posts >"out.$format" 2>/dev/null || status=$?
    # 2: one of the posts is not UTF-8.
    [ $status -eq 2 ] || { echo "$format: status $status"; exit 1; }
done
exec node formats.mjs "$root" "$(dirname "$program")"
