"""The evidence table and its lexicons, read for the tests (no YAML library needed)."""
from pathlib import Path

RULES = Path(__file__).resolve().parent.parent.parent / "rules"
ANSWERS = ("established", "contested", "unsupported", "refuted", "dangerous")
COLUMNS = ("agent", "illness", "effect", "answer", "body", "wording", "compared",
           "reviewed-by")


def lexicon(name, file):
    """[(spellings, tags)] of a lexicon written one entry a line."""
    entries, inside = [], False
    for line in (RULES / file).read_text().splitlines():
        if line.startswith("  ") and not line.startswith("   "):
            inside = line.strip() == f"{name}:"
        if inside and line.startswith("      - "):
            words, _, tags = line[8:].strip('"').partition(" | ")
            entries.append(([w.strip().rstrip("~") for w in words.split(";")],
                            tags.split()))
    return entries


def rows():
    """[(line number, {column: cell})]"""
    lines = (RULES / "tables/evidence.tsv").read_text().splitlines()
    head = tuple(lines[0].split("\t"))
    return [(i, dict(zip(head, line.split("\t"))), len(line.split("\t")))
            for i, line in enumerate(lines[1:], 2)
            if line.strip() and not line.startswith("#")]


def entries_of(cell, entries):
    """Entries that a key cell names, each as (kind, index): an entry, those of a
    tag, or all."""
    for key in (k.strip() for k in cell.split(",")):
        if key == "*":
            yield from (("any", i) for i in range(len(entries)))
        elif key.startswith("@"):
            found = [i for i, (_, tags) in enumerate(entries) if key[1:] in tags]
            if not found:
                raise KeyError(key)
            yield from (("tag", i) for i in found)
        else:
            found = [i for i, (words, _) in enumerate(entries)
                     if key.lower() in (w.lower() for w in words)]
            if not found:
                raise KeyError(key)
            yield "entry", found[0]


def problems():
    """What is wrong with the table, a line each."""
    agents = lexicon("agents", "lexicons/claims-agents.yaml")
    illnesses = lexicon("conditions", "lexicons/claims-conditions.yaml")
    seen = {}
    for number, row, cells in rows():
        if cells != len(COLUMNS) or tuple(row) != COLUMNS:
            yield f"line {number}: {cells} cells, not {len(COLUMNS)}"
            continue
        if row["answer"] not in ANSWERS:
            yield f"line {number}: no answer '{row['answer']}'"
        if not row["body"] or not row["wording"]:
            yield f"line {number}: a row needs a body and a wording"
        try:
            pairs = [(a, i, e.strip())
                     for a in entries_of(row["agent"], agents)
                     for i in entries_of(row["illness"], illnesses)
                     for e in row["effect"].split(",")]
        except KeyError as missing:
            yield f"line {number}: {missing} is no entry or tag"
            continue
        for a, i, effect in pairs:
            before = seen.setdefault((a, i, effect), (row["answer"], number))
            if before[0] != row["answer"]:
                yield (f"line {number}: {agents[a[1]][0][0]} and "
                       f"{illnesses[i[1]][0][0]} have another answer in line "
                       f"{before[1]}")


def plain_pairs(answer):
    """(agent, illness, effect) of rows that name both outright or by a tag of the
    agent; one spelling each."""
    agents = lexicon("agents", "lexicons/claims-agents.yaml")
    illnesses = lexicon("conditions", "lexicons/claims-conditions.yaml")
    for _, row, _ in rows():
        if row["answer"] != answer or "*" in row["illness"]:
            continue
        for _, a in entries_of(row["agent"], agents):
            for _, i in entries_of(row["illness"], illnesses):
                yield agents[a][0][0], illnesses[i][0][0], row["effect"]
