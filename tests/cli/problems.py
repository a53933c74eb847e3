#!/usr/bin/env python3
"""Every problem that the loader and the compiler of rules can tell: a small bad file
each, with the place it must name and, where there is one, the way to mend it. A code
of theirs without a case here is a failure.
usage: problems.py PROGRAM"""
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PROGRAM = str(Path(sys.argv[1]).resolve())
results = {"passed": 0, "failed": 0}

PACK = "pack: p\nversion: 0.1.0\nlicence: MIT\npostlint: 1\n"
RULE = """- id: privacy/age/x
  summary: X
  level: warning
  find: {a: {words: [ninety]}}
  message: "X"
  why: "X"
  sources: [{body: B, title: T}]
  try: ["Leave it out."]
  tests: {flags: ["[[ninety]] a", "[[ninety]] b", "[[ninety]] c"], passes: ["a", "b", "c"]}
"""


def rule(old="", new="", before="", after=""):
    """A rule file with one thing changed; ^^ marks the place that is told."""
    assert old in RULE, old
    return ("postlint: 1\n" + before + "rules:\n" +
            (RULE.replace(old, new, 1) if old else RULE) + after)


def find(evidence, when=None):
    return rule("find: {a: {words: [ninety]}}", "find: {a: " + evidence + "}" +
                (f"\n  when: {when}" if when else ""))


def when(cond, before=""):
    return rule("find: {a: {words: [ninety]}}",
                "find: {a: {words: [ninety]}, b: {detect: age}}\n"
                f"  when: {cond}", before)


TABLE = ("lexicons: {things: {words: [spoon, fork | big], tags: [big]}}\n"
         "tables:\n  facts: {file: t.tsv, keys: {thing: things}, "
         "answers: [yes-so, no-so], otherwise: unknown}\n")
TSV = "thing\tanswer\nspoon\tyes-so\nfork\tno-so\n"
SCALE = ("scales:\n  grade: {of: facts(things), columns: [quoted, else], rows: "
         "{yes-so: [note, error], no-so: [note, note], unknown: [note, note]}}\n")

# name: (code, text with ^^ before the place, words of the fix or the message,
#        other files)
CASES = {
    # YAML
    "an alias": ("alias", "postlint: 1\na: &x 1\nb: ^^*x\n", "", {}),
    "an anchor": ("anchor", "postlint: 1\nrules: ^^&x []\n", "", {}),
    "a tag": ("tag", "postlint: ^^!!int 1\n", "", {}),
    "a merge key": ("merge-key", "postlint: 1\nlexicons: {a: {^^<<: {words: [b]}}}\n",
                    "", {}),
    "a key that is a list": ("bad-key", "postlint: 1\nrules: {^^[a]: 1}\n", "", {}),
    "two documents": ("documents", "postlint: 1\n^^---\npostlint: 1\n", "", {}),
    "a key twice": ("duplicate-key", "postlint: 1\n^^postlint: 1\n", "", {}),
    "a tab": ("tab", "postlint: 1\nrules:\n^^\t- x\n", "", {}),
    "broken YAML": ("bad-yaml", "postlint: 1\na: [1\nb^^: 2\n", "", {}),
    "no value": ("empty-value", "postlint: 1\nrules:^^\n", "leave the key out", {}),
    "an empty file": ("empty-file", "^^", "", {}),
    "a NUL": ("nul", 'postlint: ^^"\\0"\n', "", {}),
    "too deep": ("too-deep", "a: " + "[" * 40 + "]" * 40, "", {}),
    # keys and values
    "an unknown key": ("unknown-key", rule("  level", "  ^^lvel"),
                       "did you mean 'level'", {}),
    "an unknown profile key": ("unknown-key", rule(
        "  level", "  applies: {^^country: [GB]}\n  level"), "jurisdiction", {}),
    "a missing key": ("missing-key", "postlint: 1\nrules:\n- ^^id: privacy/age/x\n",
                      "needs the key", {}),
    "a list where a map is due": ("wrong-kind", "postlint: 1\nrules: ^^x\n",
                                  "a list of rules", {}),
    "another version": ("version", "postlint: ^^2\n", "newer program", {}),
    "a text without quotes": ("quote-me", rule('message: "X"', "message: ^^X"),
                              "double quotes", {}),
    "braces": ("braces", rule('message: "X"', 'message: ^^"{a"'), "", {}),
    "a bad id": ("bad-id", rule("privacy/age/x", "^^privacy/age"),
                 "group/name/variant", {}),
    "a guide's id": ("bad-id", rule("privacy/age/x", "^^guide/x"), "kind: guide", {}),
    "a name outside the taxonomy": ("unknown-taxon", rule(
        "privacy/age/x", "^^privacy/aeg/x"), "did you mean 'privacy/age'", {}),
    "two rules of one id": ("id-taken", rule(after=RULE.replace("id: ", "id: ^^")),
                            "two rules", {}),
    "an unknown level": ("unknown-level", rule(
        "flags: [", 'flags: [{text: "[[ninety]]", level: ^^bad}, '), "", {}),
    "an unknown scale": ("unknown-name", rule("level: warning", "level: ^^wrning"),
                         "level or scale", {}),
    "an unknown status": ("unknown-status", rule(
        "  level", "  status: ^^new\n  level"), "trial", {}),
    "an unknown kind": ("unknown-kind", rule(
        "  level", "  kind: ^^hint\n  level"), "signpost", {}),
    "mask": ("mask", rule("  level", "  mask: ^^false\n  level"), "", {}),
    "a platform that is none": ("unknown-value", rule(
        "  level", "  applies: {platform: [^^fcebook]}\n  level"),
        "did you mean 'facebook'", {}),
    "a country that is none": ("unknown-value", rule(
        "  level", "  applies: {jurisdiction: [^^England]}\n  level"), "GB", {}),
    "a platform in a condition": ("unknown-value", when('a and ^^platform is fb'),
                                  "postlint help check", {}),
    "a long summary": ("long-summary", rule("summary: X", "summary: ^^" + "X" * 61),
                       "60 characters", {}),
    "few examples": ("few-tests", rule(
        '  tests: {flags: ["[[ninety]] a", ', "  tests: ^^{flags: ["), "at least 3", {}),
    "no mark": ("marks", rule('flags: ["[[ninety]] a"', 'flags: [^^"ninety a"'),
                "[[ ]]", {}),
    "an open mark": ("marks", rule('flags: ["[[ninety]] a"', 'flags: [^^"[[ninety a"'),
                     "no ]]", {}),
    # words
    "an empty entry": ("empty-entry", find('{words: [^^"; "]}'), "no word", {}),
    "a tag's number": ("bad-tag", find('{words: [^^"a | big=x"]}'), "no number", {}),
    "a column that is none": ("unknown-name", rule(
        before="weights: {w: {columns: [x], words: [^^spoon | y=1]}}\n"), "no column", {}),
    "no columns": ("columns", rule(
        before="weights: {^^w: {columns: [], words: [spoon | x=1]}}\n"), "1 to 256", {}),
    "a weight beyond": ("bad-tag", rule(
        before="weights: {w: {columns: [x], words: [^^spoon | x=301]}}\n"), "300", {}),
    "three stems": ("empty-entry", rule(
        before="weights: {w: {columns: [x], words: [^^a b c | x=1]}}\n"), "two stems", {}),
    "a weight twice": ("entry-twice", rule(
        before="weights: {w: {columns: [x], words: [spoon | x=1, ^^spoon | x=2]}}\n"),
        "leave one", {}),
    "as without weigh": ("evidence", find("{words: [a], as: ^^x}"), "goes with", {}),
    "as what is no column": ("unknown-name", find("{weigh: w, as: ^^y}").replace(
        "rules:", "weights: {w: {columns: [x], words: [spoon | x=1]}}\nrules:"),
        "no column", {}),
    "weights that are none": ("unknown-name", find("{weigh: ^^w}"), "weights", {}),
    "a tag that is not declared": ("unknown-tag", rule(
        before="lexicons: {things: {words: [^^spoon | big]}}\n"), "tags:", {}),
    "a long phrase": ("long-phrase", find(
        "{words: [^^" + "-".join("abcdefghijklmn") + "]}"), "12 words", {}),
    "many phrases": ("many-phrases", find(
        '{words: [^^"' + " ".join(f"[x{i}]" for i in range(11)) + '"]}'), "fewer", {}),
    "many tags": ("many-tags", rule(
        before="lexicons: {things: {tags: [" + ", ".join(f"t{i}" for i in range(32)) +
        "], words: [^^spoon | " + " ".join(f"t{i}" for i in range(32)) + "]}}\n"),
                  "", {}),
    "forms of exact words": ("exact-forms", find("{words: [^^NHS~], case: exact}"),
                             "write its forms out", {}),
    "case": ("unknown-case", find("{words: [a], case: ^^lower}"), "", {}),
    "except what is not there": ("not-there", rule(
        before="lexicons: {things: {words: [spoon], except: [^^fork]}}\n"), "", {}),
    "an entry twice": ("unreachable", find("{words: [x-ray, ^^x ray]}"),
                       "already", {}),
    "a file that is not there": ("no-file", rule(
        before="lexicons: {things: {file: ^^gone.txt}}\n"), "relative", {}),
    "a name taken": ("name-taken", rule(
        before="lexicons: {things: {words: [x]}}\npieces: {^^things: {words: [y]}}\n"),
        "another name", {}),
    "a name that a shared part has": ("name-taken", rule(
        "find: {a:", "find: {^^things:",
        before="lexicons: {things: {words: [x]}}\n"), "another name", {}),
    "a bad name": ("bad-name", rule("find: {a:", "find: {^^A_b:"), "a-z", {}),
    "a name that YAML takes for true": ("bad-name", rule("find: {a:", "find: {^^on:"),
                                        "choose another", {}),
    "a name that nothing asks for": ("unused-name", rule(
        "find: {a:", "find: {a: {words: [x]}, ^^b:"), "leave it out", {}),
    "a part that nothing asks for": ("unused-name", rule(
        before="pieces: {^^things: {words: [x]}}\n"), "leave it out", {}),
    "many names": ("many-pieces", rule("find: {a: {words: [ninety]}}",
                   "find: ^^{" + ", ".join(f"a{i}: {{words: [ninety{i}]}}"
                                           for i in range(65)) + "}"), "64", {}),
    # evidence
    "two kinds": ("evidence", find("^^{words: [a], regex: 'abc'}"), "exactly one", {}),
    "an empty list": ("evidence", find("^^[]"), "no evidence", {}),
    "an alternative twice": ("unreachable", rule(
        "find: {a: {words: [ninety]}}", "find: {a: [big, ^^big]}",
        before="pieces: {big: {words: [ninety]}}\n"), "leave one", {}),
    "an unknown name": ("unknown-name", find("[^^ninty]").replace(
        "rules:", "pieces: {ninety: {words: [ninety]}}\nrules:"),
        "did you mean 'ninety'", {}),
    "a piece of itself": ("circle", rule(before="pieces: {^^x: [x]}\n"), "", {}),
    "a detector": ("unknown-detector", find("{detect: ^^aeg}"),
                   "did you mean 'age'", {}),
    "a check": ("unknown-check", find("{detect: digits, check: ^^luhm}"),
                "did you mean 'luhn'", {}),
    "a zone": ("unknown-zone", find("{words: [a], zone: ^^tittle}"), "prose", {}),
    "where": ("where", find("{detect: age, where: \"^^near(a, b, 2)\"}"),
              "facts of the hit", {}),
    "a fact": ("unknown-fact", find("{detect: age, where: ^^yaers >= 3}"),
               "facts are", {}),
    "a bad regex": ("bad-regex", find("{regex: 'abc(de^^'}"), "", {}),
    "a border beside a sign": ("word-border", find(r"{regex: '^^\b£\d+'}"),
                               "leave the", {}),
    "a border behind a sign": ("word-border", find(r"{regex: '\d+%^^\b'}"), "", {}),
    "a tail": ("word-tail", find(r"{regex: '\bvaccin^^\w*'}"), "~", {}),
    "a list of words": ("word-list", find("{regex: '^^" + "|".join(
        f"{c}{c}{c}" for c in "abcdefghijklm") + "'}"), "list of words", {}),
    "a short sequence": ("sequence", find("^^{sequence: [{words: [a]}]}"), "2 to 32", {}),
    "two heads": ("sequence", rule(
        "find: {a: {words: [ninety]}}",
        "find: {a: {sequence: [b*, ^^c*]}, b: {words: [x]}, c: {words: [y]}}"),
        "one of the *", {}),
    "a gap at the end": ("gap", find("{sequence: [{words: [a]}, {words: [b]}, ^^3]}"),
                         "between two members", {}),
    "a wide gap": ("gap", find("{sequence: [{words: [a]}, ^^13, {words: [b]}]}"),
                   "12 tokens", {}),
    "a gap without number": ("bad-gap", find(
        "{sequence: [{words: [a]}, ^^{gap: x}, {words: [b]}]}"), "{gap: 6", {}),
    "nothing to look for": ("no-anchor", rule(
        "  find: {a: {words: [ninety]}}\n", "").replace("id: p", "id: ^^p"),
        "`report`", {}),
    # conditions
    "a condition": ("bad-condition", when("a and ^^and b"), "", {}),
    "a fact with is": ("bad-condition", when("a.years is^^ old"), "", {}),
    "a comparison of a name": ("compare", when("^^a > 3"), "name.years", {}),
    "a comparison of a context": ("compare", when("a and ^^quoted > 3"), "count", {}),
    "a window": ("bad-window", rule("  level", "  within: ^^3 lines\n  level"),
                 "post", {}),
    "near without number": ("arguments", when("^^near(a, b)"), "number of tokens", {}),
    "count without comparison": ("arguments", when("^^count(a)"), "count(name) >= 2", {}),
    "a far distance": ("distance", when("^^near(a, b, 21)"), "20 tokens", {}),
    "an unknown test": ("unknown-test", when("^^nere(a, b, 2)"), "near, before", {}),
    "too many of": ("unreachable", when("^^3 of (a, b)"), "as many as", {}),
    "a table that is none": ("unknown-name", when("^^facts(a) is yes-so"), "table", {}),
    "unless": ("unless", rule("  level", "  unless: [^^{of: a}]\n  level"), "{if:", {}),
    "a level to adjust": ("unknown-level", rule(
        "  level", "  adjust: [{if: quoted, level: ^^lower}]\n  level"), "down", {}),
    "a guard without a condition": ("guard", rule(
        before="guards: {^^g: {within: post}}\n"), "", {}),
    "a guard that asks itself": ("circle", rule(
        before="guards: {^^g: {when: not h}, h: {when: not g}}\n"), "itself", {}),
    "yields to nobody": ("unknown-rule", rule(
        "  level", "  yields: [^^privacy/aeg]\n  level"), "rules list", {}),
    "yields in a circle": ("circle", rule(
        "  level", "  yields: [privacy/age/y]\n  level",
        after=RULE.replace("age/x", "age/y").replace(
            "  level", "  yields: [privacy/age/x]\n  level")).replace(
                "id: privacy/age/x", "id: ^^privacy/age/x"), "out of `yields`", {}),
    # tables and scales
    "a line of a table": ("cells", rule(before=TABLE), "tabs",
                          {"t.tsv": "thing\tanswer\n^^spoon\n"}),
    "an entry that the lexicon has not": (
        "unknown-entry", rule(before=TABLE), "add it to the lexicon",
        {"t.tsv": TSV + "^^knife\tno-so\n"}),
    "a tag that no entry has": ("unknown-tag", rule(before=TABLE), "",
                                {"t.tsv": TSV + "^^@small\tno-so\n"}),
    "an answer that is none": ("unknown-answer", rule(before=TABLE), "",
                               {"t.tsv": TSV + "^^@big\tmaybe\n"}),
    "two answers": ("two-answers", rule(before=TABLE), "another answer",
                    {"t.tsv": TSV + "^^spoon\tno-so\n"}),
    "a column that is not there": ("no-column", rule(
        before=TABLE.replace("thing:", "^^tool:")), "", {"t.tsv": TSV}),
    "a table without keys": ("keys", rule(
        before=TABLE.replace("  facts", "  ^^facts").replace(
            "thing: things", "")), "one to six", {"t.tsv": TSV}),
    "a scale without a row": ("missing-row", rule("level: warning", "level: grade",
        before=TABLE + SCALE.replace(" no-so: [note, note],", "").replace(
            "  grade", "  ^^grade")), "", {"t.tsv": TSV}),
    "a row too many": ("unknown-answer", rule("level: warning", "level: grade",
        before=TABLE + SCALE.replace("{yes-so", "{^^maybe: [note, note], yes-so")),
        "", {"t.tsv": TSV}),
    "a row that no line reaches": ("unreachable", rule(
        "level: warning", "level: grade", before=TABLE + SCALE.replace(
            "no-so: [", "^^no-so: [")), "add a line",
        {"t.tsv": "thing\tanswer\nspoon\tyes-so\n"}),
    "a short row": ("cells", rule("level: warning", "level: grade",
        before=TABLE + SCALE.replace("{yes-so: [note, error]", "{^^yes-so: [note]")),
        "2 columns", {"t.tsv": TSV}),
    "else": ("columns", rule("level: warning", "level: grade",
        before=TABLE + SCALE.replace("quoted, else", "^^else, else")), "last", {"t.tsv": TSV}),
    # combinations
    "points": ("points", rule("  level: warning", "  level: warning\n  crowd: "
        "{axes: {p: {^^many: {words: [x]}}}, levels: {error: points >= 1}}"), "", {}),
    "many axes": ("axes", rule("  level: warning", "  level: warning\n  crowd: "
        "^^{axes: {" + ", ".join(f"p{i}: {{1: {{words: [x{i}]}}}}" for i in range(17)) +
        "}, levels: {error: points >= 1}}"), "16 axes", {}),
    # advice
    "advice": ("try", rule('try: ["Leave', 'try: [^^{text: "X"}, "Leave'),
               "{wording: text}", {}),
    "much advice": ("too-many", rule(
        'try: ["Leave it out."]', 'try: ^^[' + ", ".join(['"X"'] * 33) + "]"), "", {}),
    "safe-edit": ("safe-edit", rule("  level", "  safe-edit: ^^maybe\n  level"), "", {}),
    # the gate
    "no trigger": ("no-trigger", find("{regex: '[a-z] [a-z]'}").replace(
        "id: p", "id: ^^p"), "`exempt`", {}),
    "common words": ("common-words", find("{words: [the, and]}").replace(
        "id: p", "id: ^^p"), "rarer word", {}),
    # the pack
    "no pack.yaml": ("no-pack", rule(), "add one", {"pack.yaml": None}),
    "a date": ("bad-date", rule(), "2026-01-31",
               {"pack.yaml": PACK + "reviewed: ^^January\n"}),
}
# What cannot be had by a small file, or belongs to settings.
# The last two need two million words, or two of one hash.
OTHERWISE = {"out-of-memory", "too-large", "no-dictionary", "empty", "many-words",
             "same-hash"}


def check(name, truth, detail=""):
    results["passed" if truth else "failed"] += 1
    if not truth:
        print(f"FAILED {name}: {detail}")


def take_place(files):
    """The files without the mark, and file:line:col of it."""
    place, out = None, {}
    for name, text in files.items():
        if text is None:
            continue
        at = text.find("^^")
        if at >= 0:
            line = text.count("\n", 0, at) + 1
            start = text.rfind("\n", 0, at) + 1
            place = f"{name}:{line}:{len(text[start:at].encode()) + 1}"
            text = text.replace("^^", "", 1)
        out[name] = text
    return out, place


def test_cases():
    for name, (code, text, fix, more) in CASES.items():
        files, place = take_place({"pack.yaml": PACK, "r.yaml": text, **more})
        with tempfile.TemporaryDirectory() as folder:
            for file, content in files.items():
                Path(folder, file).write_bytes(content.encode())
            done = subprocess.run([PROGRAM, "rules", "check", "--strict",
                                   "--no-builtin", folder], capture_output=True)
        err = done.stderr.decode(errors="replace")
        blocks = [b for b in re.split(r"\n(?=\S+: (?:error|warning)\[)", "\n" + err)
                  if f"[{code}]" in b]
        check(f"{name}: {code} is told", blocks, err)
        check(f"{name}: status", done.returncode == (
            2 if any(f"error[{code}]" in b for b in blocks) else 1), done.returncode)
        if place:
            check(f"{name}: at {place}", any(
                b.strip().startswith(place + ":") for b in blocks), err)
        check(f"{name}: says '{fix}'", any(fix in b for b in blocks), err)


def test_every_code_has_a_case():
    told = {code for code, *_ in CASES.values()} | OTHERWISE
    codes = set()
    for path in [*(ROOT / "src/rules").glob("*.c"),
                 *(ROOT / "src/author").glob("compile*.c"), ROOT / "src/base/yaml.c"]:
        if path.name == "config.c":
            continue
        for call in re.findall(r'(?:problem_(?:add|warn)|unknown_word)\((.*?);',
                               path.read_text(), re.S):
            code = re.search(r'"([a-z-]+)"\s*,', call)
            words = re.findall(r'"([a-z-]+)"\s*,', call)
            if code:
                codes.add(words[1] if words[0] in ("check", "detector") else words[0])
    for code in sorted(codes):
        check(f"the problem {code} has a case", code in told)
    check("problems are found in the sources", len(codes) > 60, len(codes))


def test_no_more_than_twenty():
    text = "postlint: 1\n" + "".join(f"k{i}: 1\n" for i in range(50))
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "pack.yaml").write_text(PACK)
        Path(folder, "r.yaml").write_text(text)
        done = subprocess.run([PROGRAM, "rules", "check", "--no-builtin", folder],
                              capture_output=True, text=True)
    check("twenty errors at most", done.stderr.count("error[") == 20, done.stderr)
    check("... and that there are more", "more problems" in done.stderr)


def test_manual():
    """The ten rules that show the whole language."""
    folder = str(ROOT / "tests/rules/manual")
    done = subprocess.run([PROGRAM, "rules", "check", "--strict", "--no-builtin",
                           folder], capture_output=True, text=True)
    check("the manual's rules load without a warning", done.returncode == 0,
          done.stderr)
    done = subprocess.run([PROGRAM, "rules", "test", "--no-builtin", folder],
                          capture_output=True, text=True)
    check("... and pass", done.returncode == 0, done.stdout)


def main():
    for name, test in sorted(globals().items()):
        if name.startswith("test_"):
            test()
    print(f"{results['passed']} passed, {results['failed']} failed")
    return 1 if results["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
