#!/usr/bin/env python3
"""Posts that look like a breach and are none: tests/traps/GROUP.txt, a post a line.
usage: traps.py PROGRAM"""
import json
import subprocess
import sys
from pathlib import Path

TRAPS = Path(__file__).resolve().parent.parent / "traps"


def found(program, group, posts):
    lines = "".join(json.dumps({"text": post}) + "\n" for post in posts)
    done = subprocess.run([program, "batch", "--select", group], input=lines.encode(),
                          capture_output=True, check=True)
    for post, line in zip(posts, done.stdout.splitlines(), strict=True):
        loud = [f["rule"] for f in json.loads(line)["findings"] if f["level"] != "note"]
        if loud:
            yield post, loud


def main():
    program = str(Path(sys.argv[1]).resolve())
    passed = failed = 0
    for path in sorted(TRAPS.glob("*.txt")):
        posts = [line for line in path.read_text(encoding="utf-8").splitlines()
                 if line and not line.startswith("# ")]
        for post, rules in found(program, path.stem, posts):
            failed += 1
            print(f"FAILED {path.name}: {post} -> {', '.join(rules)}")
        passed += len(posts)
    print(f"{passed - failed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
