#!/usr/bin/env python3
"""JSON Schemas: outputs fit theirs and use every key, every rule file fits, and
what the loader refuses the schema refuses.
usage: schemas.py PROGRAM"""
import copy
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml
from jsonschema import Draft202012Validator

ROOT = Path(__file__).resolve().parent.parent.parent
PROGRAM = str(Path(sys.argv[1]).resolve())
BUILT = Path(PROGRAM).parent
results = {"passed": 0, "failed": 0}


def check(name, truth, detail=""):
    results["passed" if truth else "failed"] += 1
    if not truth:
        print(f"FAILED {name}: {detail}")


def run(*args, text=""):
    return subprocess.run([PROGRAM, *args], input=text.encode(),
                          capture_output=True)


def schema_of(name):
    for folder in (BUILT, ROOT / "src/schemas"):
        path = folder / f"{name}.schema.json"
        if path.exists():
            return json.loads(path.read_text())
    raise FileNotFoundError(name)


def closed(schema):
    """The schema with no room for keys it does not name."""
    schema = copy.deepcopy(schema)

    def close(node):
        if isinstance(node, dict):
            if "properties" in node and node.get("type") == "object":
                node["additionalProperties"] = False
            for value in node.values():
                close(value)
        elif isinstance(node, list):
            for value in node:
                close(value)
    close(schema)
    return schema


def first_error(schema, value):
    error = next(Draft202012Validator(schema).iter_errors(value), None)
    return error and f"{list(error.absolute_path)}: {error.message[:200]}"


def check_fits(name, schema, value):
    error = first_error(schema, value)
    check(name, not error, error)


def test_schemas_are_schemas():
    for name in ("rules", "pack", "json", "jsonl", "batch", "batch-input"):
        schema = schema_of(name)
        Draft202012Validator.check_schema(schema)
        check(f"{name}: says what it is", schema["$id"].startswith("urn:"))


# ---- outputs ------------------------------------------------------------------

def posts():
    """Examples of the rule files, a few of each."""
    for path in sorted((ROOT / "rules").rglob("*.yaml")):
        for rule in yaml.load(path.read_text(), yaml.CBaseLoader).get(
                "rules", []) if path.name != "pack.yaml" else []:
            for example in rule["tests"]["flags"][:2]:
                text = example if isinstance(example, str) else example["text"]
                yield text.replace("[[", "").replace("]]", "")


def keys_of(value):
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from keys_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from keys_of(inner)


def names_in(schema):
    """Every key that the schema names."""
    if isinstance(schema, dict):
        yield from schema.get("properties", {})
        for value in schema.values():
            yield from names_in(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from names_in(value)


def test_outputs():
    texts = list(posts())
    with tempfile.TemporaryDirectory() as folder:
        for i, text in enumerate(texts):
            (Path(folder) / f"{i}.txt").write_text(text)
        (Path(folder) / "bad.txt").write_bytes(b"\xff")
        whole = json.loads(run("-f", "json", folder).stdout)
        lines = run("-f", "jsonl", folder).stdout.decode().splitlines()
    check("there are many findings", len(lines) > 200, len(lines))
    check_fits("json fits", closed(schema_of("json")), whole)
    jsonl = closed(schema_of("jsonl"))
    # `required: file` stands beside the finding: the closed form is one object.
    for line in lines:
        check_fits("jsonl fits", jsonl, json.loads(line))
    used = set(keys_of(whole)) | set(keys_of([json.loads(x) for x in lines]))
    unused = set(names_in(schema_of("json"))) - used - {"field", "allowed"}
    check("json: every key of the schema is used", not unused, unused)


def test_batch():
    records = [{"id": [i], "text": t, "alt": t, "platform": "x"}
               for i, t in enumerate(posts())]
    for record in records[:50]:
        check_fits("a record fits", closed(schema_of("batch-input")), record)
    lines = [json.dumps(r) for r in records] + [
        "", "{", '{"text": "a\\u0000b"}', '{"id": null, "text": null}', "[]"]
    out = run("batch", text="\n".join(lines) + "\n").stdout.decode()
    answers = [json.loads(x) for x in out.splitlines()]
    schema = closed(schema_of("batch"))
    for answer in answers:
        check_fits("batch fits", schema, answer)
    unused = set(names_in(schema_of("batch"))) - set(keys_of(answers))
    check("batch: every key of the schema is used", not unused, unused)
    fields = re.findall(r'X\(\w+, "(\w+)"\)',
                        (ROOT / "src/batch/record.h").read_text())
    check("batch-input: the fields of a record",
          set(schema_of("batch-input")["properties"]) ==
          {"id", "text", *fields}, fields)


def test_output_schemas_can_fail():
    good = json.loads(run("-f", "json", text="Garlic cures cancer").stdout)
    for change in (lambda d: d["files"][0]["findings"][0].pop("rule"),
                   lambda d: d["files"][0]["findings"][0].update(level="bad"),
                   lambda d: d["files"][0]["findings"][0].update(byte=[1]),
                   lambda d: d.update(errors=[{"file": "x"}]),
                   lambda d: d.pop("files")):
        bad = copy.deepcopy(good)
        change(bad)
        check("a broken output does not fit",
              first_error(schema_of("json"), bad))


# ---- rule files ------------------------------------------------------------------

def load(text):
    """As editors do: scalars have types, keys are strings."""
    def keyed(value):
        if isinstance(value, dict):
            return {str(k): keyed(v) for k, v in value.items()}
        if isinstance(value, list):
            return [keyed(v) for v in value]
        return value if isinstance(value, (str, int, float, bool)) else (
            str(value))
    return keyed(yaml.load(text, yaml.CSafeLoader))


def rule_files():
    for folder in ("rules", "examples/rules", "tests/golden/rules"):
        for path in sorted((ROOT / folder).rglob("*.y*ml")):
            yield path, "pack" if path.name == "pack.yaml" else "rules"


def test_rule_files():
    count = 0
    for path, kind in rule_files():
        text = path.read_text()
        name = path.relative_to(ROOT)
        check_fits(f"{name} fits", schema_of(kind), load(text))
        check_fits(f"{name} fits, all scalars strings", schema_of(kind),
                   yaml.load(text, yaml.CBaseLoader))
        count += 1
    check("there are rule files", count > 40, count)


RULE = {
    "id": "claims/cure/x", "summary": "s", "level": "error",
    "find": {"a": {"words": ["honey"]}},
    "message": "m", "why": "w", "sources": [{"body": "b", "title": "t"}],
    "try": ["t"],
    "tests": {"flags": ["[[honey]]", "a [[honey]]", "b [[honey]]"],
              "passes": ["x", "y", "z"]},
}

# A path into the rule, and what to put there (None: take it out).
BROKEN = {
    "an unknown key": ("sumary", "x"),
    "no message": ("message", None),
    "an unknown group": ("id", "claim/cure/x"),
    "an id of two parts": ("id", "claims/cure"),
    "an unknown status": ("status", "beta"),
    "an unknown kind": ("kind", "hint"),
    "mask: false": ("mask", False),
    "find is a list": ("find", ["a"]),
    "an unknown detector": ("find", {"a": {"detect": "agee"}}),
    "two kinds of evidence": ("find", {"a": {"detect": "age",
                                             "words": ["x"]}}),
    "no kind of evidence": ("find", {"a": {"zone": "alt"}}),
    "an unknown zone": ("find", {"a": {"words": ["x"], "zone": "top"}}),
    "an unknown check": ("find", {"a": {"detect": "digits",
                                        "check": "mod12"}}),
    "words is a text": ("find", {"a": {"words": "honey"}}),
    "an empty list": ("find", {"a": []}),
    "a long gap": ("find", {"a": {"sequence": [{"words": ["x"]}, 99,
                                               {"words": ["y"]}]}}),
    "an unknown window": ("within", "paragraph"),
    "a wide window": ("within", 99),
    "an unknown profile key": ("applies", {"country": ["GB"]}),
    "unless is a text": ("unless", "a"),
    "unless without if": ("unless", [{"within": "post"}]),
    "an unknown level": ("adjust", [{"if": "a", "level": "worse"}]),
    "sources without a title": ("sources", [{"body": "b"}]),
    "try is a text": ("try", "t"),
    "tests without passes": ("tests", {"flags": RULE["tests"]["flags"]}),
    "crowd without axes": ("crowd", {"levels": {"note": "a"}}),
    "points that are no number": ("crowd", {
        "axes": {"x": {"many": "a"}}, "levels": {"note": "points > 1"}}),
}


def loader_takes(rule):
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "pack.yaml").write_text(
            "pack: p\nversion: 1.0.0\nlicence: MIT\npostlint: 1\n")
        (Path(folder) / "r.yaml").write_text(json.dumps(
            {"postlint": 1, "rules": [rule]}))
        done = run("rules", "check", "--no-builtin", folder)
        return done.returncode == 0, done.stderr.decode()


def test_broken_rules():
    taken, told = loader_takes(RULE)
    check("the rule to be broken is taken", taken, told)
    check_fits("and fits", schema_of("rules"), {"postlint": 1, "rules": [RULE]})
    for name, (key, value) in BROKEN.items():
        rule = copy.deepcopy(RULE)
        rule.pop(key, None)
        if value is not None:
            rule[key] = value
        taken, told = loader_takes(rule)
        check(f"{name}: the loader refuses", not taken and "error[" in told,
              told)
        check(f"{name}: the schema refuses", first_error(
            schema_of("rules"), {"postlint": 1, "rules": [rule]}))


def test_names_of_yaml():
    rule = copy.deepcopy(RULE)
    rule["find"] = {"off": {"words": ["honey"]}}
    taken, told = loader_takes(rule)
    check("a name that YAML takes for false is warned of",
          taken and "other YAML tools" in told, told)


# Settings, and whether program and schema take them.
SETTINGS = [
    ({}, True),
    ({"profile": {"jurisdiction": ["GB"], "account": "clinic"}}, True),
    ({"rules": {"claims": "note", "privacy/name": {
        "level": "error", "allow": [{"phrase": "x y", "reason": "ours",
                                     "until": "2027-01-31"}]}}}, True),
    ({"lexicons": {"patient-words": {"add": ["the hub"]}}}, True),
    ({"paths": {"a/**": {"fail-on": "never"}}, "locked": ["privacy"],
      "baseline": "b"}, True),
    ({"rulez": {}}, False),
    ({"profile": {"account": "clinik"}}, False),
    ({"profile": {"jurisdiction": "Britain"}}, False),
    ({"rules": {"claims": "bad"}}, False),
    ({"rules": {"claims": {"allow": [{"phrase": "x"}]}}}, False),
    ({"rules": {"claims": {"allow": [{"reason": "x", "until": "soon"}]}}},
     False),
    ({"paths": {"a": {"fail-on": "silent"}}}, False),
    ({"lexicons": {"patient-words": {"plus": ["x"]}}}, False),
]


def test_settings():
    for settings, good in SETTINGS:
        whole = {"postlint": 1, **settings}
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "c.yaml"
            path.write_text(json.dumps(whole))
            done = run("config", "show", "-c", str(path))
        check(f"the program on {settings}", (done.returncode == 0) == good,
              done.stderr.decode())
        check(f"the schema on {settings}",
              (first_error(schema_of("config"), whole) is None) == good,
              first_error(schema_of("config"), whole))
    check("the version is needed",
          first_error(schema_of("config"), {}) is not None)


def main():
    for name, test in list(globals().items()):
        if name.startswith("test_"):
            test()
    print(f"{results['passed']} passed, {results['failed']} failed")
    return 1 if results["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
