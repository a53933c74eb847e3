#!/usr/bin/env python3
"""usage: ablation.py PROGRAM

What each context operator and guard of the claims pack is worth: with its cues
taken away, how many examples and hard sentences change. One that changes nothing
earns no place, and the script fails. Run by hand; it takes about a minute."""
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
NEVER = "qqzzqq"  # no post holds it
CUES = ("negation", "not-negation", "no", "yes", "myth", "fact", "reject", "hedge",
        "attribution", "endorse", "irony", "selling", "asking", "if", "audience",
        "citation", "trusted-host", "clause")
GUARDS = ("cautioned", "measured", "hinted", "undone", "counterfactual",
          "sent-to-care", "selling")


def texts():
    """Every example of the claims rules and every hard sentence."""
    for path in sorted((ROOT / "rules/claims").glob("*.yaml")):
        for rule in yaml.load(path.read_text(), yaml.CBaseLoader)["rules"]:
            for test in (*rule["tests"]["flags"], *rule["tests"]["passes"]):
                text = test if isinstance(test, str) else test["text"]
                yield text.replace("[[", "").replace("]]", "")
    for line in (HERE / "sentences.tsv").read_text().splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")[2]


def judged(program, posts, pack=None):
    records = "".join(json.dumps({"id": str(i), "text": text}) + "\n"
                      for i, text in enumerate(posts))
    done = subprocess.run(
        [program, "batch", "--select", "claims", "--level", "note",
         *(["--rules", str(pack)] if pack else [])],
        input=records, capture_output=True, text=True, check=True)
    return [sorted((f["rule"], f["level"]) for f in
                   json.loads(line)["findings"])
            for line in done.stdout.splitlines()]


def pack_of(folder, part):
    (folder / "pack.yaml").write_text(
        "pack: ablation\nversion: 1.0.0\nlicence: CC0-1.0\npostlint: 1\n"
        'summary: "one operator taken away"\n')
    (folder / "part.yaml").write_text("postlint: 1\n" + part)
    return folder


def parts():
    for cue in CUES:
        yield f"cue-{cue}", f"lexicons:\n  cue-{cue}: {{words: [{NEVER}]}}\n"
    for guard in GUARDS:
        yield (f"guard {guard}", f"guards:\n  {guard}: {{find: {{cue: {{words: "
               f"[{NEVER}]}}}}, when: cue}}\n")


def main():
    program = str(Path(sys.argv[1]).resolve())
    posts = list(dict.fromkeys(texts()))
    whole = judged(program, posts)
    idle = []
    print(f"{len(posts)} examples and hard sentences\n")
    print(f"{'taken away':24} {'change':>7} {'more found':>11} {'less found':>11}")
    tables = [("question mark", [p.replace("?", ".") for p in posts], None)]
    for name, part in parts():
        tables.append((name, posts, part))
    for name, changed_posts, part in tables:
        with tempfile.TemporaryDirectory() as folder:
            pack = pack_of(Path(folder), part) if part else None
            got = judged(program, changed_posts, pack)
        changed = sum(a != b for a, b in zip(whole, got))
        more = sum(not a and bool(b) for a, b in zip(whole, got))
        less = sum(bool(a) and not b for a, b in zip(whole, got))
        print(f"{name:24} {changed:7} {more:11} {less:11}")
        if not changed:
            idle.append(name)
    if idle:
        print("\nearn no place: " + ", ".join(idle))
    return 1 if idle else 0


if __name__ == "__main__":
    sys.exit(main())
