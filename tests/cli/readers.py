#!/usr/bin/env python3
"""Files of every format from outside: what is found, where in the file it stands,
what a folder means, and what cannot be read."""
import csv
import io
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

PROGRAM = os.path.abspath(sys.argv[1])
BAD = "My patient Mrs Patel, 87, broke her hip."
RULE = "privacy/name/patient-named"
NAME = "Mrs Patel"
results = {"passed": 0, "failed": 0}


def check(name, truth, detail=""):
    results["passed" if truth else "failed"] += 1
    if not truth:
        print(f"FAILED {name}: {detail}")


def run(*args, text=b"", cwd=None):
    return subprocess.run([PROGRAM, *args], input=text, cwd=cwd,
                          capture_output=True,
                          env={**os.environ, "NO_COLOR": "1"})


def findings(data, *args):
    done = run("-f", "jsonl", *args, text=data)
    return done, [f for f in map(json.loads, done.stdout.splitlines())
                  if "error" not in f]


def found(data, *args, rule=RULE):
    return [f for f in findings(data, *args)[1] if f["rule"] == rule]


def place(data, f):
    """What the finding says of its place must be what the file says."""
    beg, end = f["byte"]
    head = data[:beg].decode()
    lines = head.replace("\r\n", "\n").split("\n")
    assert f["line"] == len(lines), (f, lines)
    assert f["columnByte"] == len(lines[-1].encode()) + 1, f
    assert f["column"] == len(lines[-1]) + 1, f
    assert f["utf16"][0] == len(head.encode("utf-16-le")) // 2, f
    return data[beg:end].decode()


# ---- one post in each format -------------------------------------------------

FILES = {
    "a.txt": f"Hello 😀\n{BAD}\n",
    "a.md": f"---\ntitle: x\n---\n# 😀\n\n{BAD}\n",
    "a.html": f"<!doctype html><p>caf&eacute; 😀<p>{BAD}</p>",
    "a.json": json.dumps({"text": f"Hello 😀\r\n{BAD}"}),
    "b.json": json.dumps({"text": f"Hello 😀\n{BAD}"}, ensure_ascii=False),
    "a.jsonl": '{"text": "fine"}\n' + json.dumps({"text": BAD}) + "\n",
}


def test_formats():
    for name, text in FILES.items():
        data = text.encode()
        hits = found(data, "--stdin-filename", name)
        check(f"{name}: one finding", len(hits) == 1, hits)
        check(f"{name}: its place",
              len(hits) == 1 and place(data, hits[0]) == NAME, hits)
        data = b"\xef\xbb\xbf" + data
        hits = found(data, "--stdin-filename", name)
        check(f"{name}: a byte order mark is skipped",
              len(hits) == 1 and place(data, hits[0]) == NAME, hits)


def test_csv():
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["id", "Text", "alt"])
    writer.writerow([1, 'He said "hi", twice.\n' + BAD, ""])
    writer.writerow([2, "Fine words", f"Picture: {BAD}"])
    data = out.getvalue().encode()
    hits = found(data, "--input", "csv")
    check("csv: both texts", [place(data, f) for f in hits] == [NAME, NAME],
          hits)
    data = out.getvalue().replace("Text", "body").encode()
    done, hits = findings(data, "--input", "csv")
    check("csv: no text column is an error",
          done.returncode == 2 and b"--text-field" in done.stderr, done)
    check("csv: --text-field",
          len(found(data, "--input", "csv", "--text-field", "body")) == 2)


def test_escapes():
    """Every character written as an escape: the span is all of its escapes."""
    text = "".join(f"\\u{ord(c):04x}" for c in BAD)
    data = f'[{{"text": "{text}"}}]'.encode()
    hits = found(data, "--input", "json")
    check("escapes: found", len(hits) == 1, hits)
    span = place(data, hits[0]) if hits else ""
    check("escapes: the whole name",
          json.loads(f'"{span}"') == NAME, span)


def test_thread():
    posts = ["My patient is 87.", "From Hebden Bridge.",
             "Glioblastoma, admitted today."]
    rule = "privacy/case-detail/crowd"
    together = found("\n---\n".join(posts).encode(), "--input", "thread",
                     rule=rule)
    check("a thread is one text", len(together) == 1, together)
    apart = "\n".join(json.dumps(p) for p in posts)
    check("apart they are not",
          not found(apart.encode(), "--input", "jsonl", rule=rule))
    spans = [r["byte"] for r in together[0]["related"]] if together else []
    check("places lie in several posts", len({s[0] > 17 for s in spans}) == 2,
          spans)


def test_zones():
    hits = found(f"![{BAD}](x.jpg)".encode(), "--input", "markdown")
    check("an alt text is judged", len(hits) == 1, hits)
    hits = found(f"fine <!-- {BAD} --> words".encode(), "--input", "markdown")
    check("a comment is judged", len(hits) == 1, hits)
    for text in (f"```\n{BAD}\n```", f"    {BAD}"):
        check("code is not", not found(text.encode(), "--input", "markdown"))


RULES = """postlint: 1
rules:
- {id: disclosure/sponsorship/of-clinics, summary: A deal of a clinic, level: error,
   applies: {account: [clinic]}, find: {deal: {words: [discount code]}},
   message: "A deal.", why: "It is one.", sources: [{body: GMC, title: Guide}],
   try: ["Say so."], tests: {flags: ["[[discount code]] a", "a [[discount code]]",
   "[[discount code]]"], passes: ["a", "b", "c"]}}
"""
PACK = ("{pack: example, version: 0.1.0, licence: CC0-1.0, postlint: 1, "
        "summary: Rules of a test, locale: en-GB}")


def test_profile_of_a_record():
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "pack.yaml").write_text(PACK)
        (Path(folder) / "rules.yaml").write_text(RULES)
        for account, count in (("clinic", 1), ("personal", 0)):
            data = json.dumps({"text": "discount code X", "account": account})
            done = run("--no-builtin", "--rules", folder, "-f", "count",
                       "--account", "personal", "--input", "json",
                       text=data.encode())
            check(f"a record's own account {account}",
                  f": {count} errors".encode() in done.stdout, done)


# ---- what cannot be read --------------------------------------------------------

def test_bad_files():
    rows = [("json", b'{"text": "x",}', 2), ("json", b"[", 2),
            ("json", b'{"text": 5}', 2), ("json", b'{"text": null}', 0),
            ("jsonl", b'{"text": "x"}\nno\n', 2), ("csv", b'text\n"a\n', 2),
            ("csv", b"", 0), ("json", b'{"text": "\xff"}', 2),
            ("markdown", b"\xff\xfea\x00", 2), ("html", b"a\x00b", 2)]
    for format, data, status in rows:
        done = run("--input", format, text=data)
        check(f"{format} {data}: status {status}", done.returncode == status,
              done)
    done = run("-f", "json", "--input", "jsonl",
               text=b'{"text": "My patient Mrs Patel, 87."}\nno\n')
    told = json.loads(done.stdout)
    check("a bad line stops nobody", done.returncode == 2 and
          told["errors"][0]["code"] == "bad-json" and
          any(f["rule"] == RULE for p in told["files"] for f in p["findings"]),
          told)
    check("... and its place is told", b"-:2:" in done.stderr, done.stderr)
    check("nothing of the text is", b"no\n" not in done.stderr)
    done = run("--input", "docx")
    check("an unknown format is an error", done.returncode == 2 and
          b"--input" in done.stderr, done)
    check("with a suggestion", b"did you mean json" in
          run("--input", "jsno").stderr)


def test_folders():
    with tempfile.TemporaryDirectory() as folder:
        top = Path(folder)
        for name, text in FILES.items():
            (top / name).write_text(text)
        (top / "a.csv").write_text(f'text\n"{BAD}"\n')
        (top / "a.odt").write_text(BAD)
        (top / ".hidden.md").write_text(BAD)
        (top / "package.json").write_text('{"name": "site"}')
        done = run("-f", "jsonl", ".", cwd=folder)
        names = {json.loads(line)["file"] for line in done.stdout.splitlines()}
        check("a folder means its posts",
              names == {f"./{n}" for n in [*FILES, "a.csv"]}, names)
        check("a file without posts is told and no failure",
              done.returncode == 1 and b"package.json" in done.stderr, done)
        done = run("package.json", cwd=folder)
        check("but it is one where it is named", done.returncode == 2, done)


def test_masked():
    data = json.dumps([{"id": "Mrs Jones", "text": BAD, "by": "Mrs Jones"},
                       {"text": "Fine"}]).encode()
    done = run("-f", "masked", "--input", "json", text=data)
    text = done.stdout.decode()
    check("only what was judged is given back",
          "Jones" not in text and "Patel" not in text and "Fine\n---\n" in text,
          text)


def test_many_posts():
    """One after the other, in time that grows as the file does."""
    line = json.dumps({"id": 1, "text": BAD}) + "\n"
    done = run("-f", "count", "--input", "jsonl", text=(line * 5000).encode())
    check("5,000 posts of one file", done.returncode == 1 and
          done.stdout.count(b"\n") == 1 and b"5000 errors" in done.stdout,
          done.stdout[:200])


for name, test in list(globals().items()):
    if name.startswith("test_"):
        test()
print(f"readers: {results['passed']} passed, {results['failed']} failed")
sys.exit(1 if results["failed"] else 0)
