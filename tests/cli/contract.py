#!/usr/bin/env python3
"""The command line from outside: exit status, formats, masking, bad input, the
batch contract, and promises that hold over every example of the rule files."""
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PROGRAM = sys.argv[1]
BAD = ("My patient Mrs Patel, 87, broke her hip in Leeds today. "
       "NHS 999 012 3454. Garlic cures cancer, DM me!")
results = {"passed": 0, "failed": 0}


def run(*args, text="", env=None, stdout=subprocess.PIPE):
    data = text if isinstance(text, bytes) else text.encode()
    return subprocess.run([PROGRAM, *args], input=data, stdout=stdout,
                          stderr=subprocess.PIPE,
                          env={**os.environ, "NO_COLOR": "1", **(env or {})})


def check(name, truth, detail=""):
    results["passed" if truth else "failed"] += 1
    if not truth:
        print(f"FAILED {name}: {detail}")


def rules_of(text, *args):
    done = run("-f", "json", *args, text=text)
    return [f["rule"] for f in json.loads(done.stdout)["files"][0]["findings"]]


def records(lines, *args):
    done = run("batch", *args, text="\n".join(lines) + "\n")
    return done, [json.loads(line) for line in done.stdout.splitlines()]


# ---- what a draft gets ---------------------------------------------------

def test_first_drafts():
    done = run(text=BAD)
    check("a bad draft gives status 1", done.returncode == 1, done.returncode)
    found = rules_of(BAD)
    for prefix in ("privacy/name", "privacy/record-number", "claims/",
                   "boundaries/contact-request"):
        check(f"{prefix} is found", any(r.startswith(prefix) for r in found),
              found)
    for text in ("No, garlic does not cure cancer.",
                 "Patients aged 65 and over can book their flu jab"):
        done = run(text=text)
        check(f"silent: {text}", done.returncode == 0 and not done.stdout,
              done.stdout)
        check("it never says safe", b"does not show" in done.stderr)


def test_examples():
    for name, status in (("night-shift", 1), ("clinic-offer", 1),
                         ("flu-clinic", 0), ("ward-story", 0)):
        done = run(str(ROOT / f"examples/drafts/{name}.txt"))
        check(f"examples/drafts/{name}", done.returncode == status,
              done.stdout)


def test_rules_page():
    """explain --html: every rule has its place, and nothing of it is markup."""
    page = run("explain", "--html").stdout.decode()
    ids = [line.split()[1] for line in
           run("rules", "list").stdout.decode().splitlines()]
    check("every rule has its place", ids and all(
        page.count(f'id="{one}"') == 1 for one in ids))
    check("examples are text", "<script" not in page and
          set(re.findall(r"<(/?\w+)", page)) <= {
              "html", "/html", "meta", "title", "/title", "style", "/style",
              "h1", "/h1", "h2", "/h2", "p", "/p", "ul", "/ul", "li", "/li",
              "code", "/code"}, set(re.findall(r"<(/?\w+)", page)))
    check("it takes no id", run("explain", "--html", "privacy").returncode
          == 2)


def test_levels_and_selection():
    check("--fail-on never", run("--fail-on", "never", text=BAD).returncode
          == 0)
    check("--select", all(r.startswith("claims") for r in
                          rules_of(BAD, "--select", "claims")))
    check("--ignore", not any(r.startswith("claims") for r in
                              rules_of(BAD, "--ignore", "claims")))
    check("the most specific wins", any(
        r.startswith("claims/") for r in
        rules_of(BAD, "--ignore", "claims", "--select", "claims/cure",
                 "--select", "claims/unproven-treatment")))
    done = run("--allow", "claims=our own joke", "-s", "claims", text=BAD)
    check("--allow with a reason", done.returncode == 0, done.stdout)
    check("--allow needs a reason",
          run("--allow", "claims", text=BAD).returncode == 2)
    check("-l error shows errors alone",
          b": warning:" not in run("-l", "error", text=BAD).stdout)


def test_usage_errors():
    for args, words in ((("--formt", "json"), b"did you mean --format"),
                        (("--format", "jsn"), b"did you mean json"),
                        (("--select", "privcy"), b"did you mean 'privacy'"),
                        (("--platform", "facebok"), b"did you mean facebook"),
                        (("--fail-on", "eror"), b"is no level"),
                        (("/nowhere/draft.txt",), b"no file or command"),
                        (("chek",), b"did you mean check"),
                        (("explain", "privacy/nam"), b"did you mean"),
                        (("rules", "lst"), b"did you mean list")):
        done = run(*args)
        check(f"status 2: {args}", done.returncode == 2, done.returncode)
        check(f"a helpful word: {args}", words in done.stderr, done.stderr)


# ---- bad input -------------------------------------------------------------

def test_bad_input():
    for name, data, word in (
            ("broken UTF-8", b"fine \xff\xfe\x80", b"not UTF-8"),
            ("NUL bytes", b"a\0b", b"NUL"),
            ("UTF-16", "draft".encode("utf-16"), b"UTF-16"),
            ("too large", b"x" * 3000000, b"larger than")):
        done = run(text=data)
        check(f"{name}: status 2", done.returncode == 2, done.returncode)
        check(f"{name}: said so", word in done.stderr, done.stderr[:200])
    check("an empty draft", run(text="").returncode == 0)
    check("a draft of blanks", run(text=" \n\n ").returncode == 0)
    check("a byte order mark is skipped",
          run(text=b"\xef\xbb\xbf" + BAD.encode()).returncode == 1)
    long_line = ("word " * 40000 + "\n").encode()
    check("a long line", run("--max-size", "1000000",
                             text=long_line).returncode == 0)


def test_full_disk_and_closed_pipe():
    if os.path.exists("/dev/full"):
        with open("/dev/full", "wb") as full:
            done = run(text=BAD, stdout=full)
        check("a full disk is an error", done.returncode == 2,
              done.returncode)
    command = f"yes '{{\"text\":\"hello\"}}' | head -50000 | {PROGRAM} batch"
    done = subprocess.run(["sh", "-c", f"({command}; echo $? >&2) | head -1"],
                          capture_output=True)
    check("a closed pipe ends quietly", b"cannot" not in done.stderr,
          done.stderr)


# ---- masking ----------------------------------------------------------------

def test_nothing_leaks():
    secrets = ["Patel", "999 012 3454", "9990123454", "Leeds"]
    for form in ("compact", "json", "jsonl", "sarif", "count", "none",
                 "pretty", "masked"):
        done = run("-f", form, text=BAD)
        out = (done.stdout + done.stderr).decode()
        check(f"{form} leaks nothing", not any(s in out for s in secrets[:3]),
              out[:300])
    shown = run("-f", "pretty", "--show", "full", text=BAD).stdout.decode()
    check("--show full quotes the draft", "Patel" in shown)
    masked = run("-f", "masked", text=BAD).stdout.decode()
    check("masked keeps the rest", "broke her hip" in masked, masked)
    done = run("batch", text=json.dumps({"id": 1, "text": BAD}) + "\n")
    check("batch leaks nothing", b"Patel" not in done.stdout, done.stdout)


def test_escapes():
    done = run("-f", "pretty", "--show", "full",
               text="Garlic cures cancer \x1b[31m red")
    check("control characters are escaped", b"\x1b[31m" not in done.stdout)


# ---- formats -----------------------------------------------------------------

def test_formats():
    sarif = json.loads(run("-f", "sarif", text=BAD).stdout)
    one = sarif["runs"][0]
    check("sarif version", sarif["version"] == "2.1.0")
    check("sarif columns", one["columnKind"] == "unicodeCodePoints")
    check("sarif has no snippets", "snippet" not in json.dumps(sarif))
    check("sarif rules are known", all(
        one["tool"]["driver"]["rules"][r["ruleIndex"]]["id"] == r["ruleId"]
        for r in one["results"]))
    compact = run("-f", "compact", text=BAD).stdout.decode().splitlines()
    check("compact lines", all(re.match(
        r"-:\d+:\d+: (error|warning|note): .* \[[a-z/-]+[a-z0-9-]*\]$", line)
        for line in compact), compact)
    whole = json.loads(run("-f", "json", text=BAD).stdout)
    lines = [json.loads(x) for x in
             run("-f", "jsonl", text=BAD).stdout.splitlines()]
    batch = records([json.dumps({"text": BAD})])[1][0]
    same = [[(f["rule"], f["level"], f["byte"]) for f in part] for part in
            (whole["files"][0]["findings"], lines, batch["findings"])]
    check("the same findings in every form", same[0] == same[1] == same[2])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "out.sarif"
        run("-o", f"sarif={path}", text=BAD)
        check("-o writes a file", json.loads(path.read_text())["runs"])
    text = "\U0001f600 Jos\u00e9 says honey cures asthma"
    found = json.loads(run("-f", "json", text=text).stdout)
    f = found["files"][0]["findings"][0]
    at = text.encode()[f["byte"][0]:f["byte"][1]].decode()
    wide = text.encode("utf-16-le")
    check("bytes point at the words", at == "honey cures asthma", at)
    check("utf16 points at the same", wide[f["utf16"][0] * 2:
          f["utf16"][1] * 2].decode("utf-16-le") == at)
    check("columns count code points", f["column"] == text.index("honey") + 1)


# ---- batch ------------------------------------------------------------------

def test_batch_contract():
    lines = ['{"id":7,"text":"hello"}', '{"id":{"a":[1,"x"]},"text":null}',
             '', 'not json', '{"id":"z","text":"hi"}\t\r',
             '{"text":"caf\\u00e9 \\ud83d\\ude00"}', '{"id":3,"text":5}',
             '{"id":4,"text":"bad \\ud800"}', '[]', '{"id":5}']
    done, out = records(lines)
    check("a line for each line", len(out) == len(lines), len(out))
    check("status 0 whatever is found", done.returncode == 0)
    check("ids are echoed", out[0]["id"] == 7 and
          out[1]["id"] == {"a": [1, "x"]} and out[4]["id"] == "z")
    check("null text: no findings", out[1]["findings"] == [])
    check("blank line", out[2]["error"]["code"] == "blank-line")
    check("bad JSON", out[3]["error"]["code"] == "bad-json")
    check("missing text", out[9]["findings"] == [] and "error" not in out[9])
    check("a text must be a string", "error" in out[6] and out[6]["id"] == 3)
    check("a lone surrogate", "error" in out[7])
    check("no raw tab", b"\t" not in done.stdout)
    check("--exit-code", run("batch", "--exit-code", text=json.dumps(
        {"text": BAD}) + "\n").returncode == 1)
    check("bad records with --exit-code", run(
        "batch", "--exit-code", text="x\n").returncode == 2)
    _, out = records([json.dumps({"key": 9, "body": BAD})], "--id-field",
                     "key", "--text-field", "body")
    check("renamed keys", out[0]["id"] == 9 and out[0]["findings"])
    _, out = records([json.dumps({"text": "Loved it", "alt":
                                  "NHS no 999 012 3454"})])
    check("alt text counts in its own field",
          out[0]["findings"][0].get("field") == "alt", out)
    done = run("batch", text='{"id":1,"text":"no newline"}')
    check("no final newline", len(done.stdout.splitlines()) == 1)
    done = run("batch", "--max-size", "1000",
               text='{"id":1,"text":"' + "x" * 5000 + '"}\n{"id":2}\n')
    out = [json.loads(x) for x in done.stdout.splitlines()]
    check("an over-long line", out[0]["error"]["code"] == "too-large" and
          out[1]["id"] == 2, out)
    done = run("batch", text=b'{"id":1,"text":"\xff"}\n')
    check("bad UTF-8", json.loads(done.stdout)["error"]["code"] == "bad-utf8")
    with subprocess.Popen([PROGRAM, "batch", "--line-buffered"],
                          stdin=subprocess.PIPE,
                          stdout=subprocess.PIPE) as live:
        live.stdin.write(b'{"id":1,"text":"hi"}\n')
        live.stdin.flush()
        check("--line-buffered answers at once",
              json.loads(live.stdout.readline())["id"] == 1)
        live.stdin.close()


# ---- over all examples -------------------------------------------------------

def example_texts():
    """Texts of the fixtures, without their [[marks]]."""
    for path in sorted((ROOT / "rules").rglob("*.yaml")):
        for text in re.findall(r'"((?:[^"\\]|\\.)*)"', path.read_text()):
            if len(text) > 15:
                yield text.replace("[[", "").replace("]]", "").replace(
                    "\\\"", "\"")


def test_gate_and_threads():
    lines = [json.dumps({"id": i, "text": t})
             for i, t in enumerate(example_texts())]
    check("there are fixtures", len(lines) > 500, len(lines))
    big = lines * 6
    plain = run("batch", "--jobs", "1", text="\n".join(big) + "\n").stdout
    check("the gate loses nothing",
          run("batch", "--jobs", "1", "--no-gate",
              text="\n".join(big) + "\n").stdout == plain)
    check("two threads give the same bytes",
          run("batch", "--jobs", "2",
              text="\n".join(big) + "\n").stdout == plain)


def test_pack_file():
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "core.pack")
        done = run("rules", "compile", str(ROOT / "rules"), "--no-builtin",
                   "-o", path)
        check("rules compile", done.returncode == 0, done.stderr[:300])
        one = run("-f", "json", text=BAD).stdout
        two = run("-f", "json", "--rules", path, text=BAD).stdout
        check("a pack file and the built-in rules agree", one == two)
        data = bytearray(Path(path).read_bytes())
        for at in range(16, 400, 7):
            bad = bytearray(data)
            bad[at] ^= 0x5A
            Path(path).write_bytes(bad)
            done = run("--rules", path, text=BAD)
            check(f"a damaged pack (byte {at}) is no crash",
                  done.returncode in (0, 1, 2), done.returncode)
        Path(path).write_bytes(data[:1000])
        check("a pack cut short", run("--rules", path,
                                      text=BAD).returncode == 2)


def test_own_rules():
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "pack.yaml").write_text(
            "pack: ours\nversion: 0.1.0\nlicence: MIT\npostlint: 1\n")
        (root / "ours.yaml").write_text(
            "postlint: 1\nrules:\n- id: disclosure/organisation/hub-name\n"
            "  summary: Our code name\n  level: warning\n"
            "  find: {name: {words: [project bluebell]}}\n"
            '  message: "This is a code name."\n  why: "It is not public."\n'
            "  sources: [{body: Us, title: Handbook}]\n"
            '  try: ["Leave it out."]\n  tests:\n'
            '    flags: ["[[project bluebell]] is on"]\n'
            '    passes: ["bluebells"]\n')
        found = rules_of("Project Bluebell starts", "--rules", folder)
        check("an institution's own rule",
              found == ["disclosure/organisation/hub-name"], found)
        (root / "ours.yaml").write_text(
            "postlint: 1\nrules:\n- id: privacy/nme/x\n  sumary: x\n"
            "  level: wrning\n  find: {a: {regex: '('}}\n")
        done = run("rules", "check", "--no-builtin", folder)
        out = done.stderr.decode()
        check("bad rules give status 2", done.returncode == 2)
        for word in ("unknown-taxon", "did you mean 'privacy/name'",
                     "unknown-key", "missing-key", "ours.yaml:3:7"):
            check(f"bad rules are told: {word}", word in out, out)
        for name, text in (("alias", "a: &x 1\nb: *x\n"),
                           ("duplicate", "postlint: 1\npostlint: 1\n"),
                           ("deep", "a: " + "[" * 500 + "]" * 500),
                           ("tab", "postlint: 1\nrules:\n\t- x\n"),
                           ("broken", "a: [1, 2\nb: }"),
                           ("many", "postlint: 1\n" + "".join(
                               f"k{i}: 1\n" for i in range(10000)))):
            (root / "ours.yaml").write_text(text)
            done = run("rules", "check", "--no-builtin", folder)
            check(f"hostile YAML: {name}", done.returncode == 2 and
                  b"error[" in done.stderr and len(done.stderr) < 20000,
                  done.stderr[:200])


def test_other_commands():
    check("version", b"rules: core" in run("version").stdout)
    check("help", b"usage" in run("help").stdout)
    check("help check", b"--format" in run("help", "check").stdout)
    check("explain", b"Why:" in run("explain", "privacy/age").stdout)
    listing = run("rules", "list").stdout.decode().splitlines()
    names = {"/".join(x.split()[1].split("/")[:2]) for x in listing}
    check("all 42 names have a rule", len(names) >= 42, sorted(names))
    check("rules list --words", b"garlic" in run(
        "rules", "list", "--words", "agents").stdout)
    done = run("--trace", "claims/cure/absolute", text="Garlic cures cancer")
    check("--trace", b"anchor" in done.stderr)


def test_no_network():
    done = subprocess.run(["nm", "-D", "--undefined-only", PROGRAM],
                          capture_output=True, text=True)
    names = {line.split()[-1].split("@")[0] for line in
             done.stdout.splitlines()}
    bad = names & {"socket", "connect", "getaddrinfo", "gethostbyname",
                   "system", "popen", "execve", "execvp", "fork", "vfork",
                   "posix_spawn", "tmpfile", "mkstemp", "tmpnam"}
    check("no network, no child, no temporary file", names and not bad, bad)
    done = subprocess.run(["ldd", PROGRAM], capture_output=True, text=True)
    check("no hunspell, no C++ runtime", "hunspell" not in done.stdout and
          "stdc++" not in done.stdout, done.stdout)


def test_readme():
    readme = (ROOT / "README.md").read_text()
    block = re.search(r"```\n\$ postlint (\S+)\n(.*?)```", readme, re.S)
    check("README shows a run", block)
    if block:
        done = subprocess.run(
            [PROGRAM, "--show", "full", "--format", "pretty", "--width", "80",
             block[1]], capture_output=True, text=True, cwd=ROOT)
        check("README shows what the program prints",
              done.stdout.strip() == block[2].strip(), done.stdout)


def main():
    for name, test in sorted(globals().items()):
        if name.startswith("test_"):
            test()
    print(f"{results['passed']} passed, {results['failed']} failed")
    return 1 if results["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
