#!/usr/bin/env python3
"""The server with vscode-jsonrpc and the protocol's own types: the session runs,
and TypeScript checks every message that was sent.
The packages are pinned; they come from npm once for each build folder.
usage: node.py PROGRAM"""
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tests/lint"))
from count import check, close  # noqa: E402

PROGRAM = Path(sys.argv[1]).resolve()
SOURCE = Path(__file__).resolve().parent / "node"
WORK = PROGRAM.parent.parent / "lsp-node"
TSC = ["node", "node_modules/typescript/bin/tsc", "--noEmit", "--strict",
       "--module", "node16", "--skipLibCheck", "--types", ""]


def run(name, command):
    done = subprocess.run(command, cwd=WORK, capture_output=True, text=True,
                          timeout=300)
    check(name, done.returncode == 0, done.stdout + done.stderr)
    return done


def install():
    WORK.mkdir(exist_ok=True)
    lock = (SOURCE / "package-lock.json").read_text()
    mark = WORK / "installed"
    for name in ("package.json", "package-lock.json", "client.mjs"):
        shutil.copy(SOURCE / name, WORK / name)
    if mark.exists() and mark.read_text() == lock:
        return True
    done = run("npm ci", ["npm", "ci", "--ignore-scripts", "--no-audit",
                          "--no-fund"])
    if done.returncode == 0:
        mark.write_text(lock)
    return done.returncode == 0


def test_session():
    run("a session with vscode-jsonrpc", ["node", "client.mjs", str(PROGRAM),
                                          "messages.ts"])


def test_types():
    run("every message has its type", [*TSC, "messages.ts"])
    # Or the checker checks nothing.
    text = (WORK / "messages.ts").read_text()
    for name, good, bad in (("a severity", '"severity": 2', '"severity": 9'),
                            ("a position", '"character"', '"charakter"'),
                            ("an encoding", '"version": "', '"version": 3, "x": "')):
        (WORK / "bad.ts").write_text(text.replace(good, bad))
        done = subprocess.run([*TSC, "bad.ts"], cwd=WORK, capture_output=True,
                              text=True)
        check(f"{name} that cannot be is seen", text.count(good) > 0 and
              re.search(r"bad\.ts\(\d+,\d+\): error TS", done.stdout),
              done.stdout[:300] + done.stderr[:300])


def main():
    if check("node and npm are installed",
             shutil.which("node") and shutil.which("npm")) and install():
        test_session()
        test_types()
    close()


if __name__ == "__main__":
    main()
