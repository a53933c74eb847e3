#!/usr/bin/env python3
"""Runs every test of a build folder and counts cases: unit tests (TAP), seeds of
the fuzz targets, examples in the rule files, and the command line's cases."""
import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / (sys.argv[1] if len(sys.argv) > 1 else "build")


def programs():
    """Test programs of the build, as (name, command, is_tap)."""
    done = subprocess.run(["meson", "introspect", "--tests", str(BUILD)],
                          capture_output=True, text=True, check=True)
    for test in json.loads(done.stdout):
        yield test["name"], test["cmd"], test["protocol"] == "tap"


def build_programs(tests):
    targets = [str(Path(cmd[0]).relative_to(BUILD)) for _, cmd, _ in tests]
    if targets:
        subprocess.run(["ninja", "-C", str(BUILD), *targets], check=True,
                       stdout=subprocess.DEVNULL)


def run_program(name, command, is_tap):
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT,
                          errors="replace")
    passed = failed = 0
    if is_tap:
        passed = len(re.findall(r"^ok ", done.stdout, re.M))
        failed = len(re.findall(r"^not ok ", done.stdout, re.M))
    if done.returncode != 0 and not failed:
        failed += 1
    elif not is_tap:
        passed += 1
    if failed:
        print(f"FAILED {name}\n{done.stdout}{done.stderr}")
    return passed, failed


def run_counted(command):
    """A command whose last line ends in 'N passed, N failed'."""
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT,
                          errors="replace")
    found = re.search(r"(\d+) passed, (\d+) failed\s*$", done.stdout)
    if not found:
        print(done.stdout + done.stderr)
        return 0, 1
    passed, failed = map(int, found.groups())
    if failed:
        print(done.stdout + done.stderr)
    return passed, failed


def main():
    tests = list(programs())
    build_programs(tests)
    results = {name: run_program(name, command, is_tap)
               for name, command, is_tap in tests}
    results["rule examples"] = run_counted(
        [str(BUILD / "src/postlint"), "rules", "test"])
    scripts = [*sorted((ROOT / "tests/cli").glob("*.py")),
               *(ROOT / f"tests/lsp/{name}.py"
                 for name in ("protocol", "clients", "node")),
               ROOT / "tests/lint/layers.py", ROOT / "tests/lint/install.py"]
    for script in scripts:
        results[script.stem] = run_counted(
            [sys.executable, str(script), str(BUILD / "src/postlint")])
    passed = sum(p for p, _ in results.values())
    failed = sum(f for _, f in results.values())
    for name, (p, f) in results.items():
        print(f"{name}: {p} passed, {f} failed")
    print(f"postlint: {passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
