#!/usr/bin/env python3
"""Completion scripts: the shells' own parsers take them, they know every option
of the help texts, and bash and fish complete with them.
usage: completion.py PROGRAM"""
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

PROGRAM = str(Path(sys.argv[1]).resolve())
SYNTAX = {"bash": ["bash", "-n"], "zsh": ["zsh", "-n"],
          "fish": ["fish", "--no-execute"]}
results = {"passed": 0, "failed": 0}


def check(name, truth, detail=""):
    results["passed" if truth else "failed"] += 1
    if not truth:
        print(f"FAILED {name}: {detail}")


def run(*args):
    done = subprocess.run([PROGRAM, *args], capture_output=True, text=True)
    return done.stdout


def commands():
    text = run("help").split("\n\n")[2]
    return [line.split()[0] for line in text.splitlines() if line.strip()]


def options_of(command):
    """Long options that the help of a command lists."""
    return re.findall(r"^  (?:-\w, |    )--([\w-]+)", run("help", command), re.M)


def test_syntax(scripts):
    for shell, path in scripts.items():
        if not shutil.which(shell):
            continue
        done = subprocess.run([*SYNTAX[shell], path], capture_output=True,
                              text=True)
        check(f"{shell} parses its script", done.returncode == 0 and
              not done.stderr, done.stderr)


def test_whole(scripts):
    """Each script knows each command and each option that help lists."""
    for shell, path in scripts.items():
        text = Path(path).read_text()
        for command in commands():
            check(f"{shell} knows {command}", re.search(
                rf"\b{command}\b", text))
            for option in options_of(command):
                form = rf"-l {option}\b" if shell == "fish" else rf"--{option}\b"
                check(f"{shell} knows {command} --{option}",
                      re.search(form, text))
        check(f"{shell} names no hidden option", "no-gate" not in text)


def bash(path, line):
    """What bash offers for the last word of a line."""
    words = re.findall(r"=|[^\s=]+", line) + ([""] if line[-1] in " =" else [])
    quoted = " ".join(f"'{w}'" for w in words)
    script = (f"source {path}; COMP_WORDS=({quoted}); "
              f"COMP_CWORD={len(words) - 1}; _postlint; "
              "printf '%s\\n' \"${COMPREPLY[@]}\"")
    done = subprocess.run(["bash", "--norc", "-c", script], text=True,
                          capture_output=True, cwd=Path(path).parent,
                          env=with_program())
    check(f"bash completes {line!r} quietly", not done.stderr, done.stderr)
    return set(done.stdout.split("\n")) - {""}


def fish(path, line):
    script = f"source {path}; complete -C '{line}'"
    done = subprocess.run(["fish", "--no-config", "-c", script], text=True,
                          capture_output=True, cwd=Path(path).parent,
                          env=with_program())
    return {x.split("\t")[0] for x in done.stdout.splitlines()}


def with_program():
    return {**os.environ, "PATH": f"{Path(PROGRAM).parent}:{os.environ['PATH']}",
            "HOME": tempfile.gettempdir()}


def test_offers(scripts):
    for shell, offers in (("bash", bash), ("fish", fish)):
        if not shutil.which(shell):
            continue
        path = scripts[shell]

        def has(line, *words, exactly=False):
            got = offers(path, line)
            check(f"{shell}: {line!r}", set(words) <= got and
                  (not exactly or got == set(words)), sorted(got)[:20])

        has("postlint ba", "batch")
        has("postlint check --forma", "--format")
        has("postlint --forma", "--format")
        has("postlint batch --text", "--text-field")
        has("postlint check -f ", "sarif", "rdjson", "none")
        has("postlint check --format ju", "junit")
        has("postlint --platform face", "facebook")
        has("postlint batch --account ", "personal", "professional", "clinic",
            "official", exactly=True)
        has("postlint rules ", "list", "check", "test", "compile")
        has("postlint completion ", "bash", "zsh", "fish", exactly=True)
        has("postlint explain privacy/ag", "privacy/age", "privacy/age/exact-with-care")
        has("postlint check --select claims/cu", "claims/cure")
        has("postlint check dra", "draft one.txt")
        has("postlint check --fail-on n", "never", "note", exactly=True)
        got = offers(path, "postlint batch --forma")
        check(f"{shell}: batch has no --format", "--format" not in got, got)
    if shutil.which("bash"):
        got = bash(scripts["bash"], "postlint check --format=sar")
        check("bash: --format=sar", got == {"sarif"}, got)


def test_zsh_loads(scripts):
    if not shutil.which("zsh"):
        return
    done = subprocess.run(
        ["zsh", "-f", "-c", "autoload -Uz compinit && compinit -u -D && "
         f"source {scripts['zsh']} && print $_comps[postlint]"],
        capture_output=True, text=True, env=with_program())
    check("zsh takes the script for postlint",
          done.stdout.strip() == "_postlint" and not done.stderr,
          done.stdout + done.stderr)


# The same draft in formats that hold several.
DRAFTS = {"json": '["Tea."]', "jsonl": '"Tea."', "csv": "text\nTea.\n"}


def test_choices_are_taken(scripts):
    """Every value that is offered is one that the program takes."""
    text = Path(scripts["bash"]).read_text()
    rows = re.findall(r"check:--([\w-]+)\S*\) source=words words='([^']*)'",
                      text)
    check("there are choices", len(rows) >= 7, rows)
    for option, words in rows:
        for word in words.split():
            done = subprocess.run([PROGRAM, "-q", f"--{option}", word],
                                  input=DRAFTS.get(word, "Tea."),
                                  capture_output=True, text=True)
            check(f"--{option} {word} is taken", done.returncode == 0,
                  done.stderr)
        done = subprocess.run([PROGRAM, f"--{option}", "no-such"],
                              input="Tea.", capture_output=True, text=True)
        check(f"--{option} takes no other word", done.returncode == 2,
              done.stderr)


def main():
    with tempfile.TemporaryDirectory() as folder:
        scripts = {}
        for shell in SYNTAX:
            scripts[shell] = str(Path(folder) / f"postlint.{shell}")
            Path(scripts[shell]).write_text(run("completion", shell))
        (Path(folder) / "draft one.txt").write_text("x")
        for name, test in list(globals().items()):
            if name.startswith("test_"):
                test(scripts)
    done = subprocess.run([PROGRAM, "completion", "csh"], capture_output=True)
    check("a shell nobody knows", done.returncode == 2)
    print(f"{results['passed']} passed, {results['failed']} failed")
    return 1 if results["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
