#!/usr/bin/env python3
"""Layers only look down, third-party headers have one home, some functions of C
are not used, and the map of the code names every layer."""
import re
from pathlib import Path

from count import check, close

ROOT = Path(__file__).resolve().parent.parent.parent
SRC = ROOT / "src"

# What a layer may use besides itself.
BELOW = {
    "base": "",
    "text": "base",
    "input": "base text",
    "rules": "base text",
    "match": "base text",
    "engine": "base text rules match",
    "author": "base text input rules match engine",
    "report": "base text rules match engine",
    "api": "base text input rules match engine author report",
    "host": "base",
    "batch": "base",
    "lsp": "base host",
    "cli": "base host batch lsp",
    "gen": "base text input rules match engine author report host",
}
HOME = {
    "yaml.h": "base", "jansson.h": "base", "utf8proc.h": "text",
    "pcre2.h": "match", "md4c.h": "input", "gumbo.h": "input",
    "hunspell": "author", "dlfcn.h": "author", "pthread.h": "batch",
}
# Headers that only the outside may use: files, the clock, the environment.
OUTSIDE = {"dirent.h", "sys/stat.h", "unistd.h", "signal.h", "time.h",
           "sys/ioctl.h", "sys/resource.h", "fcntl.h", "locale.h", "poll.h"}
# The arena's last resort, where no handler took over.
EXCEPT = {("base/arena.c", "abort")}
FRONT = {"host", "cli", "batch", "lsp", "gen"}
# Functions that are not used anywhere, each with a better one beside it.
BANNED = ("strcpy strcat strncpy strncat strtok sprintf vsprintf gets atoi atol "
          "strtol strtoul gmtime localtime setlocale alloca system popen").split()
# Not below the front ends, where nothing prints, exits or asks the system.
INSIDE = ("printf puts fprintf exit abort getenv fopen time clock").split()


def code_of(path):
    """The file without comments and strings."""
    text = path.read_text()
    text = re.sub(r"/\*.*?\*/", " ", text, flags=re.S)
    return re.sub(r'"(?:[^"\\\n]|\\.)*"', '""', text)


def calls(code, name):
    return re.search(rf"(?<![\w.>]){name}\s*\(", code)


def test_includes(path, layer):
    allowed = set(BELOW[layer].split()) | {layer}
    for line in path.read_text().splitlines():
        own = re.match(r'#include "(?:(\w+)/)?([\w.]+)"', line)
        if own and own[2] not in ("postlint.h", "builtin_hash.h"):
            check(f"{path.relative_to(SRC)} looks down",
                  own[1] in allowed, line)
        system = re.match(r"#include <([\w./]+)>", line)
        if system:
            home = HOME.get(system[1])
            check(f"{path.relative_to(SRC)}: {system[1]} has one home",
                  home in (None, layer), line)
            check(f"{path.relative_to(SRC)}: {system[1]} is of the outside",
                  layer in FRONT or system[1] not in OUTSIDE, line)


def test_calls(path, layer):
    code = code_of(path)
    for name in BANNED:
        check(f"{path.relative_to(SRC)} calls no {name}",
              not calls(code, name))
    if layer not in FRONT:
        for name in INSIDE:
            check(f"{path.relative_to(SRC)} calls no {name}",
                  (str(path.relative_to(SRC)), name) in EXCEPT or
                  not calls(code, name))
    check(f"{path.relative_to(SRC)} jumps nowhere", "goto " not in code)


def test_map():
    text = (SRC / "README.md").read_text()
    for folder in sorted(p.name for p in SRC.iterdir() if p.is_dir()):
        check(f"the map names {folder}", f"`{folder}`" in text)
    for name in re.findall(r"`(\w+/[a-z0-9_]+\.(?:c|h))`", text):
        check(f"{name} of the map exists", (SRC / name).exists())
    for name in set(re.findall(r"`([a-z0-9_]+)\(\)`", text)):
        found = any(re.search(rf"\b{name}\(", p.read_text())
                    for p in SRC.rglob("*.[ch]"))
        check(f"{name}() of the map exists", found)


def main():
    for path in sorted(SRC.rglob("*.[ch]")):
        layer = path.relative_to(SRC).parts[0]
        if path.parent == SRC or layer == "schemas":
            continue
        if check(f"{layer} is a layer", layer in BELOW):
            test_includes(path, layer)
            test_calls(path, layer)
    test_map()
    close()


if __name__ == "__main__":
    main()
