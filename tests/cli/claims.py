#!/usr/bin/env python3
"""usage: claims.py PROGRAM

The claims pack: its evidence table holds together; what the table calls established is
silent when it is said plainly and found when it is denied, what it calls refuted the
other way round; and hard sentences get their level. The last line counts cases."""
import json
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "claims"))
import tables  # noqa: E402

LEVELS = ("silent", "note", "warning", "error")
HARD_LEAST = 58  # of 60, by the level
VERBS = {"@prevent": ("prevents", "prevent"), "@treat": ("treats", "treat"),
         "@cure": ("cures", "cure"), "@cause": ("causes", "cause"),
         "@soft": ("helps with", "help with"), "*": ("cures", "cure")}


def levels(program, texts):
    """The highest level of a claims finding for each text."""
    records = "".join(json.dumps({"id": str(i), "text": t}) + "\n"
                      for i, t in enumerate(texts))
    done = subprocess.run([program, "batch", "--select", "claims", "--level",
                           "note"], input=records, capture_output=True,
                          text=True, check=True)
    for line in done.stdout.splitlines():
        found = [f["level"] for f in json.loads(line)["findings"]]
        yield max(found, key=LEVELS.index) if found else "silent"


def sentences(agent, illness, effect):
    """A pair said plainly, and denied."""
    effect = effect.split(",")[0].strip()
    one, many = VERBS[effect]
    plural = agent.endswith("s") and not agent.endswith(("ss", "sis", "'s", "us"))
    name = agent[0].upper() + agent[1:]
    plain = f"{name} {many if plural else one} {illness}."
    denied = f"{name} {'do' if plural else 'does'} not {many} {illness}."
    return plain, denied


def main():
    program = sys.argv[1]
    passed = failed = 0

    def case(holds, what):
        nonlocal passed, failed
        passed, failed = passed + bool(holds), failed + (not holds)
        if not holds:
            print(f"FAILED {what}")

    wrong = list(tables.problems())
    case(not wrong, "evidence table:\n  " + "\n  ".join(wrong))

    for answer in ("established", "refuted", "dangerous"):
        pairs = list(dict.fromkeys(tables.plain_pairs(answer)))
        made = [sentences(*pair) for pair in pairs]
        plain = levels(program, [m[0] for m in made])
        denied = levels(program, [m[1] for m in made])
        for (said, unsaid), a, b in zip(made, plain, denied):
            if answer == "established":
                case(a == "silent", f"{a}, not silent: {said}")
                case(b in ("warning", "error"), f"{b}, not found: {unsaid}")
            else:
                case(a in ("warning", "error"), f"{a}, not found: {said}")
                case(b == "silent", f"{b}, not silent: {unsaid}")

    for number, row, _ in tables.rows()[:1] + tables.rows()[-1:]:
        told = subprocess.run([program, "explain", f"evidence:{number}"],
                              capture_output=True, text=True).stdout
        case(row["body"] in told and
             ("nobody has compared" in told) == (not row["compared"]) and
             ("no clinician has reviewed" in told) == (not row["reviewed-by"]),
             f"explain evidence:{number}: {told}")
    told = subprocess.run([program, "explain", "evidence:1"],
                          capture_output=True, text=True)
    case(told.returncode == 2 and not told.stdout, "explain of no row")

    lines = [line.split("\t") for line in
             (HERE.parent / "claims/sentences.tsv").read_text().splitlines()
             if line and not line.startswith("#")]
    got = list(levels(program, [text for _, _, text in lines]))
    wrong = [f"{n} {level}, is {is_level}: {text}"
             for (n, level, text), is_level in zip(lines, got)
             if level != is_level]
    case(len(lines) - len(wrong) >= HARD_LEAST, f"hard sentences: "
         f"{len(lines) - len(wrong)} of {len(lines)}\n  " + "\n  ".join(wrong))

    print(f"claims: {passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
