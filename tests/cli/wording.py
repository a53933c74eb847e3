#!/usr/bin/env python3
"""The words of every rule: short, plain, about the text and not the person,
without law or blame; and every suggestion, filled in, is itself clean.
usage: wording.py PROGRAM"""
import json
import re
import subprocess
import sys
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent.parent
PROGRAM = str(Path(sys.argv[1]).resolve())
# Longest texts that are still read at a glance, in characters.
LONGEST = {"message": 83, "why": 160, "try": 160, "summary": 60}
# Words that blame, threaten or judge the writer.
BLAME = re.compile(
    r"\b(violat\w*|breach\w*|unprofessional\w*|inappropriate\w*|unethical|"
    r"illegal\w*|unlawful|forbidden|offen[cd]\w*|shameful|ashamed|guilty|"
    r"you must|you should know|how dare)\b|!", re.I)
# A law, a code or a regulator: `sources` and explain are the place for these.
LAW = re.compile(
    r"\b(GMC|NMC|GDC|HCPC|GPhC|HIPAA|GDPR|FTC|ASA|CAP|FDA|MHRA|AHPRA|"
    r"law|laws|act|regulations?|code of conduct|section \d+)\b")
# No message may say that anything is safe now.
SAFE = re.compile(r"safe to post|is (now )?(safe|anonymous|anonymised|"
                  r"de-identified)\b|cannot be identified", re.I)
HEDGED = re.compile(r"\b(may|might|can|could|seems?|looks?|reads|add|say|is "
                    r"there|suggests?)\b|\?", re.I)
results = {"passed": 0, "failed": 0}


def check(name, truth, detail=""):
    results["passed" if truth else "failed"] += 1
    if not truth:
        print(f"FAILED {name}: {detail}")


def run(*args, text=""):
    done = subprocess.run([PROGRAM, *args], input=text.encode(),
                          capture_output=True)
    return done.stdout.decode()


def rules():
    for path in sorted((ROOT / "rules").rglob("*.yaml")):
        if path.name == "pack.yaml":
            continue
        data = yaml.load(path.read_text(), yaml.CBaseLoader)
        yield from data.get("rules", [])


def texts_of(rule):
    yield "message", rule["message"]
    yield "why", rule["why"]
    for text in rule["try"]:
        yield "try", text if isinstance(text, str) else text["wording"]


def shown(template):
    """A template as it reads: {name|words} is its words, {name} its name."""
    return re.sub(r"\{[^}|]*\|([^}]*)\}", r"\1",
                  template).replace("{", "").replace("}", "")


def test_length():
    for rule in rules():
        for kind, text in [*texts_of(rule), ("summary", rule["summary"])]:
            size = len(shown(text))
            check(f"{rule['id']}: {kind} is short",
                  size <= LONGEST[kind], f"{size} characters: {text}")


def test_form():
    for rule in rules():
        for kind, text in texts_of(rule):
            name = f"{rule['id']}: {kind}"
            check(f"{name} is a sentence or words to paste", kind == "try" or
                  (re.search(r"[.?][\"')]*$", text) and
                   re.match(r"[A-Z0-9'\"{]", text)), text)
            check(f"{name} has no blanks at its ends and none doubled",
                  text == " ".join(text.split()), text)
        check(f"{rule['id']}: summary has no full stop",
              not rule["summary"].endswith("."), rule["summary"])


def test_tone():
    for rule in rules():
        for kind, text in texts_of(rule):
            plain = re.sub(r"'[^']*'", "", text)  # words that are quoted
            found = BLAME.search(plain)
            check(f"{rule['id']}: {kind} blames nobody", not found, text)
            check(f"{rule['id']}: {kind} never says safe",
                  not SAFE.search(text), text)
        message = rule["message"]
        check(f"{rule['id']}: the message speaks of the text",
              not re.match(r"(You|Your)\b", message), message)
        check(f"{rule['id']}: no law in the message",
              not LAW.search(message), message)
        if rule["level"] == "note" and rule.get("kind") is None:
            check(f"{rule['id']}: a note shows doubt",
                  HEDGED.search(message), message)


def test_support():
    """No telephone number that nobody has checked, and no blame."""
    for rule in rules():
        if rule.get("kind") == "support":
            text = " ".join(t for _, t in texts_of(rule))
            check(f"{rule['id']}: no number", not re.search(r"\d{3}", text),
                  text)


def test_silence():
    """No findings: said so, and that this shows nothing."""
    done = subprocess.run([PROGRAM], input=b"The garden is in bloom.",
                          capture_output=True)
    said = done.stderr.decode()
    check("silence is told with the number of rules",
          re.match(r"No findings \(\d+ rules", said), said)
    check("silence is no approval", "does not show" in said and
          not done.stdout, said)


HELP = ROOT / "rules" / "tables" / "help-lines.tsv"


def test_help_lines():
    """Each line has a source; a number that nobody has tried is not shown."""
    head, *rows = [line.split("\t") for line in
                   HELP.read_text().rstrip("\n").split("\n")]
    check("help lines: columns", head == ["country", "service", "contact",
                                          "about", "source", "checked"], head)
    text = "I want to die."
    for country in sorted({row[0] for row in rows}):
        shown = run("-f", "pretty", "--show", "full", "--jurisdiction",
                    country, text=text)
        for _, service, contact, about, source, checked in [
                row for row in rows if row[0] == country]:
            name = f"help lines: {country} {service}"
            check(f"{name} is named", service in shown and about, shown)
            check(f"{name} has a source", source, source)
            check(f"{name}: a day or nothing", not checked or
                  re.fullmatch(r"\d{4}-\d\d-\d\d", checked), checked)
            check(f"{name}: shown only if checked", not contact or
                  (contact in shown) == bool(checked), shown)
    nowhere = run("-f", "pretty", "--show", "full", text=text)
    check("help lines: no country, no number",
          "emergency number" in nowhere and not re.search(r"\d", nowhere),
          nowhere)


def guided(text, *args):
    done = subprocess.run(
        [PROGRAM, "-f", "json", "--fail-on", "note", *args],
        input=text.encode(), capture_output=True)
    found = json.loads(done.stdout)["files"][0]["findings"]
    return [f["rule"] for f in found], done.returncode


def test_guides():
    guides = [r for r in rules() if r.get("kind") == "guide"]
    check("there are guides", len(guides) >= 12, len(guides))
    listed = run("explain", "guide")
    shown = 0
    for rule in guides:
        name = rule["id"]
        check(f"{name}: at a glance", len(rule["message"]) <= 80,
              rule["message"])
        card = run("explain", name)
        check(f"{name} is listed", name in listed and rule["summary"] in
              listed, listed)
        check(f"{name} has a card", rule["why"] in card and
              rule["try"][0] in card and "note" not in card.split("\n")[0],
              card)
        for text, _ in examples(rule):
            found, status = guided(text)
            if found:
                continue
            found, status = guided(text, "--guide")
            check(f"{name}: one guide, no status", len(found) == 1 and
                  found[0].startswith("guide/") and status == 0,
                  f"{text}: {found} {status}")
            shown += 1
            serious = "NHS no 999 012 3454. " + text
            found, status = guided(serious, "--guide")
            check(f"{name}: silent beside a finding", status == 1 and
                  not [f for f in found if f.startswith("guide/")], found)
    check("guides show", shown > 2 * len(guides), shown)
    found, _ = guided("Corridor care again. I want to die.", "--guide")
    check("no guide for somebody in danger", not [
        f for f in found if f.startswith("guide/")], found)


def examples(rule):
    for example in rule["tests"]["flags"]:
        fields = {} if isinstance(example, str) else example.get("as", {})
        text = example if isinstance(example, str) else example["text"]
        if isinstance(example, str) or "at" not in example:
            text = text.replace("[[", "").replace("]]", "")
        yield text, fields


PROFILE = ("locale", "jurisdiction", "platform", "profession", "account")


def suggestions():
    """(rule, suggestion) as writers see them, filled in from each example."""
    seen = set()
    for rule in rules():
        if rule.get("kind") == "guide":
            continue
        for text, fields in examples(rule):
            args = [f"--{k}={v}" for k, v in fields.items() if k in PROFILE]
            out = run("-f", "json", "--show", "full", "-s", rule["id"], *args,
                      text=text)
            for finding in json.loads(out)["files"][0]["findings"]:
                for words in finding.get("try", []):
                    seen.add((finding["rule"], words))
    return sorted(seen)


def test_suggestions():
    all_of = suggestions()
    check("there are suggestions", len(all_of) > 120, len(all_of))
    records = "\n".join(json.dumps({"text": words}) for _, words in all_of)
    answers = run("batch", text=records + "\n").splitlines()
    for (rule, words), answer in zip(all_of, answers):
        found = [f["rule"] for f in json.loads(answer)["findings"]]
        check(f"{rule}: its suggestion is clean", not found,
              f"{words} -> {found}")


def entries(value):
    """Entries of word lists, wherever they stand in a rule file."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "words" and isinstance(inner, list):
                yield from inner
            else:
                yield from entries(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from entries(inner)


def test_better_words():
    """`phrase => better words`: what is offered is clean too."""
    better = set()
    for path in sorted((ROOT / "rules").rglob("*.yaml")):
        for entry in entries(yaml.load(path.read_text(), yaml.CBaseLoader)):
            if "=>" in entry:
                better.add(entry.split("=>")[1].split("|")[0].strip())
    check("there are better words", len(better) > 10, len(better))
    for words in sorted(better):
        check(f"'{words}' is short", 0 < len(words) <= 60, words)
    sentences = [f"This is about a {words}." for words in sorted(better)]
    answers = run("batch", text="\n".join(
        json.dumps({"text": x}) for x in sentences) + "\n").splitlines()
    for sentence, answer in zip(sentences, answers):
        found = [f["rule"] for f in json.loads(answer)["findings"]]
        check("better words are clean", not found, f"{sentence} -> {found}")


def test_because():
    """Joined to a finding as `here: ...`: part of a sentence."""
    for rule in rules():
        for change in rule.get("adjust", []):
            text = change.get("because", "it")
            check(f"{rule['id']}: because is short and has no full stop",
                  0 < len(text) <= 60 and not re.search(r"[.!]$", text), text)
            check(f"{rule['id']}: because blames nobody",
                  not BLAME.search(text), text)


def main():
    for name, test in list(globals().items()):
        if name.startswith("test_"):
            test()
    print(f"{results['passed']} passed, {results['failed']} failed")
    return 1 if results["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
