#!/usr/bin/env python3
"""The page "your first rule", followed to the letter: files are saved as it says and
commands print what it shows.
usage: firstrule.py PROGRAM [--write]"""
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PROGRAM = str(Path(sys.argv[1]).resolve())
PAGE = ROOT / "examples/rules/FIRST-RULE.md"
results = {"passed": 0, "failed": 0}


def check(name, truth, detail=""):
    results["passed" if truth else "failed"] += 1
    if not truth:
        print(f"FAILED {name}: {detail}")


def run(command, folder):
    """What a terminal would show: output and messages, in that order."""
    done = subprocess.run(["sh", "-c", command], cwd=folder, text=True,
                          capture_output=True, stdin=subprocess.DEVNULL,
                          env={**os.environ, "PATH": f"{folder}/bin:" +
                               os.environ["PATH"], "NO_COLOR": "1"})
    return done.stdout + done.stderr


def console(block, folder):
    """The block with the output that its commands have here."""
    out = ""
    for command in re.findall(r"^\$ (.*)$", block, re.M):
        out += f"$ {command}\n{run(command, folder)}"
    return out


def follow(text, folder):
    """The page as it would read if it were written here and now."""
    file = None
    parts = re.split(r"(^```.*?^```\n)", text, flags=re.S | re.M)
    for i, part in enumerate(parts):
        block = re.fullmatch(r"```(\w+)\n(.*?)```\n", part, re.S)
        if not block:
            names = re.findall(r"^`([^`\n]+)`$", part, re.M)
            file = names[-1] if names else None
        elif block[1] == "console":
            parts[i] = f"```console\n{console(block[2], folder)}```\n"
        elif file:
            (folder / file).write_text(block[2])
    return "".join(parts)


def main():
    text = PAGE.read_text()
    with tempfile.TemporaryDirectory() as temp:
        folder = Path(temp)
        (folder / "bin").mkdir()
        (folder / "bin/postlint").symlink_to(PROGRAM)
        now = follow(text, folder)
    if "--write" in sys.argv:
        PAGE.write_text(now)
        return 0
    shown = re.findall(r"```console\n(.*?)```\n", text, re.S)
    real = re.findall(r"```console\n(.*?)```\n", now, re.S)
    for a, b in zip(shown, real):
        check("the page shows what the program says", a == b,
              f"\n--- page\n{a}--- program\n{b}")
    final = real[-4:]
    check("a rule that passes at the end", any(
        re.search(r"rule examples: \d+ passed, 0 failed", b) for b in final), final)
    check("one that fails before", any(", 1 failed" in b for b in real), real)
    check("and finds the draft", "disclosure/organisation/bluebell" in real[-1])
    print(f"{results['passed']} passed, {results['failed']} failed")
    return 1 if results["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
