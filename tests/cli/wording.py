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
