#!/usr/bin/env python3
"""No idea is told twice: every example that a rule must find goes through all
rules of all packs, and two findings of different names that share text must be
a pair that overlaps.tsv explains. What was weighed speaks of a whole sentence, so that
other ideas stand in it: of such findings only those of one name could be told twice.
usage: overlaps.py PROGRAM [--list]"""
import json
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent.parent
EXPLAINED = Path(__file__).with_suffix(".tsv")


def examples():
    """The posts of all `flags`, as batch records, and the rules they are of."""
    for path in sorted((ROOT / "rules").rglob("*.yaml")):
        data = yaml.load(path.read_text(), yaml.CBaseLoader)
        for rule in data.get("rules", []):
            for flag in rule["tests"]["flags"]:
                record = {} if isinstance(flag, str) else dict(
                    flag.get("as", {}))
                text = flag if isinstance(flag, str) else flag["text"]
                if isinstance(flag, str) or "at" not in flag:
                    text = text.replace("[[", "").replace("]]", "")
                yield rule["id"], {**record, "text": text}


def judged(program, records):
    lines = "\n".join(json.dumps(record) for record in records) + "\n"
    done = subprocess.run([program, "batch"], input=lines.encode(),
                          capture_output=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def name_of(finding):
    return finding["rule"].rsplit("/", 1)[0]


def shared(a, b):
    """True if two findings stand on common text of one field."""
    return (a.get("field") == b.get("field") and
            max(a["byte"][0], b["byte"][0]) < min(a["byte"][1], b["byte"][1]))


def doubles(findings):
    for i, a in enumerate(findings):
        for b in findings[i + 1:]:
            if name_of(a) != name_of(b) and shared(a, b) and not any(
                    f["rule"].endswith("/reads-as") for f in (a, b)):
                yield tuple(sorted((name_of(a), name_of(b)))), (a, b)


def explained():
    pairs = {}
    for number, line in enumerate(EXPLAINED.read_text().splitlines(), 1):
        if line and not line.startswith("#"):
            first, second, why = line.split("\t")
            assert first < second, f"{EXPLAINED.name}:{number}: not in order"
            assert len(why) > 20, f"{EXPLAINED.name}:{number}: no reason"
            pairs[first, second] = why
    return pairs


def main():
    program = str(Path(sys.argv[1]).resolve())
    posts = list(examples())
    found = defaultdict(list)
    for (rule, record), answer in zip(
            posts, judged(program, [record for _, record in posts])):
        for pair, (a, b) in doubles(answer["findings"]):
            found[pair].append((a["rule"], b["rule"], record["text"]))
    reasons = explained()
    if "--list" in sys.argv:
        for pair in sorted(found):
            print(*pair, len(found[pair]), sep="\t")
        return 0
    failed = [pair for pair in sorted(found) if pair not in reasons]
    for pair in failed:
        print(f"FAILED {pair[0]} and {pair[1]}: told twice, and overlaps.tsv "
              "does not say why")
        for first, second, text in found[pair][:3]:
            print(f"  {first}, {second}: {text}")
    for pair in sorted(set(reasons) - set(found)):
        print(f"no longer: {pair[0]} and {pair[1]}")
    print(f"{len(posts) - len(failed)} passed, {len(failed)} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
