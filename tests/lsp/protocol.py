#!/usr/bin/env python3
"""The language server from outside: the session's rules, texts kept in step,
diagnostics, actions, settings, and that no frame or log leaks or breaks.
usage: protocol.py PROGRAM"""
import json
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from session import Session, apply, at, edits_of, frame, index, part

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tests/lint"))
from count import check, close  # noqa: E402

PROGRAM = str(Path(sys.argv[1]).resolve())
LINE = "😀 Jose\u0301 says honey cures asthma"
URI = "file:///nowhere/drafts/a%20b.txt"
PULL = {"textDocument": {"diagnostic": {}},
        "workspace": {"diagnostics": {"refreshSupport": True}}}
PARSE, REQUEST, METHOD, PARAMS = -32700, -32600, -32601, -32602
NOT_INITIALIZED, CANCELLED = -32002, -32800


def codes(diagnostics):
    return [d.get("code") for d in diagnostics]


# ---- the session -------------------------------------------------------------

def test_life():
    s = Session(PROGRAM, start=False)
    check("nothing before initialize", s.fails("textDocument/hover", {}) ==
          NOT_INITIALIZED)
    check("shutdown neither", s.fails("shutdown", None) == NOT_INITIALIZED)
    s.tell("textDocument/didOpen", {"textDocument": {"uri": URI, "text": LINE}})
    s.ask("initialize", {"capabilities": {}})
    check("a text before initialize is dropped",
          s.fails("textDocument/hover", {"textDocument": {"uri": URI},
                                         "position": at(0, 0)["start"]})
          == PARAMS)
    check("one initialize", s.fails("initialize", {"capabilities": {}}) ==
          REQUEST)
    check("an unknown request", s.fails("textDocument/rename", {}) == METHOD)
    check("an unknown $/ request", s.fails("$/unknown", {}) == METHOD)
    check("a notification as a request",
          s.fails("textDocument/didSave", {}) == METHOD)
    s.tell("$/unknown", {})
    s.tell("window/unknown", [1])
    s.tell("shutdown", None)
    check("shutdown is a request", s.ask("shutdown", None) is None)
    check("nothing after shutdown", s.fails("textDocument/hover", {}) ==
          REQUEST)
    s.tell("exit", None)
    check("exit after shutdown gives 0", s.process.wait(10) == 0)
    check("nothing on standard error", s.errors == b"", s.errors)
    s = Session(PROGRAM)
    s.tell("exit", None)
    check("exit without shutdown gives 1", s.process.wait(10) == 1)
    check("an editor that is gone gives 1",
          Session(PROGRAM).end(polite=False) == 1)
    check("--stdio is accepted", Session(PROGRAM, "--stdio").end() == 0)
    done = subprocess.run([PROGRAM, "lsp", "--stdin"], input=b"",
                          capture_output=True)
    check("another flag is not", done.returncode == 2 and not done.stdout)
    done = subprocess.run([PROGRAM, "lsp", "draft.txt"], input=b"",
                          capture_output=True)
    check("nor a file", done.returncode == 2)


def test_encodings():
    for listed, unit in ((None, "utf-16"), (["utf-16"], "utf-16"),
                         (["utf-32", "utf-16"], "utf-16"),
                         (["utf-16", "utf-8"], "utf-8")):
        s = Session(PROGRAM, capabilities={
            "general": {"positionEncodings": listed}} if listed else
            {"general": {"positionEncodings": []}})
        told = s.started["capabilities"].get("positionEncoding")
        check(f"{listed}: the encoding", told == unit, told)
        s.open(URI, LINE)
        found = s.published(URI)
        check(f"{listed}: the right words are underlined",
              part(LINE, found[0]["range"], unit) == "honey cures asthma",
              found)
        s.end()
    s = Session(PROGRAM, start=False)
    started = s.ask("initialize", {"capabilities": {}})
    check("an older client is told no encoding",
          "positionEncoding" not in started["capabilities"])
    s.end()


def test_lines():
    text = f"first\r\nsecond\r{LINE}\nlast"
    s = Session(PROGRAM)
    s.open(URI, text)
    span = s.published(URI)[0]["range"]
    check("CRLF, CR and LF end a line", span["start"]["line"] == 2, span)
    check("columns begin anew", part(LINE, {
        k: {**v, "line": 0} for k, v in span.items()}) ==
        "honey cures asthma", span)
    s.end()


# ---- texts in step -----------------------------------------------------------

def test_sync():
    """Random edits: after each the server must see what the editor sees."""
    rng = random.Random(8)
    for unit in ("utf-16", "utf-8"):
        s = Session(PROGRAM, capabilities={
            "general": {"positionEncodings": [unit]}, **PULL})
        text = "one\n😀 two\n\ne\u0301nd"
        s.open(URI, text)
        pieces = ["a", "😀", "e\u0301", "\n", "", "honey cures asthma",
                  "\n\n", "\u4e2d"]
        for version in range(2, 120):
            edits, more = [], rng.randrange(1, 3)
            for _ in range(more):
                beg = rng.randrange(len(text) + 1)
                end = min(len(text), beg + rng.randrange(4))
                # An editor does not cut a combining mark's base off, but may.
                new = rng.choice(pieces)
                edits.append({"range": {"start": place(text, beg, unit),
                                        "end": place(text, end, unit)},
                              "text": new})
                text = text[:beg] + new + text[end:]
            if version % 40 == 0:
                text = f"whole again {version}\n😀"
                edits = [{"text": text}]
            s.change(URI, version, *edits)
        text += "\n" + LINE
        s.change(URI, 120, {"range": {
            "start": place(text, len(text), unit, clamp=True),
            "end": {"line": 10 ** 6, "character": 10 ** 9}}, "text": ""})
        tail = "\n" + LINE
        end = place(text[:-len(tail)], len(text) - len(tail), unit)
        s.change(URI, 121, {"range": {"start": end, "end": end}, "text": tail})
        found = s.pulled(URI)["items"]
        spans = [part(text, d["range"], unit) for d in found
                 if d["range"]["start"]["line"] == text.count("\n")]
        check(f"{unit}: the text is the editor's after 120 versions",
              spans == ["honey cures asthma"], (text, found))
        # A hover far outside is answered, too.
        check("a position past the end is its end", s.ask(
            "textDocument/hover", {"textDocument": {"uri": URI}, "position": {
                "line": 9999, "character": 9999}}) is not None)
        s.end()


def place(text, at_index, unit, clamp=False):
    before = text[:at_index] if not clamp else text
    line = before.count("\n")
    tail = before[before.rfind("\n") + 1:]
    return {"line": line, "character": len(tail.encode("utf-8"))
            if unit == "utf-8" else len(tail.encode("utf-16-le")) // 2}


def test_push():
    s = Session(PROGRAM)
    check("who does not pull is not told of pulling",
          "diagnosticProvider" not in s.started["capabilities"])
    s.open(URI, "No, honey does not cure asthma.", version=7)
    check("silence is published, with the version",
          s.published(URI, 7) == [])
    s.change(URI, 8, {"text": LINE})
    check("found after a change", codes(s.published(URI, 8)) ==
          ["claims/cure/absolute"])
    s.tell("textDocument/didClose", {"textDocument": {"uri": URI}})
    check("closed, its findings go", s.published(URI) == [])
    check("and it is not known any more",
          s.fails("textDocument/codeAction", {
              "textDocument": {"uri": URI}, "range": at(0, 0)}) == PARAMS)
    # A burst of changes in one write is judged once, in its last version.
    s.open(URI, LINE)
    s.published(URI, 1)
    s.send(b"".join(frame({
        "jsonrpc": "2.0", "method": "textDocument/didChange", "params": {
            "textDocument": {"uri": URI, "version": v},
            "contentChanges": [{"text": "a" * v}]}}) for v in range(2, 60)))
    versions = []
    while not versions or versions[-1] != 59:
        params = s.next("textDocument/publishDiagnostics")
        versions.append(params["version"])
    check("a burst is not judged piece by piece", len(versions) < 20, versions)
    s.end()


def test_pull():
    s = Session(PROGRAM, capabilities=PULL)
    check("who pulls is told so", s.started["capabilities"].get(
        "diagnosticProvider", {}).get("identifier") == "postlint")
    s.open(URI, LINE)
    first = s.pulled(URI)
    check("pulled", first["kind"] == "full" and codes(first["items"]) ==
          ["claims/cure/absolute"], first)
    again = s.ask("textDocument/diagnostic", {
        "textDocument": {"uri": URI},
        "previousResultId": first["resultId"]})
    check("the same again is not sent again", again == {
        "kind": "unchanged", "resultId": first["resultId"]}, again)
    s.change(URI, 2, {"text": "Nice weather"})
    clean = s.ask("textDocument/diagnostic", {
        "textDocument": {"uri": URI},
        "previousResultId": first["resultId"]})
    check("cleared", clean["kind"] == "full" and clean["items"] == [], clean)
    s.tell("workspace/didChangeConfiguration",
           {"settings": {"postlint": {"level": "error"}}})
    s.next("workspace/diagnostic/refresh")
    check("a changed setting asks for a pull", s.request is not None)
    s.change(URI, 3, {"text": LINE})
    check("and holds", s.pulled(URI)["items"] == [])
    s.ask("shutdown", None)
    check("nothing was pushed", b"publishDiagnostics" not in s.raw)
    s.tell("exit", None)


# ---- diagnostics ---------------------------------------------------------------

def test_diagnostic():
    s = Session(PROGRAM, "--docs", "https://docs.example/rules.html")
    s.open(URI, LINE)
    found = s.published(URI)[0]
    check("severity of a warning", found["severity"] == 2, found)
    check("source", found["source"] == "postlint")
    check("message and reason", re.match(
        r"This reads as a promise .*asthma\.\n\w.*\.$", found["message"]),
        found)
    check("link to the rule", found["codeDescription"]["href"] ==
          "https://docs.example/rules.html#claims/cure/absolute", found)
    check("data holds a stable name", re.fullmatch(
        "[0-9a-f]{16}", found["data"]["fingerprint"]), found)
    s.change(URI, 2, {"text": "\n\n" + LINE})
    moved = s.published(URI, 2)[0]
    check("which moves with the line", moved["data"] == found["data"])
    s.change(URI, 3, {"text": "My patient Mrs Patel, 87, broke her hip in "
                              "Leeds today. NHS 999 012 3454. Cancer."})
    found = s.published(URI, 3)
    text = json.dumps(found)
    check("levels", {d["severity"] for d in found} >= {1}, found)
    check("no identifier is sent", not re.search(
        r"Patel|999 012|\b87\b|Leeds", text), text)
    related = [d for d in found if "relatedInformation" in d]
    check("the details of a combination", related and len(
        related[0]["relatedInformation"]) >= 3, found)
    line = ("My patient Mrs Patel, 87, broke her hip in Leeds today. NHS 999 "
            "012 3454. Cancer.")
    places = {r["message"].split(" ")[0]:
              part(line, r["location"]["range"])
              for r in related[0]["relatedInformation"]}
    check("are where they are", places.get("age") == "87" and
          places.get("place") == "Leeds" and places.get("time") == "today",
          places)
    check("in this text", all(r["location"]["uri"] == URI for r in
                              related[0]["relatedInformation"]))
    s.end()
    s = Session(PROGRAM, "--docs", "https://docs.example/", capabilities={
        "textDocument": {"publishDiagnostics": {
            "relatedInformation": False, "codeDescriptionSupport": False,
            "dataSupport": False}}})
    s.open(URI, line)
    keys = {k for d in s.published(URI) for k in d}
    check("an editor gets what it can show", keys == {
        "range", "severity", "code", "source", "message"}, keys)
    s.end()


def test_support():
    """The author may be in danger: a hint, and no rule to be counted by."""
    s = Session(PROGRAM)
    s.open(URI, "I want to die and I still have 6 letters to write")
    found = s.published(URI)
    hints = [d for d in found if d["severity"] == 4]
    check("support is a hint", len(hints) == 1, found)
    check("without a rule id", hints and not {"code", "data"} & set(hints[0]))
    menu = s.actions(URI, hints[0]["range"])
    check("nor in the menu", "self-harm" not in json.dumps(menu), menu)
    shown = s.ask("textDocument/hover", {
        "textDocument": {"uri": URI},
        "position": hints[0]["range"]["start"]})
    check("nor in the hover", shown and "conduct/" not in json.dumps(shown),
          shown)
    s.end()


def test_foreign():
    s = Session(PROGRAM)
    s.open(URI, "Heute kam eine neue Kollegin und wir haben lange "
                "miteinander gesprochen")
    found = s.published(URI)
    check("a post that is not English is told of", any(
        d["severity"] == 4 and "English" in d["message"] for d in found),
        found)
    s.end()


def test_too_large():
    s = Session(PROGRAM)
    s.open(URI, ("I am fine. " * 30 + "\n") * 4000)
    found = s.published(URI)
    check("what cannot be judged is said", any(
        d["severity"] == 1 and "judged" in d["message"] for d in found),
        json.dumps(found)[:300])
    s.end()


def test_markdown():
    s = Session(PROGRAM)
    text = "# A day\n\n![Honey cures asthma](a.png)\n\n**Garlic** cures covid.\n"
    s.open("file:///d/post.md", text, language="markdown")
    found = s.published("file:///d/post.md")
    check("Markdown is read as Markdown", [part(text, d["range"]) for d in
                                           found if "cure" in d["code"]] ==
          ["Honey cures asthma", "Garlic** cures covid"], found)
    s.end()


def test_records():
    """Files of many posts: places count in the file, escapes and all."""
    s = Session(PROGRAM)
    text = ('[{"text": "\\ud83d\\ude00 honey cures asthma"},\n'
            ' {"text": "Nice"}, {"text": "\\u0047arlic cures covid"}]\n')
    s.open("file:///d/posts.json", text, language="json")
    found = s.published("file:///d/posts.json")
    check("each record is judged", [part(text, d["range"]) for d in found] ==
          ["honey cures asthma", "\\u0047arlic cures covid"], found)
    check("no fix is offered that would have to be quoted", not any(
        "edit" in a for a in s.actions("file:///d/posts.json",
                                       found[0]["range"])))
    s.open("file:///d/package.json", '{"name": "x"}', language="json")
    check("JSON that holds no posts is left alone",
          s.published("file:///d/package.json") == [])
    text = '[{"text": "honey cures asthma"}, {"text": "half'
    s.open("file:///d/half.json", text, language="json")
    found = s.published("file:///d/half.json")
    check("what cannot be read is said, in its place", found and
          found[0]["severity"] == 1 and "judged" in found[0]["message"], found)
    s.end()


# ---- what can be done -------------------------------------------------------------

def test_fixes():
    s = Session(PROGRAM)
    s.open(URI, LINE)
    found = s.published(URI)
    menu = s.actions(URI, found[0]["range"])
    fix = menu[0]
    check("the safer wording is a fix", fix["title"].startswith("Reword:") and
          fix["kind"] == "quickfix" and fix["isPreferred"] is True, menu)
    check("it names its finding", fix["diagnostics"] == found, fix)
    changed = fix["edit"]["documentChanges"][0]["textDocument"]
    check("for this version", changed == {"uri": URI, "version": 1}, changed)
    text = apply(LINE, edits_of(fix["edit"]))
    check("what it writes", text == "😀 Jose\u0301 says no good evidence shows "
          "that honey cures asthma", text)
    s.change(URI, 2, {"text": text})
    check("it clears the finding", s.published(URI, 2) == [])
    check("advice is no fix", not any(
        "link one" in json.dumps(a.get("edit", "")) for a in menu))
    check("a place without findings has none", s.actions(URI, at(0, 0)) == [])
    s.change(URI, 3, {"text": LINE})
    check("only source actions", s.actions(URI, at(0, 13, 31), ["source"])
          == [])
    check("only refactorings", s.actions(URI, at(0, 13, 31), ["refactor"])
          == [])
    check("only quickfix", [a["title"].split()[0] for a in s.actions(
        URI, at(0, 20), ["quickfix"])] == ["Reword:", "Allow", "Explain"])
    text = "Garlic cures covid. Really."
    s.change(URI, 4, {"text": text})
    fix = s.actions(URI, at(0, 0, 3))[0]
    check("a wording at the head of a sentence has a capital",
          apply(text, edits_of(fix["edit"])).startswith("No good evidence"),
          fix)
    s.end()
    s = Session(PROGRAM, capabilities={
        "textDocument": {"codeAction": {"isPreferredSupport": False}},
        "workspace": {"workspaceEdit": {"documentChanges": False}}})
    s.open(URI, LINE)
    fix = s.actions(URI, at(0, 20))[0]
    check("plain changes where versions are unknown",
          list(fix["edit"]) == ["changes"] and list(fix["edit"]["changes"])
          == [URI] and "isPreferred" not in fix, fix)
    s.end()


def test_commands_only():
    """An editor without code action literals gets commands, and sends them."""
    s = Session(PROGRAM, capabilities={"textDocument": {"codeAction": {
        "codeActionLiteralSupport": None}}})
    s.open(URI, LINE)
    menu = s.actions(URI, at(0, 20))
    check("commands alone", all(set(a) == {"title", "command", "arguments"}
                                for a in menu) and menu, menu)
    result = s.ask("workspace/executeCommand", {
        "command": menu[0]["command"], "arguments": menu[0]["arguments"]})
    params = s.next("workspace/applyEdit")
    check("the edit comes back to be applied", result is None and
          params == {"edit": menu[0]["arguments"][0]}, params)
    s.send(frame({"jsonrpc": "2.0", "id": s.request,
                  "result": {"applied": True}}))
    s.end()


PACK = """pack: ours
version: 0.1.0
licence: CC0-1.0
postlint: 1
summary: "A pack of the tests"
"""
RULES = """postlint: 1
rules:
- id: disclosure/organisation/old-name
  summary: The old name of the hospital
  level: warning
  find:
    old: {words: [st elsewhere => New General, old infirmary => New General]}
  message: "'{old}' is called New General now."
  why: "One name for all of us."
  sources: [{body: Us, title: Handbook}]
  try: ["{old.better}", {wording: "Come and see us at New General."}]
  edit: {old: "{old.better}"}
  safe-edit: true
  tests:
    flags: ["Queue at [[St Elsewhere]]", "The [[old infirmary]] cafe", "[[St Elsewhere]] again"]
    passes: ["New General", "An old house", "Somewhere else"]
- id: disclosure/organisation/nickname
  summary: The nickname of the hospital
  level: warning
  find:
    nick: {words: [the zoo => New General]}
  message: "'{nick}' is a nickname."
  why: "It may wound."
  sources: [{body: Us, title: Handbook}]
  try: ["{nick.better}"]
  edit: {nick: "{nick.better}"}
  tests:
    flags: ["Off to [[the zoo]]", "At [[the zoo]] again", "Love [[the zoo]]"]
    passes: ["A zoo", "Two zoos", "Zoology"]
"""


def write_pack(folder, rules=RULES):
    folder = Path(folder)
    folder.mkdir(exist_ok=True)
    (folder / "pack.yaml").write_text(PACK)
    (folder / "ours.yaml").write_text(rules)
    return folder


def test_fix_all():
    with tempfile.TemporaryDirectory() as tmp:
        pack = write_pack(Path(tmp) / "pack")
        s = Session(PROGRAM, "--rules", str(pack), "--no-builtin")
        text = "😀 St Elsewhere\nand the zoo, and the old infirmary. Bye."
        s.open(URI, text)
        check("three findings", len(s.published(URI)) == 3)
        menu = s.actions(URI, at(0, 0, 0), ["source.fixAll"])
        check("fixAll", [a["kind"] for a in menu] ==
              ["source.fixAll.postlint"], menu)
        fixed = apply(text, edits_of(menu[0]["edit"]))
        check("only edits marked safe", fixed == "😀 New General\nand the "
              "zoo, and the New General. Bye.", fixed)
        check("its own kind asks for it too", len(s.actions(
            URI, at(0, 0), ["source.fixAll.postlint"])) == 1)
        menu = s.actions(URI, at(1, 5), ["quickfix"])
        fixed = apply(text, edits_of(menu[0]["edit"]))
        check("the others one by one", "and New General, and the old" in fixed,
              menu)
        menu = s.actions(URI, at(0, 4), ["quickfix"])
        whole = [apply(text, edits_of(a["edit"])) for a in menu
                 if a["title"].startswith("Reword")]
        check("a wording that is a sentence takes the sentence's place",
              whole and whole[0].startswith("😀 Come and see us at New General.\n")
              or whole and whole[0].startswith("Come and see us"), whole)
        check("the edit is preferred, the wording is not", [
            a.get("isPreferred", False) for a in menu][:2] == [True, False],
            menu)
        s.change(URI, 2, {"text": "Nothing here"})
        s.published(URI, 2)
        check("nothing to fix", s.actions(URI, at(0, 0), ["source"]) == [])
        s.end()


def test_every_fix():
    """Whatever the built-in rules offer in place of what they found in their own
    examples is silent there afterwards."""
    done = subprocess.run([PROGRAM, "rules", "list"], capture_output=True,
                          text=True)
    ids = [line.split()[1] for line in done.stdout.splitlines()]
    s = Session(PROGRAM, capabilities=PULL)
    tried, version = 0, 1
    s.open(URI, "")
    for example in examples():
        version += 1
        s.change(URI, version, {"text": example})
        end = {"line": 10 ** 6, "character": 0}
        for action in s.actions(URI, {"start": at(0, 0)["start"], "end": end},
                                ["quickfix"]):
            if "edit" not in action:
                continue
            rule = action["diagnostics"][0]["code"]
            spans = len([d for d in s.pulled(URI)["items"]
                         if d.get("code") == rule])
            version += 1
            s.change(URI, version, {"text": apply(
                example, edits_of(action["edit"]))})
            after = len([d for d in s.pulled(URI)["items"]
                         if d.get("code") == rule])
            check(f"a fix of {rule} mends", after < spans, example)
            check("of a known rule", rule in ids)
            tried += 1
            version += 1
            s.change(URI, version, {"text": example})
    check("fixes were tried", tried > 5, tried)
    s.end()


def examples():
    import yaml
    for path in sorted((ROOT / "rules").rglob("*.yaml")):
        data = yaml.load(path.read_text(), yaml.CBaseLoader)
        for rule in data.get("rules", []):
            if "edit" not in rule and not any(
                    isinstance(t, dict) for t in rule["try"]):
                continue
            for one in rule["tests"]["flags"]:
                text = one if isinstance(one, str) else one["text"]
                if isinstance(one, dict) and ("as" in one or "at" in one):
                    continue
                yield text.replace("[[", "").replace("]]", "")


def test_hover():
    s = Session(PROGRAM)
    s.open(URI, LINE)
    found = s.published(URI)[0]
    shown = s.ask("textDocument/hover", {"textDocument": {"uri": URI},
                                         "position": found["range"]["start"]})
    text = shown["contents"]["value"]
    check("Markdown", shown["contents"]["kind"] == "markdown")
    check("the range", shown["range"] == found["range"])
    for what in ("promise", "trial evidence", "Instead", "link one", "GMC",
                 "`claims/cure/absolute`"):
        check(f"a hover tells {what}", what in text, text)
    check("no hover elsewhere", s.ask("textDocument/hover", {
        "textDocument": {"uri": URI}, "position": at(0, 1)["start"]}) is None)
    s.end()
    s = Session(PROGRAM, capabilities={"textDocument": {"hover": {
        "contentFormat": ["plaintext"]}}})
    s.open(URI, LINE)
    shown = s.ask("textDocument/hover", {"textDocument": {"uri": URI},
                                         "position": at(0, 20)["start"]})
    check("plain text where that is asked for",
          shown["contents"]["kind"] == "plaintext" and
          "**" not in shown["contents"]["value"], shown)
    s.end()


def test_commands():
    s = Session(PROGRAM)
    told = s.ask("workspace/executeCommand", {
        "command": "postlint.explain", "arguments": ["claims/cure/absolute"]})
    shown = s.next("window/showMessage")
    check("explained", "GMC" in told and shown["message"] == told, told)
    for bad in ({"command": "postlint.unknown"}, {}, {
            "command": "postlint.explain", "arguments": ["no/such/rule"]}, {
            "command": "postlint.explain", "arguments": 3}, {
            "command": "postlint.apply", "arguments": ["rm -rf"]}):
        check(f"refused: {bad}",
              s.fails("workspace/executeCommand", bad) == PARAMS)
    s.open(URI, LINE)
    s.published(URI)
    check("reload", s.ask("workspace/executeCommand", {
        "command": "postlint.reload"}) is None)
    check("judges anew", codes(s.published(URI)) == ["claims/cure/absolute"])
    s.end()


# ---- settings -----------------------------------------------------------------------

DOSE = "Take 400mg now love"


def test_settings():
    s = Session(PROGRAM, initializationOptions={"level": "error"})
    s.open(URI, LINE)
    check("level from the options", s.published(URI) == [])
    s.tell("workspace/didChangeConfiguration",
           {"settings": {"postlint": {"level": "note"}}})
    check("level from the settings", codes(s.published(URI)) ==
          ["claims/cure/absolute"])
    s.tell("workspace/didChangeConfiguration",
           {"settings": {"ignore": ["claims"]}})
    check("rules left out; the options hold again", s.published(URI) == [])
    s.tell("workspace/didChangeConfiguration", {"settings": {
        "postlint": {"ignore": ["claims"], "select": ["claims/cure"],
                     "level": "warning"}}})
    check("the most specific wins", codes(s.published(URI)) ==
          ["claims/cure/absolute"])
    s.tell("workspace/didChangeConfiguration", {"settings": {"postlint": {
        "profile": {"platform": "facebok"}, "level": 3, "select": "x"}}})
    shown = s.next("window/showMessage")["message"]
    check("a wrong setting is said", "did you mean facebook" in shown and
          "'level'" in shown and "'select'" in shown, shown)
    s.end()
    with tempfile.TemporaryDirectory() as tmp:
        rules = RULES.replace("  find:\n    old", "  applies: {jurisdiction: "
                              "[GB], account: [clinic]}\n  find:\n    old")
        write_pack(Path(tmp) / "pack", rules)
        s = Session(PROGRAM, rootUri=Path(tmp).as_uri(), initializationOptions={
            "rules": ["pack"], "builtin": False,
            "profile": {"jurisdiction": "UK", "account": "clinic"}})
        s.open(URI, "St Elsewhere")
        check("profile and packs from the options", codes(s.published(URI)) ==
              ["disclosure/organisation/old-name"])
        s.tell("workspace/didChangeConfiguration", {"settings": {
            "postlint": {"profile": {"jurisdiction": "IE"}}}})
        check("profile from the settings", s.published(URI) == [])
        s.end()


def test_asked_settings():
    """An editor that answers workspace/configuration is asked."""
    s = Session(PROGRAM, capabilities={"workspace": {"configuration": True}})
    params = s.next("workspace/configuration")
    check("the section", params == {"items": [{"section": "postlint"}]},
          params)
    s.send(frame({"jsonrpc": "2.0", "id": s.request,
                  "result": [{"level": "error"}]}))
    s.open(URI, LINE)
    check("what it answers holds", s.published(URI) == [])
    s.tell("workspace/didChangeConfiguration", {"settings": None})
    s.next("workspace/configuration")
    s.send(frame({"jsonrpc": "2.0", "id": s.request, "result": [None]}))
    check("asked again after a change", codes(s.published(URI)) ==
          ["claims/cure/absolute"])
    s.end()


def test_reload():
    with tempfile.TemporaryDirectory() as tmp:
        pack = write_pack(Path(tmp) / "pack")
        s = Session(PROGRAM, "--rules", str(pack), "--no-builtin", capabilities={
            "workspace": {"didChangeWatchedFiles": {
                "dynamicRegistration": True}}})
        params = s.next("client/registerCapability")
        globs = json.dumps(params)
        check("files are watched", "**/.postlint.yaml" in globs and
              "yaml" in globs, params)
        s.send(frame({"jsonrpc": "2.0", "id": s.request, "result": None}))
        s.open(URI, "St Elsewhere and the new name")
        check("before", len(s.published(URI)) == 1)
        (pack / "ours.yaml").write_text(RULES.replace(
            "the zoo => New General", "the new name => New General")
            .replace("[[the zoo]]", "[[the new name]]"))
        s.tell("workspace/didChangeWatchedFiles", {"changes": [
            {"uri": (pack / "ours.yaml").as_uri(), "type": 2}]})
        check("changed rules hold", len(s.published(URI)) == 2)
        (pack / "ours.yaml").write_text("postlint: 1\nrulez: []\n")
        s.tell("textDocument/didSave", {"textDocument": {"uri": URI}})
        found = s.published(URI)
        check("no post is judged by part of a pack", len(found) == 1 and
              "judged" in found[0]["message"] and found[0]["severity"] == 1,
              found)
        write_pack(pack)
        s.tell("textDocument/didSave", {"textDocument": {"uri": URI}})
        check("mended", len(s.published(URI)) == 1)
        s.end()


# ---- settings files ------------------------------------------------------------------

class Repo:
    """A folder with a .git, drafts in it, and settings."""

    def __enter__(self):
        self.tmp = tempfile.TemporaryDirectory()
        self.root = Path(self.tmp.name).resolve()
        (self.root / ".git").mkdir()
        (self.root / "drafts").mkdir()
        self.settings = self.root / ".postlint.yaml"
        self.uri = (self.root / "drafts/a.txt").as_uri()
        self.env = {**os.environ, "HOME": str(self.root / "home"),
                    "XDG_CONFIG_HOME": str(self.root / "home")}
        return self

    def __exit__(self, *_):
        self.tmp.cleanup()

    def session(self, *options, **params):
        return Session(PROGRAM, *options, env=self.env,
                       rootUri=self.root.as_uri(), **params)


def test_folder_settings():
    with Repo() as r:
        r.settings.write_text("postlint: 1\nrules: {claims/cure: error}\n")
        other = r.root / "other"
        other.mkdir()
        (other / ".postlint.yaml").write_text(
            "postlint: 1\nrules: {claims: silent}\n")
        s = r.session()
        s.open(r.uri, LINE)
        check("a level of the folder", [d["severity"] for d in
                                        s.published(r.uri)] == [1])
        uri = (other / "b.txt").as_uri()
        s.open(uri, LINE)
        check("another folder, other settings", s.published(uri) == [])
        r.settings.write_text("postlint: 1\nrules: {claims: silent}\n")
        s.tell("workspace/didChangeWatchedFiles", {"changes": [
            {"uri": r.settings.as_uri(), "type": 2}]})
        check("changed settings hold", s.published(r.uri) == [])
        r.settings.write_text("postlint: 1\nrulez: {}\n")
        s.tell("textDocument/didSave", {"textDocument": {"uri": r.uri}})
        found = s.published(r.uri)
        check("broken settings are told at the draft", len(found) == 1 and
              found[0]["severity"] == 1 and "rulez" in found[0]["message"] and
              "postlint.yaml:2" in found[0]["message"], found)
        r.settings.unlink()
        s.tell("textDocument/didSave", {"textDocument": {"uri": r.uri}})
        check("without settings again", [d["severity"] for d in
                                         s.published(r.uri)] == [2])
        s.end()
        r.settings.write_text("postlint: 1\nrules: {claims: silent}\n")
        s = r.session("--no-config")
        s.open(r.uri, LINE)
        check("--no-config", len(s.published(r.uri)) == 1)
        s.end()
        s = r.session("-c", str(other / ".postlint.yaml"))
        s.open(r.uri, LINE)
        check("--config", s.published(r.uri) == [])
        s.end()


def test_folder_profile():
    with Repo() as r:
        rules = RULES.replace("  find:\n    old", "  applies: {jurisdiction: "
                              "[GB]}\n  find:\n    old")
        write_pack(r.root / "pack", rules)
        r.settings.write_text("postlint: 1\npacks: [pack]\n"
                              "profile: {jurisdiction: GB}\n")
        s = r.session("--no-builtin", initializationOptions={
            "profile": {"jurisdiction": "IE"}})
        s.open(r.uri, "St Elsewhere")
        check("packs and profile of the folder win", len(s.published(r.uri))
              == 1)
        r.settings.write_text("postlint: 1\npacks: [pack]\n")
        s.tell("textDocument/didSave", {"textDocument": {"uri": r.uri}})
        check("the editor's hold where it says none",
              s.published(r.uri) == [])
        s.end()


def test_locked():
    with Repo() as r:
        r.settings.write_text("postlint: 1\nlocked: [claims]\n")
        s = r.session(initializationOptions={"level": "error"})
        s.open(r.uri, LINE)
        check("what is locked is told whatever the level",
              len(s.published(r.uri)) == 1)
        s.tell("workspace/didChangeConfiguration", {"settings": {
            "postlint": {"builtin": False}}})
        found = s.published(r.uri)
        check("nor can the rules be taken away", len(found) == 1 and
              "locked" in found[0]["message"], found)
        s.end()


def test_settings_file():
    """The settings file itself, being written."""
    with Repo() as r:
        good = "postlint: 1\nrules:\n  claims/cure: error\n"
        r.settings.write_text(good)
        uri = r.settings.as_uri()
        s = r.session()
        s.open(uri, good, language="yaml")
        check("good settings are silent", s.published(uri) == [])
        text = good.replace("claims/cure", "claims/cured")
        s.change(uri, 2, {"text": text})
        found = s.published(uri, 2)
        check("an unknown rule, at its place", len(found) == 1 and part(
            text, found[0]["range"]).startswith("claims/cured") and
            found[0]["severity"] == 1, found)
        text = good.replace("error", "eror")
        s.change(uri, 3, {"text": text})
        found = s.published(uri, 3)
        check("an unknown level, at its place", len(found) == 1 and
              part(text, found[0]["range"]).startswith("eror"), found)
        s.change(uri, 4, {"text": good})
        check("mended", s.published(uri, 4) == [])
        s.end()


def test_allow():
    """Accepted in .postlint.yaml: asked for a reason, an edit that the editor
    writes, and the finding goes."""
    import yaml
    texts = {
        "none": None,
        "empty": "",
        "comments": "# ours\n",
        "no rules": "postlint: 1\nprofile: {account: clinic}",
        "flow": "{postlint: 1}\n",
        "flow rules": "postlint: 1\nrules: {conduct: note}\n",
        "empty rules": "postlint: 1\nrules: {}\n",
        "block rules": "postlint: 1\nrules:\n  # why\n  conduct: note  # ok\n",
        "a level": "postlint: 1\nrules:\n  claims/cure/absolute: error\n",
        "a map": "postlint: 1\nrules:\n  claims/cure/absolute:\n"
                 "    level: error\n  conduct: note\n",
        "a flow map": "postlint: 1\nrules:\n"
                      "  claims/cure/absolute: {level: error}\n",
        "a list": "postlint: 1\nrules:\n  claims/cure/absolute:\n"
                  "    allow:\n    - {phrase: zinc, reason: old}\n",
        "a flow list": "postlint: 1\nrules: {claims/cure/absolute: {allow: "
                       "[{phrase: zinc, reason: old}]}}\n",
    }
    for name, before in texts.items():
        with Repo() as r:
            if before is not None:
                r.settings.write_text(before)
            s = r.session(capabilities={"workspace": {"workspaceEdit": {
                "resourceOperations": ["create"]}}})
            if before in ("", "# ours\n"):
                r.settings.unlink()  # no settings at all are wrong
                s.open(r.settings.as_uri(), before, language="yaml")
            s.open(r.uri, LINE)
            found = s.published(r.uri)
            menu = [a for a in s.actions(r.uri, found[0]["range"])
                    if a.get("command", {}).get("command") == "postlint.allow"]
            if not check(f"{name}: it is offered", len(menu) == 1, found):
                continue
            check("its words do not travel", "honey" not in
                  json.dumps(menu[0]["command"]), menu)
            s.ask("workspace/executeCommand", {
                k: menu[0]["command"][k] for k in ("command", "arguments")})
            params = s.next("window/showMessageRequest")
            check("a reason is asked for", len(params["actions"]) > 2, params)
            s.send(frame({"jsonrpc": "2.0", "id": s.request,
                          "result": params["actions"][0]}))
            edit = s.next("workspace/applyEdit")["edit"]
            check("a new file is made", (before is None) == any(
                c.get("kind") == "create" for c in edit["documentChanges"]),
                edit)
            text = apply(before or "", edits_of(edit))
            made = yaml.load(text, yaml.CBaseLoader)
            allow = made["rules"]["claims/cure/absolute"]["allow"]
            check(f"{name}: it stands in the file", allow[0] == {
                "phrase": "honey cures asthma",
                "reason": params["actions"][0]["title"]}, text)
            check("what was there stays", "error" not in (before or "") or
                  made["rules"]["claims/cure/absolute"]["level"] == "error",
                  text)
            check("comments stay", "#" not in (before or "") or "# " in text,
                  text)
            check("so does another allow", "zinc" not in (before or "") or
                  allow[1]["phrase"] == "zinc", text)
            r.settings.write_text(text)
            s.tell("textDocument/didSave", {"textDocument": {"uri": r.uri}})
            found = s.published(r.uri)
            while found and any(d.get("code") == "claims/cure/absolute"
                                for d in found):
                found = s.published(r.uri)
            check(f"{name}: the finding goes", found == [], (found, text))
            s.end()


def test_allow_refused():
    with Repo() as r:
        s = r.session()
        s.open(r.uri, "My patient Mrs Patel, 87, broke her hip today.")
        found = s.published(r.uri)
        offered = [a["diagnostics"][0]["code"] for d in found for a in
                   s.actions(r.uri, d["range"])
                   if a.get("command", {}).get("command") == "postlint.allow"]
        check("no name goes into a settings file", not [
            c for c in offered if c.startswith("privacy/")], offered)
        for bad in ([], [{}], [{"uri": "file:///x", "range": at(0, 1),
                                "rule": "claims"}], [3]):
            check(f"refused: {bad}", s.fails("workspace/executeCommand", {
                "command": "postlint.allow", "arguments": bad}) == PARAMS)
        s.open(r.uri, LINE, version=2)
        r.settings.write_text("postlint: [\n")
        s.ask("workspace/executeCommand", {
            "command": "postlint.allow", "arguments": [
                {"uri": r.uri, "range": at(0, 13, 31),
                 "rule": "claims/cure/absolute"}, "quoted: \"so\""]})
        check("a broken file is left alone", "mend" in
              s.next("window/showMessage")["message"])
        r.settings.write_text("postlint: 1\n")
        s.ask("workspace/executeCommand", {
            "command": "postlint.allow", "arguments": [
                {"uri": r.uri, "range": at(0, 14, 32),
                 "rule": "claims/cure/absolute"}, "quoted: \"so\""]})
        edit = s.next("workspace/applyEdit")["edit"]
        check("a reason of one's own, quoted", '\\"so\\"' in
              edits_of(edit)[0]["newText"], edit)
        s.end()


def test_front_matter():
    """Allows in the post itself; those that do nothing are told."""
    text = ("---\npostlint:\n  allow: [{rule: claims/cure, reason: quoted}]\n"
            "---\n\nHoney cures asthma.\n\n"
            "<!-- postlint allow claims/cure -->\n\nNice.\n")
    s = Session(PROGRAM)
    s.open("file:///d/post.md", text, language="markdown")
    found = s.published("file:///d/post.md")
    check("front matter allows", not any(
        (d.get("code") or "").startswith("claims/") for d in found), found)
    check("an allow without reason is told", any(
        d["severity"] == 2 and d["range"]["start"]["line"] == 7
        for d in found), found)
    s.end()


# ---- rule files -----------------------------------------------------------------------

def test_rule_files():
    with tempfile.TemporaryDirectory() as tmp:
        pack = write_pack(Path(tmp) / "pack")
        uri = (pack / "ours.yaml").as_uri()
        for name, capabilities in (("push", {}), ("pull", PULL)):
            s = Session(PROGRAM, "--no-builtin", "--rules", str(pack),
                        capabilities=capabilities)

            def told(version, text):
                s.change(uri, version, {"text": text})
                return (s.published(uri, version) if name == "push" else
                        s.pulled(uri)["items"])

            s.open(uri, RULES, language="yaml")
            found = (s.published(uri) if name == "push" else
                     s.pulled(uri)["items"])
            check(f"{name}: a good rule file is silent", found == [], found)
            text = RULES.replace("  level: warning", "  lvel: note", 1)
            found = told(2, text)
            check(f"{name}: a loader error", "unknown-key" in codes(found),
                  found)
            one = [d for d in found if d["code"] == "unknown-key"][0]
            check("at the key", part(text, one["range"]).startswith("lvel") and
                  one["severity"] == 1, one)
            check("with the fix", "level" in one["message"], one)
            text = RULES.replace("Two zoos", "😀 the zoo")
            found = told(3, text)
            check(f"{name}: a failing example", codes(found) == ["example"] and
                  found[0]["range"]["start"]["line"] ==
                  text[:text.index("😀 the")].count("\n") and
                  "nickname" in found[0]["message"], found)
            check("at its text", "😀 the zoo" in part(text, {
                **found[0]["range"]}), found)
            check(f"{name}: mended", told(4, RULES) == [])
            s.end()
        s = Session(PROGRAM, "--no-builtin")
        s.open(uri, RULES, language="yaml")
        s.published(uri)
        (pack / "other.yaml").write_text("postlint: 1\nrulez: []\n")
        s.change(uri, 2, {"text": RULES + "\n"})
        found = s.published(uri, 2)
        check("errors elsewhere are named as such", len(found) == 1 and
              found[0]["severity"] == 3, found)
        s.end()


def test_rule_file_alone():
    """Without a pack.yaml above; and YAML that is nobody's rule file."""
    with tempfile.TemporaryDirectory() as tmp:
        s = Session(PROGRAM, "--no-builtin")
        uri = (Path(tmp) / "one.yaml").as_uri()
        s.open(uri, RULES.replace("level: warning", "level: notice", 1),
               language="yaml")
        found = s.published(uri)
        check("a file that stands alone is tried", len(found) >= 1 and
              found[0]["severity"] == 1, found)
        other = (Path(tmp) / "other.yaml").as_uri()
        s.open(other, "text: honey cures asthma\n", language="yaml")
        check("other YAML is left alone", s.published(other) == [])
        s.end()


def test_builtin_rules():
    """The built-in pack itself, being written."""
    uri = (ROOT / "rules/claims/cure.yaml").as_uri()
    text = (ROOT / "rules/claims/cure.yaml").read_text()
    s = Session(PROGRAM)
    s.open(uri, text, language="yaml")
    found = [d for d in s.published(uri) if d["severity"] == 1]
    check("the built-in rules have no error in an editor", found == [], found)
    s.end()


# ---- messages that are none ---------------------------------------------------------------

def raw(data):
    done = subprocess.run([PROGRAM, "lsp"], input=data, capture_output=True,
                          timeout=20)
    out, messages = done.stdout, []
    while out:
        head, _, rest = out.partition(b"\r\n\r\n")
        length = int(re.fullmatch(rb"Content-Length: (\d+)", head)[1])
        messages.append(json.loads(rest[:length]))
        out = rest[length:]
    return done, messages


def request(number, method, params=None):
    return frame({"jsonrpc": "2.0", "id": number, "method": method,
                  "params": params})


INIT = request(1, "initialize", {"capabilities": {}})
END = request(99, "shutdown") + frame({"jsonrpc": "2.0", "method": "exit"})


def test_broken():
    deep = b'{"a":' * 5000 + b"1" + b"}" * 5000
    cases = {
        "no JSON": (frame(b"{nope"), PARSE),
        "an empty body": (frame(b""), PARSE),
        "bad UTF-8": (frame(b'{"jsonrpc":"2.0","id":2,"method":"\xff"}'),
                      PARSE),
        "nested too deep": (frame(deep), PARSE),
        "a list": (frame(b"[]"), REQUEST),
        "a number": (frame(b"3"), REQUEST),
        "no method": (frame(b"{}"), REQUEST),
        "a method that is no text": (frame(b'{"id":2,"method":3}'), REQUEST),
        "an id that is none": (frame(b'{"id":[],"method":"shutdown"}'),
                               REQUEST),
        "a header without length": (b"Content-Type: x\r\n\r\n", PARSE),
        "a length that is none": (b"Content-Length: many\r\n\r\n", PARSE),
        "a negative length": (b"Content-Length: -5\r\n\r\n", PARSE),
        "two lengths": (b"Content-Length: 3\r\nContent-Length: 2\r\n\r\n{}",
                        PARSE),
        "a header of rubbish": (b"\x00\xff" * 300 + b"\r\n\r\n", PARSE),
        "a header without end": (b"x" * 10000, PARSE),
        "a body cut short": (b'Content-Length: 10\r\n\r\n{"id":4,"method":'
                             b'"shutdown"}', PARSE),
    }
    for name, (data, code) in cases.items():
        done, messages = raw(INIT + data + END)
        errors = [m["error"]["code"] for m in messages if "error" in m]
        check(f"{name}: an error", code in errors, (messages, done.stderr))
        check(f"{name}: and on it goes", done.returncode == 0 and
              any(m.get("id") == 99 and m["result"] is None
                  for m in messages if "result" in m),
              (done.returncode, messages))
    for name, params in (("null", None), ("a list", []), ("text", "x"),
                         ("half", {"textDocument": 3}),
                         ("no uri", {"textDocument": {}})):
        data = b"".join(request(i + 2, m, params) for i, m in enumerate((
            "textDocument/hover", "textDocument/codeAction",
            "textDocument/diagnostic", "workspace/executeCommand")))
        data += b"".join(frame({"jsonrpc": "2.0", "method": m,
                                "params": params}) for m in (
            "initialized", "textDocument/didOpen", "textDocument/didChange",
            "textDocument/didSave", "textDocument/didClose",
            "workspace/didChangeConfiguration", "$/cancelRequest",
            "workspace/didChangeWatchedFiles",
            "workspace/didChangeWorkspaceFolders"))
        done, messages = raw(INIT + data + END)
        errors = {m["id"]: m["error"]["code"] for m in messages
                  if "error" in m}
        check(f"params that are {name}", done.returncode == 0 and
              errors == {i: PARAMS for i in range(2, 6)}, (done, messages))


def test_huge():
    size = (16 << 20) + 1
    data = INIT + b"Content-Length: %d\r\n\r\n" % size
    done, messages = raw(data + b" " * size + END)
    check("a huge message is refused and skipped", done.returncode == 0 and
          REQUEST in [m["error"]["code"] for m in messages if "error" in m],
          messages)
    done, messages = raw(data + b"{")
    check("cut off, too", done.returncode == 1 and len(messages) == 2)
    done, messages = raw(INIT + b"Content-Length: 999999999999999999999999"
                         b"\r\n\r\n" + END)
    check("a length beyond all numbers", done.returncode == 0 and PARSE in [
        m["error"]["code"] for m in messages if "error" in m], messages)


def test_cut():
    """A session cut off anywhere ends with 1 and leaks nothing."""
    whole = INIT + frame({"jsonrpc": "2.0", "method": "textDocument/didOpen",
                          "params": {"textDocument": {
                              "uri": URI, "version": 1, "languageId": "x",
                              "text": "My patient Mrs Okonkwo-Hale, 87"}}})
    for end in range(0, len(whole), 13):
        done = subprocess.run([PROGRAM, "lsp"], input=whole[:end],
                              capture_output=True, timeout=20)
        if done.returncode != 1 or b"Okonkwo" in done.stdout + done.stderr:
            check(f"cut at {end}", False, done)
            return
    check("cut anywhere", True)


def test_fuzzed():
    """Frames that were good before bytes of them changed."""
    rng = random.Random(4)
    good = [INIT, frame({"jsonrpc": "2.0", "method": "textDocument/didOpen",
                         "params": {"textDocument": {
                             "uri": URI, "version": 1, "languageId": "x",
                             "text": LINE}}}),
            request(2, "textDocument/codeAction", {
                "textDocument": {"uri": URI}, "range": at(0, 0, 40),
                "context": {"diagnostics": []}}),
            frame({"jsonrpc": "2.0", "method": "textDocument/didChange",
                   "params": {"textDocument": {"uri": URI, "version": 2},
                              "contentChanges": [{"range": at(0, 3, 9),
                                                  "text": "😀"}]}}),
            request(3, "textDocument/hover", {
                "textDocument": {"uri": URI},
                "position": {"line": 0, "character": 20}})]
    for turn in range(60):
        data = bytearray(b"".join(good))
        for _ in range(rng.randrange(1, 12)):
            spot = rng.randrange(len(data))
            what = rng.randrange(3)
            if what == 0:
                data[spot] = rng.randrange(256)
            elif what == 1:
                del data[spot:spot + rng.randrange(1, 8)]
            else:
                data[spot:spot] = bytes(rng.randrange(256) for _ in range(3))
        try:
            done, _ = raw(bytes(data) + END)
        except Exception as error:  # noqa: BLE001
            check(f"turn {turn}: whole frames", False, (error, bytes(data)))
            return
        if done.returncode not in (0, 1):
            check(f"turn {turn}", False, (done, bytes(data)))
            return
    check("60 sessions with broken bytes", True)


def test_cancel():
    """A request that is taken back before its turn is not worked on."""
    s = Session(PROGRAM)
    s.open(URI, LINE)
    s.published(URI)
    hover = {"textDocument": {"uri": URI}, "position": at(0, 20)["start"]}
    data = b"".join(request(n, "textDocument/hover", hover)
                    for n in (1000, 1001, "a"))
    data += b"".join(frame({"jsonrpc": "2.0", "method": "$/cancelRequest",
                            "params": {"id": n}}) for n in (1001, "a", 77))
    s.send(data)
    check("the first is answered", s.answer(1000).get("result"))
    for number in (1001, "a"):
        answer = s.answer(number)
        check(f"{number} is not", answer.get("error", {}).get("code") ==
              CANCELLED, answer)
    s.end()


# ---- leaks, memory, speed -----------------------------------------------------------------------

def test_leaks():
    """The server sends back no identifier, and logs nothing that was written."""
    drafts = [json.loads(line) for line in
              (ROOT / "tests/leaks/drafts.jsonl").read_text().splitlines()]
    s = Session(PROGRAM, "--verbose")
    for i, draft in enumerate(drafts):
        uri = f"file:///d/{i}.{'md' if draft.get('input') else 'txt'}"
        text = draft["text"]
        s.open(uri, text)
        s.published(uri)
        s.raw = b""
        span = {"start": {"line": 0, "character": 0},
                "end": {"line": 999, "character": 0}}
        s.actions(uri, span)
        for column in range(0, len(text.split("\n")[0]), 9):
            s.ask("textDocument/hover", {
                "textDocument": {"uri": uri},
                "position": {"line": 0, "character": column}})
        out = s.raw.decode()
        for secret in draft["secrets"]:
            if len(secret) > 3:
                check(f"{secret} is not sent back", secret not in out, out)
    s.end()
    log = s.errors.decode()
    check("the log names methods", "textDocument/didOpen" in log)
    check("and nothing else", all(re.fullmatch(r"postlint: [\w/$]+", line)
                                  for line in log.splitlines()), log[:300])


def resident(process):
    text = Path(f"/proc/{process.pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+)", text)[1])


def test_memory():
    """1,000 edits in a row, with all that an editor asks for after each."""
    s = Session(PROGRAM)
    s.open(URI, LINE)
    s.published(URI)
    text, sizes = LINE, []
    for version in range(2, 1202):
        word = f"{version % 7} honey "
        s.change(URI, version, {"range": at(0, 0), "text": word})
        text = word + text
        if len(text) > 280:
            s.change(URI, version, {"text": LINE})
            text = LINE
        if version % 10 == 0:
            s.actions(URI, at(0, 0, 40))
            s.ask("textDocument/hover", {
                "textDocument": {"uri": URI},
                "position": at(0, 20)["start"]})
            s.ask("workspace/executeCommand", {
                "command": "postlint.explain",
                "arguments": ["claims/cure/absolute"]})
        if version in (201, 1201):
            s.fails("textDocument/unknown", None)
            sizes.append(resident(s.process))
    # Sanitizers keep books of their own, which grow with every allocation.
    more = 1024 if "ASAN_OPTIONS" in os.environ else 128
    check("1,000 edits leave memory flat", sizes[1] - sizes[0] <= more, sizes)
    s.end()


def test_speed():
    """A key is answered within 5 ms on a post of 280 bytes (median of 200)."""
    text = ("Long day on the ward, and a lovely one: everybody got their "
            "supper in time, two new colleagues started, and the garden is "
            "full of roses again. If you think of becoming a nurse, come and "
            "see us on Thursday; there will be tea. Honey cures asthma, said "
            "nobody at all today")[:280]
    s = Session(PROGRAM)
    s.open(URI, text)
    s.published(URI)
    times = []
    for version in range(2, 202):
        start = time.perf_counter()
        s.change(URI, version, {"range": at(0, 10), "text": "a"})
        s.published(URI, version)
        times.append(time.perf_counter() - start)
    median = statistics.median(times) * 1000
    check("a key is answered within 5 ms", median < 5, f"{median:.2f} ms")
    s.end()


def main():
    for name, test in sorted(globals().items()):
        if name.startswith("test_") and (name in sys.argv or not any(
                a.startswith("test_") for a in sys.argv)):
            start = time.perf_counter()
            test()
            if "-t" in sys.argv:
                print(f"{name}: {time.perf_counter() - start:.2f} s")
    close()


if __name__ == "__main__":
    main()
