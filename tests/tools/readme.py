#!/usr/bin/env python3
"""Puts into README what the program prints for its example.
usage: readme.py PROGRAM"""
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
BLOCK = re.compile(r"(```\n\$ postlint (\S+)\n)(.*?)(\n```)", re.S)


def shown(program, draft):
    done = subprocess.run(
        [program, "--show", "full", "--format", "pretty", "--width", "80",
         draft], capture_output=True, text=True, cwd=ROOT)
    return done.stdout.strip()


def main():
    path = ROOT / "README.md"
    program = str(Path(sys.argv[1]).resolve())
    old = path.read_text()
    new = BLOCK.sub(
        lambda m: m[1] + shown(program, m[2]) + m[4], old, count=1)
    if new != old:
        path.write_text(new)


if __name__ == "__main__":
    main()
