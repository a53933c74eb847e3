#!/usr/bin/env python3
"""Every format: its bytes against a golden file, its form, its columns, and that
nothing in it is a command to a terminal or a build server.
usage: formats.py PROGRAM [--write]"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
GOLDEN = ROOT / "tests/golden"
PROGRAM = str(Path(sys.argv[1]).resolve())
RULES = ["--no-builtin", "--rules", str(GOLDEN / "rules")]
ODD = "odd & <name>,%:.txt"
LEVELS = ("note", "warning", "error")
results = {"passed": 0, "failed": 0}


def check(name, truth, detail=""):
    results["passed" if truth else "failed"] += 1
    if not truth:
        print(f"FAILED {name}: {detail}")


def run(*args, text=b"", cwd=None):
    return subprocess.run([PROGRAM, *args], input=text, capture_output=True,
                          cwd=cwd, env={**os.environ, "NO_COLOR": "1"})


def posts_folder(folder):
    """The posts under a temporary folder; one gets a name that is not plain."""
    shutil.copytree(GOLDEN / "posts", Path(folder) / "posts")
    (Path(folder) / "posts/odd.txt").rename(Path(folder) / "posts" / ODD)
    return sorted(f"posts/{p.name}" for p in (Path(folder) / "posts").iterdir())


def formats():
    text = run("help", "check").stdout.decode()
    listed = text.split("Formats:\n")[1].split("\n\n")[0]
    return [line.split()[0] for line in listed.splitlines()]


def without_version(data):
    version = run("version").stdout.split()[1]
    return data.replace(b'"' + version + b'"', b'"VERSION"')


def batch_lines(folder, names):
    for name in names:
        data = (Path(folder) / name).read_bytes()
        try:
            yield json.dumps({"id": name, "text": data.decode()})
        except UnicodeDecodeError:
            yield '{"id": "broken", "text": 1'


def outputs():
    """What each format prints for the posts, by name."""
    with tempfile.TemporaryDirectory() as folder:
        names = posts_folder(folder)
        out = {}
        for form in formats():
            done = run(*RULES, "-f", form, *names, cwd=folder)
            check(f"{form}: not all could be judged", done.returncode == 2,
                  done.returncode)
            check(f"{form}: standard error names the bad file",
                  b"not-utf8.txt" in done.stderr, done.stderr)
            out[form] = without_version(done.stdout)
        lines = "\n".join(batch_lines(folder, names)) + "\n"
        out["batch"] = run("batch", *RULES, text=lines.encode()).stdout
        texts = {n: (Path(folder) / n).read_bytes() for n in names}
        return out, texts


def compare(form, data):
    path = GOLDEN / "expected" / form
    if "--write" in sys.argv:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
    want = path.read_bytes() if path.exists() else None
    check(f"{form}: as in tests/golden/expected/{form}", data == want,
          first_difference(data, want or b""))


def test_golden(out, texts):
    for form, data in out.items():
        compare(form, data)
    known = {p.name for p in (GOLDEN / "expected").iterdir()}
    left = known - set(out) - {"pretty-full"}
    check("no golden file is left over", not left, left)


def test_terminal(out, texts):
    """What a terminal shows: excerpts, with the place underlined."""
    with tempfile.TemporaryDirectory() as folder:
        names = posts_folder(folder)
        done = run(*RULES, "-f", "pretty", "--show", "full", "--width", "50",
                   *names, cwd=folder)
    compare("pretty-full", done.stdout)
    text = done.stdout.decode()
    check("pretty: excerpts hide no character", not HIDDEN.search(text))
    lines = text.split("\n")
    check("pretty: no line is wider than the terminal", all(
        len(x) <= 50 for x in lines if x[:3].strip().isdigit()))
    marks = [x for x in lines if re.match(r"^ {4}\| +\^+$", x)]
    check("pretty: every excerpt is underlined", len(marks) == len(
        [x for x in lines if re.match(r"^ *\d+ \| ", x)]), len(marks))


def first_difference(data, want):
    for number, (one, two) in enumerate(
            zip(data.splitlines(), want.splitlines()), 1):
        if one != two:
            return f"line {number}:\n  {one[:300]}\n  {two[:300]}"
    return f"{len(data)} bytes, not {len(want)}"


# ---- nothing is a command ---------------------------------------------------

COMMAND = re.compile(r"^::(error|warning|notice) "
                     r"(file=[^:,\n]+(,[a-zA-Z]+=[^:,\n]+)*)::[^\n]*$")
HIDDEN = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u200b\u200c\u200e"
                    "\u200f\u2028-\u202e\u2060-\u206f\ufeff]")


def test_no_commands(out, texts):
    for form, data in out.items():
        text = data.decode()
        lines = text.split("\n")
        starts = [x for x in lines if x.lstrip().startswith("::")]
        if form == "github":
            check("github: commands are well formed",
                  starts and all(COMMAND.match(x) for x in starts), starts)
        else:
            check(f"{form}: no line is a workflow command", not starts, starts)
        check(f"{form}: no command inside a line",
              "##[" not in text and "##vso[" not in text, text)
        bad = HIDDEN.findall(text.replace("\r\n", "\n"))
        check(f"{form}: no control and no bidi character", not bad, bad)


def test_hostile_names(out, texts):
    with tempfile.TemporaryDirectory() as folder:
        name = "::error::x\x1b[31m\n##[y] \u202e.txt"
        (Path(folder) / name).write_text("One junkie")
        for form in formats():
            done = run(*RULES, "-f", form, "-v", name, cwd=folder)
            both = (done.stdout + done.stderr).decode()
            check(f"{form}: a hostile file name is escaped",
                  "\x1b" not in both and "\u202e" not in both
                  and "##[" not in both
                  and not re.search(r"^\s*::error::", both, re.M), both)


# ---- the form of each ---------------------------------------------------------

def python_places(text, byte_beg):
    """Line and the three columns of a byte, counted in the plainest way."""
    before = text.encode()[:byte_beg].decode()
    lines = re.split(r"\r\n|\r|\n", before)
    last = lines[-1]
    return (len(lines), len(last.encode()) + 1, len(last) + 1,
            len(last.encode("utf-16-le")) // 2 + 1)


def findings(out):
    for one in json.loads(out["json"])["files"]:
        for finding in one["findings"]:
            yield one["file"], finding


def test_json(out, texts):
    seen = 0
    for name, f in findings(out):
        text = texts[name].decode()
        places = python_places(text, f["byte"][0])
        told = (f["line"], f["columnByte"], f["column"], f["columnUtf16"])
        check(f"json: place of {f['rule']} in {name}", places == told,
              (places, told))
        seen += 1
    check("json: findings", seen > 20, seen)
    errors = json.loads(out["json"])["errors"]
    check("json: errors", [e["code"] for e in errors] == ["bad-utf8"], errors)
    lines = [json.loads(x) for x in out["jsonl"].decode().splitlines()]
    check("jsonl: the same findings", sum("rule" in x for x in lines) == seen)
    records = [json.loads(x) for x in out["batch"].decode().splitlines()]
    check("batch: a record a line", len(records) == len(texts))


def test_sarif(out, texts):
    one = json.loads(out["sarif"])["runs"][0]
    found = [(n, f) for n, f in findings(out)]
    check("sarif: the same findings", [r["ruleId"] for r in one["results"]] ==
          [f["rule"] for _, f in found])
    for result, (_, f) in zip(one["results"], found):
        region = result["locations"][0]["physicalLocation"]["region"]
        check("sarif: columns are code points",
              (region["startLine"], region["startColumn"]) ==
              (f["line"], f["column"]), region)
    rules = one["tool"]["driver"]["rules"]
    check("sarif: rules have what pages ask for", all(
        r[k]["text"] for r in rules
        for k in ("shortDescription", "fullDescription", "help")))
    check("sarif: not successful", not one["invocations"][0]
          ["executionSuccessful"])
    check("sarif: the bad file is told", "not-utf8" in json.dumps(
        one["invocations"]))
    fixes = [r for r in one["results"] if "fixes" in r]
    check("sarif: a fix of each label", {r["ruleId"] for r in fixes} ==
          {"conduct/stigma/label"}, fixes)
    text = json.dumps(one)
    check("sarif: no text of the posts", "snippet" not in text and
          "contents" not in text)


def slice_of(data, span):
    """Text between two places of the file; columns are bytes from 1."""
    lines = [m.end() for m in re.finditer(rb"\r\n|\r|\n", data)]
    starts = [0] + lines
    at = [starts[p["line"] - 1] + p["column"] - 1
          for p in (span["start"], span["end"])]
    return data[at[0]:at[1]]


def test_rdjson(out, texts):
    whole = json.loads(out["rdjson"])
    check("rdjson: source", whole["source"]["name"] == "postlint")
    found = [f for _, f in findings(out)]
    placed = [d for d in whole["diagnostics"] if "range" in d["location"]]
    check("rdjson: the same findings", [d["code"]["value"] for d in placed] ==
          [f["rule"] for f in found])
    for d, f in zip(placed, found):
        data = texts[d["location"]["path"]]
        check("rdjson: the range holds the finding",
              slice_of(data, d["location"]["range"]) ==
              data[f["byte"][0]:f["byte"][1]], d)
        check("rdjson: severity", d["severity"] in ("ERROR", "WARNING", "INFO"))
        for s in d.get("suggestions", []):
            check("rdjson: a suggestion replaces a word of the list",
                  slice_of(data, s["range"]).replace(b"\xe2\x80\x8b", b"")
                  .lower() in (b"junkie", b"drug seeker"), s)
    for d in whole["diagnostics"]:
        check("rdjson: no key that reviewdog does not know", set(d) <= {
            "message", "location", "severity", "source", "code",
            "suggestions"}, d)
    check("rdjson: the bad file is told", any(
        d["code"]["value"] == "bad-utf8" for d in whole["diagnostics"]))


def test_github(out, texts):
    lines = out["github"].decode().splitlines()
    kinds = [COMMAND.match(x)[1] for x in lines if COMMAND.match(x)]
    ranks = [("error", "warning", "notice").index(k) for k in kinds]
    check("github: the worst first", ranks == sorted(ranks), kinds)
    check("github: ten of a level", kinds.count("warning") == 10, kinds)
    check("github: the last line counts the rest",
          re.match(r"\d+ more findings", lines[-1]), lines[-1])
    # As the runner undoes the escapes.
    told = {f["message"] for _, f in findings(out)} | {
        e["message"] for e in json.loads(out["json"])["errors"]}
    for line in lines:
        if COMMAND.match(line):
            text = line.split("::", 2)[2].replace("%0D", "\r").replace(
                "%0A", "\n").replace("%25", "%")
            first = text.split("\n")[0].replace("\\u{200b}", "\u200b")
            check("github: the message is that of json", first in told, first)
    rest = [x for x in lines[:-1] if not x.startswith("::")]
    check("github: the rest are plain lines",
          len(rest) == int(lines[-1].split()[0]), rest)
    check("github: the odd name is escaped",
          "odd & <name>%2C%25%3A.txt" in out["github"].decode())


def test_gitlab(out, texts):
    issues = json.loads(out["gitlab"])
    check("gitlab: findings and the bad file",
          len(issues) == len(list(findings(out))) + 1, len(issues))
    check("gitlab: fingerprints differ", len({i["fingerprint"] for i in issues})
          == len(issues))
    for i in issues:
        good = (set(i) == {"description", "check_name", "fingerprint",
                           "severity", "location"}
                and i["severity"] in ("info", "minor", "major", "critical",
                                      "blocker")
                and i["location"]["lines"]["begin"] > 0)
        check("gitlab: keys", good, i)


def test_checkstyle(out, texts):
    tree = xml.fromstring(out["checkstyle"])
    errors = tree.findall("file/error")
    found = [f for _, f in findings(out)]
    check("checkstyle: a file each", [f.get("name") for f in
          tree.findall("file")] == sorted(texts), tree)
    check("checkstyle: the same findings",
          [e.get("source") for e in errors if e.get("column")] ==
          [f"postlint.{f['rule']}" for f in found])
    check("checkstyle: messages", [e.get("message") for e in errors
          if e.get("column") and "\\u{" not in e.get("message")] ==
          [f["message"] for f in found if not HIDDEN.search(f["message"])])
    check("checkstyle: severities", {e.get("severity") for e in errors} <=
          {"error", "warning", "info"})


# Restated from the schema of the Jenkins plug-in: element, its attributes, its
# children.
JUNIT = {
    "testsuites": ({"name", "time", "tests", "failures", "disabled", "errors"},
                   {"testsuite"}),
    "testsuite": ({"name", "tests", "failures", "errors", "skipped", "time",
                   "timestamp", "hostname", "id", "package", "disabled"},
                  {"properties", "testcase", "system-out", "system-err"}),
    "testcase": ({"name", "classname", "time", "status", "assertions",
                  "group"},
                 {"skipped", "error", "failure", "system-out", "system-err"}),
    "failure": ({"type", "message"}, set()),
    "error": ({"type", "message"}, set()),
    "system-out": (set(), set()),
}


def junit_fits(element):
    attributes, children = JUNIT.get(element.tag, (None, None))
    return (attributes is not None and set(element.attrib) <= attributes and
            all(c.tag in children and junit_fits(c) for c in element))


def test_junit(out, texts):
    tree = xml.fromstring(out["junit"])
    check("junit: elements and attributes", junit_fits(tree))
    for suite in tree:
        cases = suite.findall("testcase")
        counts = [len(cases), len(suite.findall("testcase/failure")),
                  len(suite.findall("testcase/error"))]
        check(f"junit: counts of {suite.get('name')}", counts ==
              [int(suite.get(k)) for k in ("tests", "failures", "errors")],
              counts)
        check("junit: names differ", len({c.get("name") for c in cases}) ==
              len(cases))
    failed = {c.get("name").split(":")[0] for c in
              tree.findall("testsuite/testcase[failure]")}
    check("junit: a note is no failure",
          "claims/unsourced-statistic/percent" not in failed and failed, failed)
    for level, count in (("error", 2), ("never", 0)):
        done = run(*RULES, "--fail-on", level, "-f", "junit",
                   str(GOLDEN / "posts/marks.txt"))
        found = xml.fromstring(done.stdout).findall("testsuite/testcase/failure")
        check(f"junit: --fail-on {level}", len(found) == count, len(found))
    try:
        import junitparser
    except ImportError:
        return
    parsed = junitparser.JUnitXml.fromstring(out["junit"])
    check("junit: as junitparser reads it", len(list(parsed)) == len(texts))


def test_output_files(out, texts):
    with tempfile.TemporaryDirectory() as folder:
        names = posts_folder(folder)
        args = [x for form in formats() for x in ("-o", f"{form}={form}.out")]
        done = run(*RULES, *args[:32], *names, cwd=folder)
        check("-o FORMAT=FILE: nothing on standard output", not done.stdout)
        for form in formats()[:16]:
            data = (Path(folder) / f"{form}.out").read_bytes()
            check(f"-o {form}=FILE: the same bytes",
                  without_version(data) == out[form])


def test_unreadable(out, texts):
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "big.txt").write_text("junkie " * 40)
        for form in ("json", "sarif", "rdjson", "github", "gitlab",
                     "checkstyle", "junit"):
            done = run(*RULES, "-f", form, "--max-size", "100", "big.txt",
                       "gone.txt", ".", cwd=folder)
            told = done.stdout.decode()
            check(f"{form}: a post that cannot be read is in the report",
                  done.returncode == 2 and "big.txt" in told and
                  "too-large" in told or "larger than" in told, told)


# ---- over the built-in rules ---------------------------------------------------

def test_support(out, texts):
    """What supports an author in danger is in no file, count or status."""
    words = b"talk to someone"
    for form, data in out.items():
        check(f"{form}: no support off a terminal", words not in data)
    text = b"Everyone would be better off without me."
    shown = run("-f", "pretty", "--show", "full", text=text)
    check("support shows on a terminal", words in shown.stdout, shown.stdout)
    for form in formats():
        done = run("-f", form, text=text)
        check(f"{form}: support changes no status", done.returncode == 0)
        check(f"{form}: support is no finding",
              words not in done.stdout + done.stderr and
              b"conduct/threat/self-harm-cue:" not in done.stdout, done.stdout)


def places(form, data):
    """(file, rule) of each finding, in the order told."""
    text = data.decode()
    if form == "json":
        return [(f["file"], x["rule"]) for f in json.loads(text)["files"]
                for x in f["findings"]]
    if form == "jsonl":
        return [(x["file"], x["rule"]) for x in
                map(json.loads, text.splitlines())]
    if form == "compact":
        return re.findall(r"^(.*?):\d+:\d+: .* \[(.*)\]$", text, re.M)
    if form == "sarif":
        return [(r["locations"][0]["physicalLocation"]["artifactLocation"]
                 ["uri"], r["ruleId"]) for r in
                json.loads(text)["runs"][0]["results"]]
    if form == "rdjson":
        return [(d["location"]["path"], d["code"]["value"])
                for d in json.loads(text)["diagnostics"]]
    if form == "gitlab":
        return [(i["location"]["path"], i["check_name"])
                for i in json.loads(text)]
    if form == "checkstyle":
        return [(f.get("name"), e.get("source")[len("postlint."):])
                for f in xml.fromstring(text) for e in f]
    if form == "junit":
        return [(c.get("classname"), c.get("name").split(":")[0])
                for c in xml.fromstring(text).iter("testcase")
                if c.get("name") != "judged"]
    if form == "github":
        commands = re.findall(r"^::\w+ file=([^,]*),.*?title=([^:]*)::", text,
                              re.M)
        return commands + re.findall(r"^([^:]+):\d+:\d+: .* \[(.*)\]$", text,
                                     re.M)
    return None


def test_same_findings(out, texts):
    drafts = [json.loads(line)["text"] for line in
              (ROOT / "tests/leaks/drafts.jsonl").read_text().splitlines()]
    with tempfile.TemporaryDirectory() as folder:
        names = [f"{i}.txt" for i in range(len(drafts))]
        for name, text in zip(names, drafts):
            (Path(folder) / name).write_text(text)
        told = {form: places(form, run("-f", form, *names, cwd=folder).stdout)
                for form in formats()}
    want = told["json"]
    check("there are many findings", len(want) > 40, len(want))
    for form, got in told.items():
        if got is not None:
            same = sorted(got) == sorted(want) if form == "github" else (
                got == want)
            check(f"{form}: the findings of json", same,
                  [x for x in want if x not in got][:3])
    lines = "\n".join(json.dumps({"id": n, "text": t})
                      for n, t in zip(names, drafts)) + "\n"
    records = map(json.loads, run("batch", text=lines.encode())
                  .stdout.splitlines())
    check("batch: the findings of json", [(r["id"], f["rule"]) for r in records
                                          for f in r["findings"]] == want)


def main():
    out, texts = outputs()
    for name, test in list(globals().items()):
        if name.startswith("test_"):
            test(out, texts)
    print(f"{results['passed']} passed, {results['failed']} failed")
    return 1 if results["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
