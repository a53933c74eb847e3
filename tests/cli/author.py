#!/usr/bin/env python3
"""What a rule author runs: rules test, trace, bench, diff. The tester is tested: a
good rule passes, and with any one part of it taken out it does not.
usage: author.py PROGRAM [--write | --accept]
--write lowers the numbers of known-reports; --accept takes them as they are, for a
commit that says why."""
import math
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PROGRAM = str(Path(sys.argv[1]).resolve())
results = {"passed": 0, "failed": 0}

PACK = """pack: tried
version: 0.1.0
licence: CC0-1.0
postlint: 1
"""

# Every part of it is held by an example; `# -` marks what is taken out in turn.
GOOD = """postlint: 1
guards:
  mention:
    find: {cue: {words: [the word, the code name]}}
    when: "before(cue, this, 2)"
    tests:
      holds: ["Why the word [[bluebell]] matters"]
      fails: ["[[Bluebell]] is the word of today"]
scales:
  trust:
    of: standing(project)
    columns: [question, else]
    rows:
      secret: [warning, error]
      open: [silent, silent]
      unknown: [note, note]
lexicons:
  projects: {words: [bluebell, cowslip, foxglove, teasel]}
  cue-negation: {words: [no, not]}
  cue-attribution: {words: [she said]}
pieces:
  project: {lexicon: projects}
tables:
  standing: {file: standing.tsv, keys: {project: projects}, answers: [secret, open], otherwise: unknown}
rules:
- id: disclosure/organisation/flower
  summary: The code name of a project
  level: trust
  report: project
  find:
    plan:
    - {words: [steering group]} # -
    - {words: [launch date]} # -
  when: near(project, plan, 6) # -
  unless:
  - mention # -
  - negated # -
  allow: {words: [bluebell wood, cowslip tea]}
  adjust: [{if: attributed, level: down}] # -
  message: "'{project}' is not public."
  why: "It is for staff first."
  sources: [{body: Us, title: Handbook}]
  try: ["Wait for the news."]
  tests:
    flags:
    - "The steering group likes [[Bluebell]]"
    - {text: "Is a launch date for [[Bluebell]] near?", level: warning}
    - {text: "Is a launch date for [[Teasel]] near?", level: note}
    - {text: "A launch date for [[Teasel]] is near", level: note}
    - {text: "She said the launch date of [[Bluebell]] is May", level: warning}
    passes:
    - "Bluebells by the bank"
    - "Bluebell is lovely"
    - "The steering group dislikes the word bluebell"
    - "There is no Bluebell steering group"
    - "The steering group met in bluebell wood"
    - "The launch date of cowslip tea is May"
    - "The launch date of foxglove is May"
"""

TABLE = "project\tanswer\nbluebell\tsecret\ncowslip\tsecret\nfoxglove\topen\n"


def check(name, truth, detail=""):
    results["passed" if truth else "failed"] += 1
    if not truth:
        print(f"FAILED {name}: {detail}")


def run(*args, text=""):
    done = subprocess.run([PROGRAM, *args], input=text.encode(),
                          capture_output=True)
    return (done.returncode, done.stdout.decode(errors="replace"),
            done.stderr.decode(errors="replace"))


class Folder:
    """A pack in a folder of its own, with or without the built-in rules."""

    def __init__(self, rules, table=TABLE):
        self.temp = tempfile.TemporaryDirectory()
        self.path = Path(self.temp.name)
        (self.path / "pack.yaml").write_text(PACK)
        (self.path / "rules.yaml").write_text(rules)
        (self.path / "standing.tsv").write_text(table)

    def test(self, *args):
        return run("rules", "test", str(self.path), "--no-builtin", *args)


def reports(out):
    """Counts that a run tells: {(group, kind): count}."""
    return {(g, k): int(n) for g, k, n in re.findall(
        r"^(\w+) ([\w-]+) (\d+)", out, re.M)}


# ---- the tester ------------------------------------------------------------

def test_good_rule():
    status, out, err = Folder(GOOD).test("-v")
    check("a good rule passes", status == 0, out + err)
    check("every part of it is tested", not reports(out), out)
    check("its examples and its guard's count",
          out.endswith("rule examples: 14 passed, 0 failed\n"), out)


def broken(name, rules, table=TABLE):
    """Status 1: an example fails."""
    status, out, err = Folder(rules, table).test()
    check(f"broken, {name}: an example fails", status == 1 and
          " failed" in out and ": example: " in out, f"{status} {out} {err}")


def test_broken_rules():
    lines = GOOD.splitlines(keepends=True)
    for i, line in enumerate(lines):
        if line.rstrip().endswith("# -"):
            broken(line.strip(), "".join(lines[:i] + lines[i + 1:]))
    for word in ("bluebell wood, ", ", cowslip tea", "bluebell, ", "the word, ",
                 ", teasel"):
        broken(f"without {word}", GOOD.replace(f"{word}", "", 1),
               re.sub(word.strip(", ") + "\t.*\n", "", TABLE))
    for old, new in (("[warning, error]", "[error, error]"),
                     ("[warning, error]", "[warning, silent]"),
                     ("unknown: [note, note]", "unknown: [silent, note]"),
                     ("unknown: [note, note]", "unknown: [note, silent]"),
                     ("before(cue, this, 2)", "before(this, cue, 2)"),
                     ("project, plan, 6", "project, plan, 0")):
        broken(f"{old} is {new}", GOOD.replace(old, new))
    broken("a row of the table", GOOD,
           TABLE.replace("foxglove\topen", "foxglove\tsecret"))


def test_untested_parts():
    """Take an example out: what it held is reported."""
    lines = GOOD.splitlines(keepends=True)
    told = 0
    for i, line in enumerate(lines):
        if not re.match(r"    - (\"|{text)", line):
            continue
        status, out, _ = Folder("".join(lines[:i] + lines[i + 1:])).test("-v")
        told += ": untested: no example changes without" in out
        check(f"without {line.strip()} nothing fails", status == 0, out)
    check("most examples hold a part of their own", told >= 8, told)
    rules = GOOD.replace("  - negated # -", "  - negated\n  - quoted\n  - hedged")
    status, out, _ = Folder(rules).test("-v")
    check("parts that no example holds are named",
          "without 'quoted'" in out and "without 'hedged'" in out, out)
    check("... and counted", reports(out)[("disclosure", "untested")] == 2, out)
    status, out, _ = Folder(rules).test()
    check("... but not listed unasked", ": untested:" not in out, out)


def test_known():
    rules = GOOD.replace("  - negated # -", "  - negated\n  - quoted\n  - hedged")
    folder = Folder(rules)
    known = folder.path / "known"
    for count, expected in ((2, 0), (3, 0), (1, 1)):
        known.write_text(f"disclosure untested {count}\n")
        status, out, _ = folder.test("--known", str(known))
        check(f"2 untested where {count} are known", status == expected, out)
    known.write_text("")
    check("an empty file knows none",
          folder.test("--known", str(known))[0] == 1)
    check("a missing file is an error",
          folder.test("--known", str(known) + "x")[0] == 2)


def test_reports():
    cases = {
        "noise": ('    - "Bluebells by the bank"',
                  '    - "Bluebells by the bank. Garlic cures cancer."'),
        "dead-end": ('["Wait for the news."]',
                     '["The steering group knows {project}."]'),
        "real": ('    - "Bluebells by the bank"',
                 '    - "Bluebells by the bank 07911 123456"'),
    }
    for kind, (old, new) in cases.items():
        folder = Folder(GOOD.replace(old, new))
        status, out, _ = folder.test("-v") if kind != "noise" else run(
            "rules", "test", "-v", str(folder.path))
        check(f"{kind} is reported", status == 0 and f": {kind}: " in out, out)
    # A regex in small letters that says it is caseless by its own letters only.
    rules = GOOD.replace("{words: [steering group]}",
                         "{regex: '(?-i:steering group)'}")
    status, out, _ = Folder(rules).test("-v")
    check("evasion is reported", status == 0 and
          ": evasion: not found in capitals" in out, out)
    status, out, _ = Folder(rules.replace(
        "'(?-i:steering group)'", "'steering group', case: exact")).test("-v")
    check("evidence may ask for capitals", ": evasion: " not in out, out)


def test_cost():
    for pattern in (r"(?:\w+ ?)+kg", r"(a+)+b", r"(?:\d+,?)+x"):
        rules = GOOD.replace("{words: [launch date]}",
                             "[{words: [launch date]}, {regex: '" + pattern +
                             "'}]")
        status, out, _ = Folder(rules).test()
        check(f"{pattern} explodes", status == 1 and ": cost: " in out, out)
    rules = GOOD.replace("{words: [launch date]}",
                         r"[{words: [launch date]}, {regex: '\b\d{1,3} ?kg\b'}]")
    status, out, _ = Folder(rules).test()
    check("a plain regex does not", ": cost: " not in out, out)


# ---- the built-in rules ---------------------------------------------------------

KNOWN = ROOT / "tests/known-reports"
KNOWN_HEAD = """# What `postlint rules test` reports of the built-in rules and `rules check` warns of,
# and we bear with: group, kind, count, rules of the group. More a rule than this fails;
# author.py PROGRAM --write lowers the numbers, never raises them.
"""


def rule_counts():
    """Rules by group; all of them share the shared parts."""
    counts = {}
    for line in run("rules", "list")[1].splitlines():
        group = line.split()[1].split("/")[0]
        for name in (group, "shared"):
            counts[name] = counts.get(name, 0) + 1
    return counts


def known_reports():
    lines = [line.split() for line in KNOWN.read_text().splitlines()
             if not line.startswith("#")]
    return {(g, k): (int(n), int(rules)) for g, k, n, rules in lines}


def allowed(known, rules):
    """New rules may leave as much untested as those there were, no more."""
    return {key: math.ceil(n * max(1, rules.get(key[0], 0) / then))
            for key, (n, then) in known.items()}


def all_reports():
    """What rules test reports, and the warnings of rules check by their code."""
    found = reports(run("rules", "test")[1])
    warned = run("rules", "check", "--no-builtin", str(ROOT / "rules"))[2]
    # Not more than twenty of a file are told.
    for code in re.findall(r"^\S+: warning\[([a-z-]+)\]", warned, re.M):
        found[("shared", code)] = found.get(("shared", code), 0) + 1
    return found


def write_known():
    known, rules = known_reports(), rule_counts()
    limits = allowed(known, rules)
    lines = []
    for key, count in sorted(all_reports().items()):
        if count > limits.get(key, 0) and "--accept" not in sys.argv:
            count, then = known.get(key, (0, 1))
        else:
            then = rules[key[0]]
        if count:
            lines.append(f"{key[0]} {key[1]} {count} {then}\n")
    KNOWN.write_text(KNOWN_HEAD + "".join(lines))


def test_built_in():
    limits = allowed(known_reports(), rule_counts())
    for key, count in sorted(all_reports().items()):
        check(f"{key[0]}: {count} reports of {key[1]}, and {limits.get(key, 0)} "
              "are known (tests/known-reports; postlint rules test -v and rules "
              "check list them)", count <= limits.get(key, 0))
    status, out, _ = run("rules", "test", "privacy/age")
    check("a prefix", status == 0 and all(
        g == "privacy" for g, _ in reports(out)), out)


# ---- trace, diff, bench ----------------------------------------------------------

def test_trace():
    folder = Folder(GOOD)
    text = "She said the launch date of Bluebell is May"
    rules = ("--rules", str(folder.path), "--no-builtin")
    status, out, _ = run("rules", "trace", "disclosure/organisation/flower",
                         "--show", "full", *rules, text=text)
    for line in ("gate: true", "near(this, plan, 6): true", "when: true",
                 "allow: false", "unless: false", "mention: false",
                 "row secret", "column else: true", "cell error",
                 "adjust warning: true", "attributed: true",
                 '"Bluebell"', "finding warning"):
        check(f"trace says {line}", line in out, out)
    check("trace gives status 0", status == 0)
    check("a whole stands before its parts",
          out.index("adjust warning") < out.index("attributed: true"), out)
    status, out, _ = run("rules", "trace", "disclosure/organisation/flower",
                         *rules, text=text)
    check("masked: places, no words", "luebell" not in out and
          "text:28-36" in out, out)
    check("check --trace says the same", run(
        "--trace", "disclosure/organisation/flower", *rules,
        text=text)[2].startswith(out), out)
    status, _, err = run("rules", "trace", "disclosure/organisation/flowr",
                         *rules, text=text)
    check("a mistyped rule", status == 2 and
          "did you mean disclosure/organisation/flower" in err, err)


def test_diff():
    old = Folder(GOOD)
    new = Folder(GOOD.replace("launch date]", "launch date, first day]")
                 .replace("  - negated # -\n", ""))
    corpus = old.path / "posts.txt"
    corpus.write_text("The first day of Bluebell is May\nNothing here\n"
                      "The launch date of Bluebell is May\n")
    pair = (str(old.path), str(new.path), "--no-builtin", "--corpus",
            str(corpus))
    status, out, err = run("rules", "diff", *pair)
    check("a finding gained", status == 1 and re.search(
        r"^\+ 1: error disclosure/organisation/flower text:17-25: ", out, re.M),
        out + err)
    check("... counted", out.endswith("1 gained, 0 lost in 3 posts\n"), out)
    check("masked", run("rules", "diff", *pair, "--show", "full")[1].count(
        "Bluebell") >= 1)
    status, out, _ = run("rules", "diff", pair[1], pair[0], *pair[2:])
    check("the other way it is lost", status == 1 and "\n- 1:" in "\n" + out,
          out)
    status, out, _ = run("rules", "diff", "builtin", "builtin", *pair[3:])
    check("the same rules", (status, out) ==
          (0, "0 gained, 0 lost in 3 posts\n"), out)
    records = old.path / "posts.jsonl"
    records.write_text('{"id": "p7", "text": "The first day of Bluebell"}\n'
                       '{"id": 8, "text": null}\n')
    status, out, _ = run("rules", "diff", *pair[:-1], str(records))
    check("records keep their ids", '+ "p7": ' in out, out)
    check("a corpus is needed",
          run("rules", "diff", "builtin", "builtin")[0] == 2)


def test_bench():
    folder = Folder(GOOD)
    corpus = folder.path / "posts.txt"
    corpus.write_text("The steering group of Bluebell again\n"
                      "The steering group again\nBluebell is out\n"
                      "The steering group met. Then Bluebell was out.\n" +
                      "Nothing at all\n" * 6)
    args = ("--no-builtin", str(folder.path), "--corpus", str(corpus))
    status, out, _ = run("rules", "bench", *args)
    check("a rule over the limit is named", status == 1 and
          "  over the limit" in out and "10.00 %" in out, out)
    (folder.path / "pack.yaml").write_text(
        PACK + "exempt: {disclosure/organisation/flower: \"tried here\"}\n")
    status, out, _ = run("rules", "bench", *args)
    check("an exemption gives its reason", status == 0 and
          "exempt: tried here" in out, out)
    corpus.write_text("\n")
    check("an empty corpus is an error", run("rules", "bench", *args)[0] == 2)


def main():
    if {"--write", "--accept"} & set(sys.argv):
        write_known()
        return 0
    for name, test in sorted(globals().items()):
        if name.startswith("test_"):
            test()
    print(f"{results['passed']} passed, {results['failed']} failed")
    return 1 if results["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
