#!/usr/bin/env python3
"""What a packager meets: files in place, an example that builds against them, a
header that stands alone, only our symbols, and a build without threads or
loading at run time.
usage: install.py PROGRAM"""
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from count import check, close

ROOT = Path(__file__).resolve().parent.parent.parent
BUILD = Path(sys.argv[1]).resolve().parent.parent
DRAFT = "Garlic cures cancer."
LANGUAGES = [("cc", "c99"), ("cc", "c11"), ("cc", "c17"), ("c++", "c++98"),
             ("c++", "c++17")]


def run(*command, **more):
    return subprocess.run(command, capture_output=True, text=True, **more)


def one(place, pattern):
    found = sorted(place.rglob(pattern))
    check(f"{pattern} is installed", found)
    return found[0] if found else None


def test_files(place):
    done = run("meson", "install", "-C", str(BUILD), "--no-rebuild", "--destdir",
               str(place))
    check("meson install", done.returncode == 0, done.stderr)
    for pattern in ("bin/postlint", "bin/git-postlint", "include/postlint.h",
                    "postlint.pc", "libpostlint.a", "libpostlint.so.0",
                    "postlint.1", "postlint-rules.5", "postlint-formats.5",
                    "postlint-privacy.7", "rules.schema.json",
                    "doc/postlint/rules.html",
                    "bash-completion/completions/postlint*"):
        one(place, pattern)
    return one(place, "bin/postlint")


def test_example(place):
    """examples/c/lint.c by way of pkg-config, against the shared library."""
    pc = one(place, "postlint.pc")
    env = dict(os.environ, PKG_CONFIG_PATH=str(pc.parent),
               PKG_CONFIG_SYSROOT_DIR=str(place))
    flags = run("pkg-config", "--cflags", "--libs", "postlint", env=env)
    check("pkg-config knows postlint", flags.returncode == 0, flags.stderr)
    program = place / "lint"
    done = run("cc", "-std=c17", "-Wall", "-Werror", "-o", str(program),
               str(ROOT / "examples/c/lint.c"), *flags.stdout.split())
    check("the C example builds", done.returncode == 0, done.stderr)
    library = one(place, "libpostlint.so.0").parent
    done = run(str(program), input=DRAFT,
               env=dict(os.environ, LD_LIBRARY_PATH=str(library)))
    check("the C example finds the claim", "claims/" in done.stdout,
          done.stdout + done.stderr)


def test_symbols(place):
    library = one(place, "libpostlint.so.0")
    done = run("nm", "-D", "--defined-only", str(library))
    names = [line.split()[-1] for line in done.stdout.splitlines()]
    check("the library has symbols", len(names) > 20, names)
    for name in names:
        check("only pl_ is public", name.startswith("pl_"), name)
    done = run("readelf", "-d", str(library))
    check("the library has a soname", "[libpostlint.so.0]" in done.stdout)


def test_header(place):
    for compiler, standard in LANGUAGES:
        suffix = "c" if compiler == "cc" else "cc"
        unit = place / f"header.{suffix}"
        unit.write_text('#include "postlint.h"\n'
                        "extern int used; int used = (int)sizeof(struct pl_post);\n")
        done = run(compiler, f"-std={standard}", "-pedantic", "-Wall", "-Wextra",
                   "-Werror", "-Wno-long-long", "-fsyntax-only",
                   f"-I{ROOT / 'src'}", str(unit))
        check(f"the header stands alone in {standard}", done.returncode == 0,
              done.stderr)


def test_same_pack(place):
    """Two runs of the pack compiler give the same bytes."""
    out = place / "again.pack"
    done = run(str(BUILD / "src/plpack"), str(ROOT / "rules"),
               str(ROOT / "rules/lexicons/common-words.txt"),
               "/usr/share/hunspell/en_GB.dic", str(out),
               str(place / "again.h"), str(place / "again.d"))
    check("the pack compiler runs", done.returncode == 0, done.stderr[-300:])
    check("the pack is the same again", out.exists() and
          out.read_bytes() == (BUILD / "src/builtin.pack").read_bytes())


def test_bare(place):
    """For a browser on a phone: no threads, nothing mapped or loaded."""
    bare = place / "bare"
    done = run("meson", "setup", str(bare), str(ROOT), "-Dthreads=false",
               "-Ddlopen=false", "-Dmapping=false", "-Darchives=false",
               "-Dtests=false", "-Dman=false",
               "-Dbuildtype=debug")
    check("a bare build is set up", done.returncode == 0, done.stdout[-600:])
    done = run("ninja", "-C", str(bare), "src/postlint", "src/libpostlint.a")
    check("a bare build builds", done.returncode == 0, done.stdout[-600:])
    done = run("nm", "--undefined-only", str(bare / "src/libpostlint.a"),
               str(bare / "src/postlint"))
    names = set(re.findall(r" U (\w+)", done.stdout))
    bad = {n for n in names if re.match(r"pthread_|dl(open|sym)|mmap", n)}
    check("a bare build asks for no threads, loading or mapping",
          names and not bad, bad)
    done = run(str(bare / "src/postlint"), "batch", "--jobs", "2",
               input='{"id":1,"text":"Garlic cures cancer."}\n')
    check("a bare build judges", '"claims/' in done.stdout, done.stdout)


def is_sanitized():
    """Programs that are not sanitized themselves do not link with such a library."""
    done = run("meson", "introspect", "--buildoptions", str(BUILD))
    return any(option["name"] == "b_sanitize" and option["value"] != "none"
               for option in json.loads(done.stdout))


def main():
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        program = test_files(place)
        check("the installed program runs", program and run(
            str(program), "version").returncode == 0)
        if not is_sanitized():
            test_example(place)
        test_symbols(place)
        test_header(place)
        test_same_pack(place)
        test_bare(place)
    close()


if __name__ == "__main__":
    main()
