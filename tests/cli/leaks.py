#!/usr/bin/env python3
"""No output off a terminal shows an identifier: every format, batch, traces and
what goes to standard error, over invented drafts. On a terminal of one's own
they do show, or the test would prove nothing.
usage: leaks.py PROGRAM"""
import csv
import html
import io
import json
import os
import pty
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PROGRAM = str(Path(sys.argv[1]).resolve())
DRAFTS = [json.loads(line) for line in
          (ROOT / "tests/leaks/drafts.jsonl").read_text().splitlines()]
SECRETS = sorted({s for d in DRAFTS for s in d["secrets"]})
# Two digits stand in columns and counts by chance; words hold them in [ ].
LONG = [s for s in SECRETS if len(s) > 3]
results = {"passed": 0, "failed": 0}


def check(name, truth, detail=""):
    results["passed" if truth else "failed"] += 1
    if not truth:
        print(f"FAILED {name}: {detail}")


def run(*args, text="", cwd=None):
    env = {k: v for k, v in os.environ.items() if k != "CI"}
    done = subprocess.run([PROGRAM, *args], input=text.encode(), cwd=cwd,
                          capture_output=True, env=env)
    return done.stdout.decode(), done.stderr.decode(), done.returncode


def formats():
    listed = run("help", "check")[0].split("Formats:\n")[1].split("\n\n")[0]
    return [line.split()[0] for line in listed.splitlines()]


def name_of(number, draft):
    return f"{number}.{'md' if draft.get('input') == 'markdown' else 'txt'}"


def write_drafts(folder):
    for i, draft in enumerate(DRAFTS):
        (Path(folder) / name_of(i, draft)).write_text(draft["text"])
    # One that cannot be read to its end must not leak what stands before.
    broken = "My patient Mrs Okonkwo-Hale, NHS 999 012 3454 ".encode() + b"\xff"
    (Path(folder) / "broken.txt").write_bytes(broken)
    return [name_of(i, d) for i, d in enumerate(DRAFTS)] + ["broken.txt"]


def leaks(text, secrets=LONG):
    return [s for s in secrets if s in text]


def test_formats():
    with tempfile.TemporaryDirectory() as folder:
        names = write_drafts(folder)
        for form in formats():
            if form == "masked":
                continue
            for show in ([], ["--show", "masked"], ["--show", "none"]):
                out, err, _ = run("-f", form, *show, "-v", "--guide", *names,
                                  cwd=folder)
                found = leaks(out + err)
                check(f"{form} {show} leaks nothing", not found, found)
        for form in formats():
            run("-o", f"{form}=report", *names, cwd=folder)
            told = (Path(folder) / "report").read_text()
            found = leaks(told) if form != "masked" else []
            check(f"-o {form}=FILE leaks nothing", not found, found)


def found_spans(draft):
    """The texts of private findings, and the draft without them."""
    out, _, _ = run("-f", "json", "--input", draft.get("input", "text"),
                    text=draft["text"])
    data = draft["text"].encode()
    found = json.loads(out)["files"][0]["findings"]
    places = [f["byte"] for f in found if f["rule"].startswith("privacy/")]
    rest = bytearray(data)
    for beg, end in places:
        rest[beg:end] = b" " * (end - beg)
    return [data[a:b].decode() for a, b in places], rest.decode()


def test_masked():
    """Whatever a privacy rule reports is gone from the masked text."""
    told = 0
    for draft in DRAFTS:
        out, err, _ = run("-f", "masked", "--input",
                          draft.get("input", "text"), text=draft["text"])
        spans, rest = found_spans(draft)
        found = [s for s in draft["secrets"] if len(s) > 1 and
                 any(s in span for span in spans) and s not in rest]
        told += len(found)
        check("masked leaks nothing that was found", not leaks(out + err, found),
              leaks(out + err, found))
    check("masked was asked for many", told > 20, told)
    with tempfile.TemporaryDirectory() as folder:
        write_drafts(folder)
        out, err, _ = run("-f", "masked", "broken.txt", cwd=folder)
        check("masked shows nothing of a broken file", not out, out)


# One of each kind, in words that must be found: nothing of it may be left.
IDENTIFIERS = [
    ("NHS no 999 012 3454 for my patient", "999 012 3454"),
    ("CHI 140362-9978 for my patient", "140362-9978"),
    ("H&C no 320 000 0015 for my patient", "320 000 0015"),
    ("NI no AB 12 34 56 C for my patient", "AB 12 34 56 C"),
    ("my patient's social is 536-90-4399", "536-90-4399"),
    ("Medicare 1EG4-TE5-MK73 for my patient", "1EG4-TE5-MK73"),
    ("member ID XQK123456789 for my patient", "XQK123456789"),
    ("MRN 00417726 for my patient", "00417726"),
    ("DEA AB1234563 on the script of my patient", "AB1234563"),
    ("OHIP 9876-543-217 for my patient", "9876-543-217"),
    ("SIN 130 692 544 for my patient", "130 692 544"),
    ("Medicare 2953 70141 1 for my patient", "2953 70141 1"),
    ("IHI 8003 6091 2345 6780 for my patient", "8003 6091 2345 6780"),
    ("NHI ZAC5361 for my patient", "ZAC5361"),
    ("ID 820414 5800 08 2 for my patient", "820414 5800 08 2"),
    ("PPS 1234567T for my patient", "1234567T"),
    ("Aadhaar 2341 2341 2346 for my patient", "2341 2341 2346"),
    ("ABHA 70-7463-2446-5247 for my patient", "70-7463-2446-5247"),
    ("EHIC 80826 00012 0123456789 for my patient", "80826 00012 0123456789"),
    ("accession H24-10233 of my patient", "H24-10233"),
    ("passport K1234567 of my patient", "K1234567"),
    ("card 4111 1111 1111 1111 of my patient", "4111 1111 1111 1111"),
    ("my patient's IBAN GB82 WEST 1234 5698 7654 32", "WEST 1234"),
    ("patient code RKX-0093-B is back", "RKX-0093-B"),
    ("ring my patient's son on 07700 900461", "07700 900461"),
    ("my patient's number is double oh seven, seven double oh, nine double oh "
     "one", "double oh seven"),
    ("my patient's wife is lin.k@example.org", "lin.k"),
    ("wa.me/447700900123 is my patient's son", "447700900123"),
    ("help my patient: https://www.gofundme.com/f/ottilie", "ottilie"),
    ("VIN 1M8GDM9AXKP042788 of my patient", "1M8GDM9AXKP042788"),
    ("my patient's car AB51 ABC is blocking us", "AB51 ABC"),
    ("my patient's pacemaker serial PZW603123S", "PZW603123S"),
    ("my patient's hip (01)01234567890128(17)270101(21)A1B2C3", "A1B2C3"),
    ("my patient's phone, IMEI 490154203237518", "490154203237518"),
    ("portal.clinic.example/patient/48812/results is wrong", "48812"),
    ("see Khumalo_Thandeka_MRI_brain.pptx", "Khumalo_Thandeka"),
    ("my patient @jess_h92 did it", "jess_h92"),
    ("my patient writes from 203.0.113.7", "203.0.113.7"),
]


def test_identifiers():
    """Found, and whole under its mask in every format."""
    for text, secret in IDENTIFIERS:
        out, _, _ = run("-f", "masked", text=text + "\n")
        check("an identifier is masked", secret not in out and "[" in out, secret)
        # A number in words is made of common ones.
        piece = secret if secret.replace(" ", "").isalpha() else max(
            secret.replace("-", " ").split(), key=len)
        for form in formats():
            out, err, _ = run("-f", form, text=text + "\n")
            check(f"{form} shows no identifier", piece not in out + err, secret)


def files_of_many():
    """The drafts in every format that holds several, and as a page; ids and other
    fields hold names too."""
    rows = [{"id": f"Mrs Okonkwo-Hale {i}", "text": d["text"],
             "by": "Mrs Okonkwo-Hale"} for i, d in enumerate(DRAFTS)]
    table = io.StringIO()
    writer = csv.DictWriter(table, ["id", "text", "by"])
    writer.writeheader()
    writer.writerows(rows)
    broken = '\n{"text": "My patient Mrs Okonkwo-Hale\n'
    return {
        "a.json": json.dumps(rows),
        "b.json": json.dumps(rows) + "]",
        "a.jsonl": "\n".join(map(json.dumps, rows)) + broken,
        "a.csv": table.getvalue(),
        "b.csv": table.getvalue() + '"Mrs Okonkwo-Hale',
        "a.html": "".join(f"<p>{html.escape(r['text'])}</p>" for r in rows),
        "a.md": "---\npostlint: {allow: [{rule: Mrs Okonkwo-Hale, reason: "
                "Mrs Okonkwo-Hale}]}\n---\n<!-- postlint allow Mrs "
                "Okonkwo-Hale: Mrs Okonkwo-Hale -->\n" + rows[0]["text"],
    }


def test_files_of_many():
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files_of_many().items():
            (Path(folder) / name).write_text(text)
        for form in formats():
            if form == "masked":
                continue
            for name in files_of_many():
                out, err, _ = run("-f", form, "-v", name, cwd=folder)
                found = leaks(out + err)
                check(f"{form} of {name} leaks nothing", not found, found)
        out, _, _ = run("-f", "count", "a.json", "a.csv", "a.jsonl",
                        cwd=folder)
        check("they have findings", len(out.splitlines()) == 3 and
              " 0 errors" not in out, out)


def test_record():
    with tempfile.TemporaryDirectory() as folder:
        names = [n for n in write_drafts(folder) if n != "broken.txt"]
        out, err, status = run("baseline", "write", *names, cwd=folder)
        record = (Path(folder) / ".postlint-baseline").read_text()
        shown = run("baseline", "show", cwd=folder)
        found = leaks(out + err + record + shown[0] + shown[1])
        check("a record leaks nothing", status == 0 and not found, found)
        check("a record holds something", len(record.splitlines()) > 20)
        words = {w for d in DRAFTS for w in re.findall(r"[a-z]{4,}", d["text"])}
        held = set(re.findall(r"[a-z]{4,}", record.split("\n", 1)[1]))
        check("a record holds no words of the drafts but those of ours",
              not (held & words) - OURS, (held & words) - OURS)
        check("a file that cannot be read is not recorded", run(
            "baseline", "write", "broken.txt", cwd=folder)[2] == 2)


# Words of rule ids, levels and the reason.
OURS = set(re.findall(r"[a-z]{4,}", " ".join(
    re.findall(r"[a-z-]+/[a-z-]+/", run("rules", "list")[0])) +
    " error warning note known when first recorded"))




def test_batch():
    lines = [json.dumps({"id": i, "text": d["text"]})
             for i, d in enumerate(DRAFTS)]
    lines += [json.dumps({"id": "alt", "text": "Look", "alt": d["text"]})
              for d in DRAFTS]
    lines += ['{"id": 1, "text": "My patient Mrs Okonkwo-Hale',
              "Mrs Okonkwo-Hale", '{"text": ["Okonkwo-Hale"]}']
    for args in ([], ["--line-buffered"], ["--jobs", "2"]):
        out, err, _ = run("batch", *args, text="\n".join(lines) + "\n")
        found = leaks(out + err)
        check(f"batch {args} leaks nothing", not found, found)
        check("batch answers each line", len(out.splitlines()) == len(lines))


def test_arguments():
    """A draft that was typed as an argument is not repeated."""
    for draft in DRAFTS[:10]:
        for command in ([], ["check"], ["check", "-f", "json"], ["batch"],
                        ["explain"], ["rules"], ["rules", "test"], ["help"],
                        ["completion"]):
            out, err, status = run(*command, draft["text"])
            found = leaks(out + err)
            check(f"{command}: a draft as an argument is refused",
                  status == 2 and not found, (status, found))
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "my draft.txt").write_text("Tea.")
        check("a file whose name has blanks is a file",
              run("my draft.txt", cwd=folder)[2] == 0)


def test_drafts():
    out, _, _ = run("batch", text="\n".join(
        json.dumps({"text": d["text"]}) for d in DRAFTS) + "\n")
    told = sum(bool(json.loads(x)["findings"]) for x in out.splitlines())
    check("most drafts have findings", told > len(DRAFTS) * 0.6, told)


def fingerprints(text):
    out, _, _ = run("-f", "json", text=text)
    return {f["rule"]: f["fingerprint"]
            for f in json.loads(out)["files"][0]["findings"]}


def test_fingerprints():
    """They do not tell names apart, nor numbers; words they do. Whether a name
    was found may show, so only drafts with the same findings are compared."""
    names = ["Mrs Okonkwo", "Mrs Petrosyan", "Mrs Patel", "Mrs Quist", "Bo",
             "Gulnara", "Leocadia Quist", "Zbigniew"]
    for template in ("Garlic cured {} of cancer, DM me!",
                     "{} is another junkie on our ward.",
                     "We guarantee that {} gets results, aged {}."):
        groups = {}
        for i, name in enumerate(names):
            told = fingerprints(template.format(name, 30 + i * 7))
            groups.setdefault(frozenset(told), []).append(told)
        largest = max(groups.values(), key=len)
        check(f"drafts of a kind: {template}", len(largest) > 2 and largest[0],
              groups)
        for group in groups.values():
            check("names and numbers share their fingerprints",
                  all(told == group[0] for told in group), group)
    one = fingerprints("Garlic cures cancer, say my friends.")
    two = fingerprints("Garlic cures cancer, says my neighbour.")
    check("other words have another", one and all(
        one[r] != two[r] for r in set(one) & set(two)), (one, two))


def test_trace():
    told = 0
    for draft in DRAFTS[:12]:
        for rule in ("privacy/name/patient-named", "claims/guarantee/outcome",
                     "privacy/case-detail/crowd"):
            out, err, _ = run("--trace", rule, text=draft["text"])
            found = leaks(out + err)
            check(f"--trace {rule} leaks nothing", not found, found)
            told += bool(err)
    check("traces say something", told > 3, told)


def on_terminal(*args, text="", ci=None):
    """What a person sees who runs the program in a terminal."""
    parent, child = pty.openpty()
    env = {k: v for k, v in os.environ.items() if k != "CI"}
    env.update({"CI": ci} if ci else {})
    with subprocess.Popen([PROGRAM, *args], stdin=subprocess.PIPE,
                          stdout=child, stderr=subprocess.DEVNULL,
                          env={**env, "TERM": "dumb"}) as process:
        process.stdin.write(text.encode())
        process.stdin.close()
        os.close(child)
        told = b""
        while True:
            try:
                part = os.read(parent, 65536)
            except OSError:
                break
            if not part:
                break
            told += part
    os.close(parent)
    return told.decode(errors="replace")


def test_terminal():
    shown = sum(bool(leaks(on_terminal(text=d["text"]), d["secrets"]))
                for d in DRAFTS)
    check("a terminal of one's own shows them", shown > len(DRAFTS) * 0.7,
          shown)
    for draft in DRAFTS[:8]:
        found = leaks(on_terminal(text=draft["text"], ci="true"))
        check("a terminal of a build server shows nothing", not found, found)


def main():
    for name, test in sorted(globals().items()):
        if name.startswith("test_"):
            test()
    print(f"{results['passed']} passed, {results['failed']} failed")
    return 1 if results["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
