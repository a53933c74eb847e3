#!/usr/bin/env python3
"""Settings, allows, locks and the baseline from outside."""
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

PROGRAM = os.path.abspath(sys.argv[1])
NAMED = "privacy/name/patient-named"
CURE = "claims/cure/absolute"
STORY = "My patient Mrs Patel fell."
CLAIM = "Garlic cures asthma."
results = {"passed": 0, "failed": 0}


def check(name, truth, detail=""):
    results["passed" if truth else "failed"] += 1
    if not truth:
        print(f"FAILED {name}: {detail}")


class Folder:
    """A repository of its own, with no settings of the user's."""

    def __init__(self, **files):
        self.held = tempfile.TemporaryDirectory()
        self.top = Path(self.held.name).resolve()
        (self.top / ".git").mkdir()
        (self.top / "home").mkdir()
        for name, text in files.items():
            self.write(name.replace("__", "/").replace("_", "."), text)

    def write(self, name, text):
        path = self.top / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return self

    def settings(self, text, name=".postlint.yaml"):
        return self.write(name, "postlint: 1\n" + text)

    def user(self, text):
        return self.settings(text, "home/postlint/config.yaml")

    def run(self, *args, text=""):
        env = {**os.environ, "NO_COLOR": "1",
               "XDG_CONFIG_HOME": str(self.top / "home")}
        return subprocess.run([PROGRAM, *args], input=text.encode(),
                              cwd=self.top, env=env, capture_output=True)

    def found(self, *args, text=STORY):
        done = self.run("-f", "jsonl", *args, text=text)
        return {(f["rule"], f["level"])
                for f in map(json.loads, done.stdout.splitlines())
                if "error" not in f}

    def rules(self, *args, text=STORY):
        return {rule for rule, _ in self.found(*args, text=text)}


# ---- levels and layers -----------------------------------------------------------

def test_levels():
    f = Folder().settings("rules: {claims/cure: note, privacy: silent}\n")
    found = f.found(text=STORY + " " + CLAIM)
    check("a level of settings", (CURE, "note") in found, found)
    check("silent", not any(r.startswith("privacy") for r, _ in found), found)
    f.settings("rules: {privacy: silent, privacy/name: warning}\n")
    check("the most specific wins", (NAMED, "warning") in f.found(), f.found())
    check("a select that names it wakes it",
          NAMED in f.settings("rules: {privacy: silent}\n")
          .rules("-s", "privacy/name"))


def test_layers():
    f = Folder().user("rules: {claims: silent, privacy/name: note}\n")
    check("the user's file", f.found() >= {(NAMED, "note")}, f.found())
    f.settings("rules: {privacy/name: warning}\n")
    check("the project's lies over it", (NAMED, "warning") in f.found())
    check("and leaves the rest", CURE not in f.rules(text=CLAIM))
    check("--no-config leaves both out",
          (NAMED, "error") in f.found("--no-config"))
    f.settings("rules: {privacy/name: error}\n", "other.yaml")
    check("-c takes the place", (NAMED, "error") in f.found("-c", "other.yaml"))
    f.settings("rules: {privacy/name: note}\n", "deep/er/.postlint.yaml")
    f.write("deep/er/a.txt", STORY).write("deep/a.txt", STORY)
    done = f.run("-f", "jsonl", "deep")
    levels = {(x["file"], x["level"]) for x in map(json.loads,
              done.stdout.splitlines()) if x["rule"] == NAMED}
    check("the nearest counts, file by file",
          levels == {("deep/a.txt", "warning"), ("deep/er/a.txt", "note")},
          levels)
    check("--stdin-filename places a pipe", (NAMED, "note") in
          f.found("--stdin-filename", "deep/er/new.txt"))


def test_stops_at_the_repository():
    f = Folder().settings("rules: {privacy: silent}\n")
    f.write("inner/a.txt", STORY)
    (f.top / "inner/.git").mkdir()
    done = f.run("-f", "compact", "inner/a.txt")
    # Rules of the working folder do not reach into another repository.
    check("settings end at the root of a repository",
          NAMED.encode() in done.stdout, done)


PACK = {"pack.yaml": "{pack: own, version: 0.1.0, licence: CC0-1.0, postlint: "
        "1, summary: Rules of a test, locale: en-GB}",
        "rules.yaml": """postlint: 1
lexicons:
  lodging-guests: {words: [visitor~, lodger; paying guest]}
  lodging-people: {include: [lodging-guests], words: [landlord]}
  loud-shouts: {case: exact, words: [STAT]}
rules:
- {id: privacy/name/guest, summary: A guest, level: error, find: {who: lodging-guests},
   message: "A guest.", why: "It is.", sources: [{body: GMC, title: Guide}],
   try: ["Say less."], tests: {flags: ["a [[visitor]]", "[[lodger]]",
   "[[visitors]]"], passes: ["a", "b", "c"]}}
- {id: conduct/profanity/people, summary: People, level: note,
   find: {who: lodging-people}, message: "People.", why: "It is.",
   sources: [{body: GMC, title: Guide}], try: ["Say less."],
   tests: {flags: ["a [[visitor]]", "[[landlord]]", "[[lodger]]"],
   passes: ["a", "b", "c"]}}
- {id: conduct/stigma/shout, summary: A shout, level: note,
   find: {what: loud-shouts}, message: "Loud.", why: "It is.",
   sources: [{body: GMC, title: Guide}], try: ["Say less."],
   tests: {flags: ["a [[STAT]]", "[[STAT]]", "b [[STAT]]"],
   passes: ["a", "stat", "c"]}}
- {id: disclosure/interest/abroad, summary: Abroad, level: error,
   applies: {jurisdiction: [GB, IE]}, find: {what: {words: [ferry]}},
   message: "A ferry.", why: "It is.", sources: [{body: GMC, title: Guide}],
   try: ["Walk."], tests: {flags: ["a [[ferry]]", "[[ferry]]", "b [[ferry]]"],
   passes: ["a", "b", "c"]}}
"""}


class Own(Folder):
    """With rules of its own and no built-in ones."""

    def __init__(self):
        super().__init__()
        for name, text in PACK.items():
            self.write("pack/" + name, text)

    def settings(self, text, name=".postlint.yaml"):
        packs = "packs: [pack]\n" if name == ".postlint.yaml" else ""
        return super().settings(packs + text, name)

    def run(self, *args, text=""):
        return super().run("--no-builtin", *args, text=text)


def test_profile():
    rule = "disclosure/interest/abroad"
    f = Own().settings("profile: {jurisdiction: [US]}\n")
    check("a rule of other countries", rule not in f.rules(text="ferry"))
    check("an option wins", rule in f.rules("--jurisdiction", "GB",
                                            text="ferry"))
    f.settings("profile: {jurisdiction: [US, UK]}\n")
    check("one of several", rule in f.rules(text="ferry"))
    f = Folder().settings("locked: [disclosure]\nprofile: {jurisdiction: "
                          "[GB]}\n").run("config", "show")
    check("locks are shown", b"locked: disclosure" in f.stdout, f)


def test_paths():
    f = Folder().settings('paths: {"drafts/**": {fail-on: never}, '
                          '"*.old.txt": {fail-on: never}, '
                          '"drafts/final/*": {fail-on: note}}\n')
    for name, status in (("a.txt", 1), ("drafts/a.txt", 0),
                         ("drafts/x/y/a.txt", 0), ("x/a.old.txt", 0),
                         ("drafts/final/a.txt", 1)):
        f.write(name, STORY)
        check(f"{name} gives {status}", f.run(name).returncode == status)
    check("an option wins",
          f.run("--fail-on", "error", "drafts/a.txt").returncode == 1)


# ---- words -------------------------------------------------------------------------

def test_lexicons():
    guest, people = "privacy/name/guest", "conduct/profanity/people"
    f = Own().settings("")
    check("rules of a pack that settings name", f.rules(text="a lodger") ==
          {guest, people}, f.rules(text="a lodger"))
    check("an unknown word is none", not f.rules(text="Our hubster called."))
    f.settings("lexicons: {lodging-guests: {add: [hubster, one of the regulars], "
               "remove: [visitor, lodger]}}\n")
    check("added", f.rules(text="Our hubster called.") ==
          {guest, people},
          f.rules(text="Our hubster called."))
    check("a phrase", f.rules(text="It was one of the regulars") ==
          {guest, people})
    check("removed, with its forms", not f.rules(text="three visitors"))
    check("removed, with its aliases", not f.rules(text="a paying guest"))
    f.settings("lexicons: {lodging-guests: {add: [hubster], remove: [visitor]}}\n"
               "rules: {privacy: silent}\n")
    check("lists that include it hear it", f.rules(text="a hubster") ==
          {people} and not f.rules(text="a visitor"),
          f.rules(text="a hubster"))
    check("and keep their own", f.rules(text="my landlord") == {people})
    f.settings("lexicons: {loud-shouts: {add: [ASAP]}}\n")
    check("exact case", f.rules(text="do it ASAP") == {"conduct/stigma/shout"}
          and not f.rules(text="do it asap"), f.rules(text="do it asap"))
    f.settings("lexicons: {lodging-people: {add: [hubster]}}\n")
    check("a list does not hear those that include it",
          f.rules(text="a hubster") == {people})
    built = Folder().settings("lexicons: {patient-words: {add: [hubster, one of "
                              "our regulars], remove: [client]}}\n")
    for one in ("My hubster Mrs Patel fell.", "One of our regulars, Mrs Patel, "
                "87, fell on her way.", STORY, "Our clients Mrs Jones, 35, and "
                "Mr Smith", "#hubster care"):
        check(f"the gate knows: {one}", built.found(text=one) ==
              built.found("--no-gate", text=one))


# ---- allows ------------------------------------------------------------------------

def test_allow_in_settings():
    allow = "rules: {privacy/name: {allow: [%s]}}\n"
    f = Folder().settings(allow % "{phrase: Mrs Patel, reason: our patron}")
    check("a phrase", NAMED not in f.rules(), f.rules())
    check("and nothing else", NAMED in
          f.rules(text="My patient Mrs Jones fell."))
    f.settings(allow % "{reason: a trial, until: 2999-12-31}")
    check("until a day to come", NAMED not in f.rules())
    f.settings(allow % "{reason: a trial, until: 2020-02-29}")
    done = f.run(text=STORY)
    check("a day that is past", NAMED in f.rules() and
          b".postlint.yaml:2:" in done.stderr and
          b"expired-allow" in done.stderr, done)
    check("-q says nothing", not f.run("-q", text=STORY).stderr)


def test_allow_by_flag():
    f = Folder()
    check("a flag", NAMED not in f.rules("--allow", "privacy/name=consent"))
    done = f.run("--allow", "privacy/name", text=STORY)
    check("a reason is needed", done.returncode == 2 and
          b"reason" in done.stderr, done)
    done = f.run("--allow", "privacy/nome=x", text=STORY)
    check("an unknown rule", done.returncode == 2 and
          b"privacy/name" in done.stderr, done)
    done = f.run("--allow", "conduct=x", text=STORY)
    check("an unused one is told", b"unused-allow" in done.stderr, done)


FRONT = "---\ntitle: a\npostlint: {allow: [%s]}\n---\n\n" + STORY + "\n"


def test_allow_in_front_matter():
    f = Folder()
    for body, told, hidden in (
            ("{rule: privacy, reason: consent}", None, True),
            ("{rule: privacy, reason: consent, until: 2999-01-01}", None, True),
            ("{rule: privacy, reason: x, until: 2020-01-01}", "expired-allow",
             False),
            ("{rule: privacy}", "bad-directive", False),
            ("{rule: privcy, reason: x}", "unknown-rule", False),
            ("{rule: conduct, reason: x}", "unused-allow", False)):
        done = f.run("-f", "compact", "--input", "markdown", text=FRONT % body)
        check(f"front matter {body}",
              (NAMED.encode() not in done.stdout) == hidden and
              (told is None or f"[{told}]".encode() in done.stderr), done)


COMMENT = "First words.\n\n<!-- postlint %s -->\n" + STORY + \
    "\n\nMy patient Mrs Jones fell.\n"


def test_allow_in_comments():
    f = Folder()
    for body, told, count in (
            ("allow privacy: consent", None, 1),
            ("allow privacy/name/patient-named until 2999-01-01: ok", None, 1),
            ("allow privacy until 2020-01-01: ok", "expired-allow", 2),
            ("allow privacy:", "no-reason", 2),
            ("allow privacy", "no-reason", 2),
            ("disable privacy: x", "bad-directive", 2),
            ("allow privacy/nmae: x", "unknown-rule", 2),
            ("allow conduct: x", "unused-allow", 2)):
        for format, text in (("markdown", COMMENT % body),
                             ("html", (COMMENT % body).replace(
                                 STORY, f"<p>{STORY}</p>"))):
            done = f.run("-f", "compact", "--input", format, text=text)
            found = done.stdout.count(NAMED.encode())
            check(f"{format} {body}", found == count and (
                told is None or f"[{told}]".encode() in done.stderr),
                (done, found))
    done = f.run("--input", "markdown",
                 text="Words <!-- postlint allow privacy: x --> more.")
    check("a comment inside a line is told", b"stray-allow" in done.stderr)
    done = f.run("-f", "compact", text="postlint allow privacy: x\n" + STORY)
    check("plain text is warned about and not obeyed",
          b"plain-directive" in done.stderr and NAMED.encode() in done.stdout,
          done)


# ---- locks: each way round ------------------------------------------------------------

def locked(more=""):
    return Folder().settings("locked: [privacy]\n" + more)


WAYS = {
    "--ignore": ["--ignore", "privacy"],
    "--select": ["--select", "conduct"],
    "--level": ["--level", "error"],
    "--allow": ["--allow", "privacy=because"],
    "--fail-on": ["--fail-on", "never"],
    "--no-config": ["--no-config", "--ignore", "privacy"],
    "-c": ["-c", "other.yaml"],
    "--baseline": ["--baseline", "record"],
}


def test_locks_against_flags():
    for way, flags in WAYS.items():
        f = locked().write("record", "")
        f.settings("rules: {privacy: silent}\n", "other.yaml")
        if way == "--baseline":
            done = Folder().write("a.txt", STORY)
            done.run("baseline", "write", "--baseline", "record", "a.txt")
            f.write("record", (done.top / "record").read_text())
            check("the record holds it",
                  "privacy/name" in (done.top / "record").read_text())
            check("which works without a lock", NAMED not in
                  done.rules("--baseline", "record"))
        done = f.run("-f", "compact", *flags, text=STORY)
        check(f"{way} does not silence what is locked",
              NAMED.encode() in done.stdout and done.returncode == 1,
              done)
    pack = ("{pack: e, version: 0.1.0, licence: CC0-1.0, postlint: 1, "
            "summary: s, locale: en-GB}")
    f = locked().write("pack/pack.yaml", pack)
    for flags in (["--rules", "pack"], ["--no-builtin", "--rules", "pack"]):
        done = f.run(*flags, text=STORY)
        check(f"{flags} are refused", done.returncode == 2 and
              b"locked" in done.stderr, done)
    f.write("a.md", STORY)
    done = f.run("--input", "csv", "a.md")
    check("--input is refused", done.returncode == 2, done)
    done = f.run("-f", "compact", "--stdin-filename", "/nowhere/a.txt", "-i",
                 "privacy", text=STORY)
    check("--stdin-filename does not lead away", NAMED.encode() in done.stdout,
          done)


def test_locks_against_posts():
    f = locked()
    done = f.run("-f", "compact", "--input", "markdown",
                 text=FRONT % "{rule: privacy, reason: x}")
    check("front matter", NAMED.encode() in done.stdout and
          b"[locked]" in done.stderr, done)
    done = f.run("-f", "compact", "--input", "markdown",
                 text=COMMENT % "allow privacy: x")
    check("a comment", done.stdout.count(NAMED.encode()) == 2 and
          b"[locked]" in done.stderr, done)


def test_locks_against_other_files():
    f = locked().user("rules: {privacy: silent, privacy/name: {allow: "
                      "[{reason: mine}]}}\nlexicons: {patient-words: "
                      "{remove: [patient]}}\n")
    check("the user's file", (NAMED, "error") in f.found(), f.found())
    f.settings("rules: {privacy: silent}\n", "deep/.postlint.yaml")
    f.write("deep/a.txt", STORY)
    done = f.run("-f", "compact", "deep/a.txt")
    check("nor does a file further down silence it",
          NAMED.encode() in done.stdout, done)
    f.settings("rules: {claims: note}\n", "deep/.postlint.yaml")
    done = f.run("-f", "compact", "-i", "privacy", "deep/a.txt")
    check("a lock further up holds", NAMED.encode() in done.stdout, done)
    f = locked("rules: {privacy/name: {allow: [{phrase: Mrs Patel, reason: "
               "our patron}]}}\n")
    check("the file itself may", NAMED not in f.rules())
    f = locked("baseline: record\n").write("a.txt", STORY)
    done = f.run("baseline", "write", "a.txt")
    check("nothing locked is put on record", done.returncode == 0 and
          b"locked" in done.stderr and
          "privacy" not in (f.top / "record").read_text(), done)
    f = Folder()
    for name, text in PACK.items():
        f.write("pack/" + name, text)
    f.settings("packs: [pack]\nlocked: [disclosure]\nprofile: "
               "{jurisdiction: [GB]}\n")
    check("a profile that is set holds", "disclosure/interest/abroad" in
          f.rules("--jurisdiction", "US", text="ferry"))


# ---- errors ------------------------------------------------------------------------------

def test_errors():
    rows = [
        ("rulez: {}", "2:1", "did you mean 'rules'"),
        ("rules: {claims/cuer: error}", "2:9", "did you mean 'claims/cure'"),
        ("rules: {claims: eror}", "2:17", "error, warning, note or silent"),
        ("rules: {claims: {allow: [{phrase: x}]}}", "2:26", "reason"),
        ("rules: {claims: {allow: [{reason: ''}]}}", "2:35", "empty"),
        ("rules: {claims: {allow: [{reason: x, until: 2027-02-30}]}}", "2:45",
         "write 2027-01-31"),
        ("profile: {platform: mastadon}", "2:21", "did you mean 'mastodon'"),
        ("profile: {jurisdiction: Britain}", "2:25", "two letters"),
        ("lexicons: {patient-word: {add: [x]}}", "2:12",
         "did you mean 'patient-words'"),
        ("lexicons: {patient-words: {remove: [zzz]}}", "2:37", "is not in"),
        ("lexicons: {patient-words: {add: [cure~]}}", "2:34", "plain words"),
        ("locked: [privcy]", "2:10", "did you mean 'privacy'"),
        ("paths: {x: {fail-on: silent}}", "2:22", "never"),
        ("a: &b c", "2:4", ""),
    ]
    for text, place, words in rows:
        done = Folder().settings(text + "\n").run(text=STORY)
        told = done.stderr.decode()
        check(f"{text}: status 2", done.returncode == 2, done)
        check(f"{text}: {place}", f".postlint.yaml:{place}:" in told, told)
        check(f"{text}: {words}", words in told, told)
    done = Folder().write(".postlint.yaml", "rules: {}\n").run(text="x")
    check("the version is needed", b"'postlint'" in done.stderr, done)
    done = Folder().run("-c", "nowhere.yaml", text="x")
    check("no such file", done.returncode == 2, done)


def test_config_command():
    f = Folder()
    check("no settings", b"No settings file" in f.run("config", "path").stderr)
    check("init", f.run("config", "init").returncode == 0)
    check("a first file is right", f.run(text="Tea.").returncode == 0)
    check("and is not written over", f.run("config", "init").returncode == 2)
    f.settings("profile: {account: clinic}\nrules: {claims: note}\n")
    f.user("rules: {claims: error, conduct: silent}\n")
    done = f.run("config", "show").stdout.decode()
    check("show", "profile.account: clinic\t(.postlint.yaml:2)" in done and
          "rules.claims: note\t(.postlint.yaml:3)" in done and
          "rules.conduct: silent\t(home/postlint/config.yaml:2)" in done and
          "claims: error" not in done, done)
    done = f.run("config", "path").stdout.decode()
    check("path", f"project {f.top}/.postlint.yaml" in done and
          f"user {f.top}/home/postlint/config.yaml" in done, done)
    check("commands are named", f.run("config", "edit").returncode == 2)


# ---- the baseline ---------------------------------------------------------------------------

def test_baseline():
    f = Folder().settings("baseline: .postlint-baseline\n")
    old = "My patient Mrs Patel, 87, fell."
    f.write("a.txt", f"{old}\n{CLAIM}\n")
    check("none yet", f.run("a.txt").returncode == 1)
    done = f.run("baseline", "write", "--reason", "printed\tlong\nago", "a.txt")
    record = (f.top / ".postlint-baseline").read_text()
    check("write", done.returncode == 0 and b" new" in done.stderr, done)
    for word in ("Patel", "Garlic", "fell", "a.txt", "patient "):
        check(f"no {word!r} in the record", word not in record, record)
    for line in record.splitlines()[1:]:
        check("a line and nothing else", re.fullmatch(
            r"[a-z/-]+\t[0-9a-f]{16}\t[38]:[0-9a-f]{1,2}\t(note|warning|error)"
            r"\t\d{4}-\d\d-\d\d\tprinted long ago", line), line)
    done = f.run("a.txt")
    check("what is known is not told", done.returncode == 0 and
          not done.stdout and b"on record" in done.stderr, done)
    f.write("a.txt", f"Something new.\n\n{CLAIM}\nMore.\n\n{old}\n")
    check("moved lines are known", f.run("a.txt").returncode == 0)
    f.write("b.txt", old.replace("87", "87 ").replace(" fell", "  fell"))
    check("in another file too", f.run("b.txt").returncode == 0)
    for change in (old.replace("87", "88"), old.replace("87", "36"),
                   old.replace("fell", "died"), old.replace("Patel", "Smith")):
        f.write("a.txt", change)
        told = f.run("-f", "compact", "a.txt").stdout
        check(f"new: {change}", b"error" in told, told)
    f.write("a.txt", f"{old} {old}\n{CLAIM}\n")
    check("twice is once too often", f.run("a.txt").returncode == 1)
    f.write("a.txt", f"{CLAIM}\n")
    done = f.run("baseline", "prune", "a.txt")
    left = (f.top / ".postlint-baseline").read_text()
    check("prune", "claims/cure\t" in left and "privacy/name" not in left and
          b"gone" in done.stderr, (done, left))
    check("show", b" claims/cure " in f.run("baseline", "show").stdout)
    before = left
    f.write("a.txt", f"{CLAIM}\n{old}\n")
    f.run("baseline", "write", "--reason", "another", "a.txt")
    after = (f.top / ".postlint-baseline").read_text()
    check("a line keeps its day and reason", before.splitlines()[1] in
          after and "another" in after, after)
    f.write(".postlint-baseline", "nonsense\n")
    done = f.run("a.txt")
    check("a broken record is an error", done.returncode == 2 and
          b".postlint-baseline:1:1" in done.stderr, done)
    check("one that a flag names must be there",
          f.run("--baseline", "nowhere", "a.txt").returncode == 2)


def test_json_escapes_stay_hidden():
    """Two spellings of one post have one fingerprint."""
    plain = json.dumps({"text": "Today.\nMrs Patel, my patient, fell."})
    escaped = plain.replace("Mrs", "\\u004drs").replace("Patel",
                                                        "P\\u0061tel")
    prints = []
    for text in (plain, escaped):
        done = Folder().run("-f", "jsonl", "--input", "json", text=text)
        prints.append({json.loads(line)["fingerprint"]
                       for line in done.stdout.splitlines()})
    check("one fingerprint", prints[0] and prints[0] == prints[1], prints)


for name, test in list(globals().items()):
    if name.startswith("test_"):
        test()
print(f"settings: {results['passed']} passed, {results['failed']} failed")
sys.exit(1 if results["failed"] else 0)
