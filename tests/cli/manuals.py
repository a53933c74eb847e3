#!/usr/bin/env python3
"""Manual pages: mandoc finds nothing to say, and they know every command, option,
format and error code of the program.
usage: manuals.py PROGRAM"""
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PROGRAM = str(Path(sys.argv[1]).resolve())
PAGES = sorted((ROOT / "man").glob("*.[1-9]"))
results = {"passed": 0, "failed": 0}


def check(name, truth, detail=""):
    results["passed" if truth else "failed"] += 1
    if not truth:
        print(f"FAILED {name}: {detail}")


def help_of(*args):
    return subprocess.run([PROGRAM, "help", *args], capture_output=True,
                          text=True).stdout


def page(name):
    return (ROOT / "man" / name).read_text()


def test_lint():
    if not shutil.which("mandoc"):
        return
    for path in PAGES:
        done = subprocess.run(["mandoc", "-Tlint", path], capture_output=True,
                              text=True)
        # Pages of this folder need not be installed yet.
        told = [line for line in (done.stdout + done.stderr).splitlines()
                if "referenced manual not found" not in line
                and "mandoc.db" not in line]
        check(f"{path.name} is well formed", not told, told)


def test_references():
    names = {p.name for p in PAGES}
    for path in PAGES:
        for name, section in re.findall(r"^\.Xr ([\w-]+) (\d)",
                                        path.read_text(), re.M):
            if "postlint" in name:
                check(f"{path.name} names {name}({section})",
                      f"{name}.{section}" in names)
    for name in names:
        check(f"{name} is installed", f"'{name}'" in page("meson.build"))


def test_commands_and_options():
    text = page("postlint.1").replace("\\-", "-")
    listed = help_of().split("\n\n")[2]
    for command in re.findall(r"^  (\w+)", listed, re.M):
        check(f"postlint.1 has the command {command}",
              re.search(rf"^\.(It )?Cm .*\b{command}\b", text, re.M))
    for command in ("check", "batch"):
        for option in re.findall(r"^  (?:-\w, |    )--([\w-]+)",
                                 help_of(command), re.M):
            check(f"postlint.1 has --{option} of {command}",
                  re.search(rf"-{option}\b", text), option)


def test_rules():
    text, both = help_of("rules"), page("postlint-rules.5") + page("postlint.1")
    for verb in re.findall(r"^  (\w+) {2,}", text.split("\n\n")[1], re.M):
        for name in ("postlint.1", "postlint-rules.5"):
            check(f"{name} has rules {verb}", re.search(
                rf"Cm (rules )?{verb}\b", page(name)))
    for option in re.findall(r"^  (?:-\w, |    )--([\w-]+)", text, re.M):
        check(f"the manual has --{option} of rules", option == "help" or
              re.search(rf"-{option}\b", both.replace("\\-", "-")), option)
    for option in ("v",):
        check(f"the manual has -{option} of rules", f".Fl {option}\n" in both)


def test_rule_language():
    """The page has every name that the sources know."""
    text = page("postlint-rules.5")
    sources = {"detectors": ("match/detector.h", r'X\((\w+), [A-Z_| ]+,\s*"'),
               "checks": ("match/validator.h", r'X\(\w+, "([a-z0-9-]+)"'),
               "facts": ("match/hit.h", r'X\([A-Z_]+, "([a-z-]+)"\)'),
               "zones": ("text/doc.h", r'X\([A-Z]+, "([a-z]+)"\)'),
               "keys": ("rules/load_rule.c", r'^    \{"([a-z-]+)", (?:true|false)')}
    for what, (path, pattern) in sources.items():
        names = re.findall(pattern, (ROOT / "src" / path).read_text(), re.M)
        check(f"{what} are found in {path}", len(names) > 5, names)
        for name in names:
            check(f"postlint-rules.5 has {name} of the {what}",
                  re.search(rf"(?<![\w-]){name}(?![\w-])", text))
    engine = (ROOT / "src/engine/pack.h").read_text()
    contexts = re.search(r"define CONTEXT_LIST(.*?)\n\n", engine, re.S)[1]
    for name in re.findall(r'"(\w+)"', contexts):
        check(f"postlint-rules.5 has the context {name}", name in text)


def test_formats():
    text = page("postlint-formats.5")
    listed = help_of("check").split("Formats:\n")[1].split("\n\n")[0]
    formats = [line.split()[0] for line in listed.splitlines()]
    for name in formats:
        check(f"postlint-formats.5 tells of {name}", f".Ss {name}\n" in text)
        check(f"postlint.1 names {name}", re.search(
            rf"\b{name}\b", page("postlint.1")))
    told = re.findall(r"^\.Ss ([a-z]+)$", text, re.M)
    check("postlint-formats.5 tells of no other", set(told) == set(formats),
          told)
    schemas = {p.name for p in (ROOT / "src/schemas").iterdir()}
    for name in schemas:
        check(f"postlint-formats.5 names {name}",
              re.search(rf"\b{name.split('.')[0]}\b", text))


def main():
    for name, test in list(globals().items()):
        if name.startswith("test_"):
            test()
    print(f"{results['passed']} passed, {results['failed']} failed")
    return 1 if results["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
