#!/usr/bin/env python3
"""Every speed bar as a ratio within one run: prints limit and value, exits 1 on a
miss. By hand or in the slow lane; figures of a busy machine say little.

usage: bench.py [--build BUILD] [--posts N] [--big] [--peers FOLDER]

--big adds the run over 1 GB of input; --peers is a folder with node_modules of
the programs that tests/bench/peers.mjs knows (npm install there).
"""
import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import corpus

ROOT = Path(__file__).resolve().parent.parent.parent
DRAFT = ("Lovely day by the river with the kids and a picnic. The flu clinic is next "
         "week at the surgery, patients aged 65 and over can book their jab. Wear short "
         "sleeves, bring your card, and please cancel if you cannot come so that "
         "somebody else can have the slot, thank you all.")
FOUND = "My patient Mrs Patel, 87, broke her hip. Garlic cures cancer, DM me!"
# A child's peak counts from before it became the program: it must not be begun by
# something as large as Python.
PEAK = """#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
int main(int argc, char **argv)
{
    struct rusage own;
    int status;
    if (argc < 2)
        return 1;
    pid_t child = vfork();
    if (child == 0) {
        execv(argv[1], argv + 1);
        _exit(127);
    }
    if (child < 0 || wait4(child, &status, 0, &own) != child)
        return 1;
    return fprintf(stderr, "\\npeak %ld\\n", own.ru_maxrss) < 0;
}
"""
HELLO = '#include <stdio.h>\nint main(void){puts("hello");return 0;}\n'

rows = []


def row(name, value, limit, note=""):
    """A bar; limit None is for orientation. Smaller is better."""
    good = limit is None or value <= limit
    rows.append((name, value, limit, good, note))
    print(f"{'ok  ' if good else 'MISS'} {name:54} {value:9.2f}  limit "
          f"{'-' if limit is None else limit}  {note}", flush=True)


def usage(command, source=None, env=None):
    """CPU seconds and wall seconds of one run."""
    start = time.monotonic()
    with open(source or os.devnull, "rb") as posts, \
            open(os.devnull, "wb") as nowhere:
        child = subprocess.Popen(command, stdin=posts, stdout=nowhere,
                                 stderr=nowhere, env=env)
        _, _, own = os.wait4(child.pid, 0)
    wall = time.monotonic() - start
    return own.ru_utime + own.ru_stime, wall


def compiled(place, name, source):
    """A small C program."""
    (place / f"{name}.c").write_text(source)
    subprocess.run(["cc", "-O2", "-o", str(place / name),
                    str(place / f"{name}.c")], check=True)
    return str(place / name)


def peak(launcher, command, source=None):
    """Peak memory in MB of one run."""
    with open(source or os.devnull, "rb") as posts:
        done = subprocess.run([launcher, *command], stdin=posts,
                              stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                              text=True, check=True)
    return int(done.stderr.split()[-1]) / 1024


def pairs(one, two, runs, pick=1, source=None):
    """Median of one/two over runs taken in turn."""
    ratios = []
    for _ in range(runs):
        a = usage(one, source)[pick]
        b = usage(two, source)[pick]
        ratios.append(a / b)
    return statistics.median(ratios)


def instructions(command, source=None):
    with open(source or os.devnull, "rb") as posts:
        done = subprocess.run(
            ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null",
             *command], stdin=posts, capture_output=True, text=True)
    for line in done.stderr.splitlines():
        if "refs:" in line:
            return int(line.split()[-1].replace(",", ""))
    return 0


def cold(place, program):
    hello = compiled(place, "hello", HELLO)
    clean, found = place / "clean.txt", place / "found.txt"
    clean.write_text(DRAFT)
    found.write_text(FOUND)
    row("cold start, clean draft, against a C hello (wall)",
        pairs([program, str(clean)], [hello], 101), 1.6)
    row("cold start, draft with findings (wall)",
        pairs([program, str(found)], [hello], 101), 2.0)
    if shutil.which("valgrind"):
        row("cold start, instructions in millions",
            instructions([program, str(clean)]) / 1e6, 3)
    launcher = compiled(place, "peak", PEAK)
    # Pages come sixteen at a time, from where chance laid the program.
    row("cold start, peak memory in MB", 
        statistics.median(peak(launcher, [program, str(clean)])
                          for _ in range(15)), 6)
    return clean


def bulk(place, program, count):
    """Bulk on two mixes; the corpus of the first serves the other bars."""
    extra = corpus.fixtures(ROOT)
    for share, limit in ((0.1, 2), (0.5, 2)):
        path = place / f"posts-{share}.jsonl"
        corpus.write(path, count, share, extra=extra)
        env = dict(os.environ, LC_ALL="C")
        own = usage([program, "batch", "--jobs", "1"], path)[0]
        wc = min(usage(["wc", "-w"], path, env)[0] for _ in range(5))
        row(f"bulk, {share:.0%} with findings, CPU against wc -w", own / wc,
            limit, f"{own * 1e6 / count:.1f} us a post")
    path = place / "posts-0.1.jsonl"
    few = place / "few.jsonl"
    with open(path, encoding="utf-8") as src, \
            open(few, "w", encoding="utf-8") as dst:
        dst.writelines(line for _, line in zip(range(min(count, 20000)), src))
    batch = [program, "batch", "--jobs", "1"]
    row("every rule on every post against the gate, CPU (at least 50)",
        -usage([*batch, "--no-gate"], few)[0] / usage(batch, few)[0], -50)
    one = statistics.median(usage(batch, few)[1] for _ in range(3))
    two = statistics.median(
        usage([program, "batch", "--jobs", "2"], few)[1] for _ in range(3))
    row("two threads against one (at least 1.9)", -one / two, -1.9)
    outs = [subprocess.run([program, "batch", "--jobs", jobs], check=True,
                           stdin=open(few, "rb"), capture_output=True).stdout
            for jobs in ("1", "2")]
    row("two threads give other bytes (0 or 1)", float(outs[0] != outs[1]), 0)
    return few


def memory(place, program, big):
    source = place / "posts-0.1.jsonl"
    launcher = compiled(place, "peak", PEAK)
    data = source.read_bytes()
    for size, name in ((10 << 20, "10 MB"), (1 << 30, "1 GB")):
        if size > 10 << 20 and not big:
            continue
        path = place / "size.jsonl"
        with open(path, "wb") as file:
            written = 0
            while written < size:
                written += file.write(data)
                if not data.endswith(b"\n"):
                    written += file.write(b"\n")
        for jobs in (1, 2):
            row(f"bulk memory in MB, {name}, {jobs} thread(s)",
                peak(launcher, [program, "batch", "--jobs", str(jobs)], path),
                32 + 8 * jobs)
        path.unlink()


def per_byte(place, program):
    """Cost of a byte in long and in hostile texts."""
    import json
    import random
    rng = random.Random(3)
    batch = [program, "batch", "--jobs", "1"]

    def file_of(name, texts):
        path = place / name
        path.write_text("".join(json.dumps({"text": t}) + "\n" for t in texts))
        return path

    def cost(path):
        return min(usage(batch, path)[0] for _ in range(3)) / path.stat().st_size

    def natural(size):
        text = ""
        while len(text) < size:
            text += corpus.post(rng, 0.1) + " "
        return text[:size]
    empty = file_of("none.jsonl", [""])
    start = min(usage(batch, empty)[0] for _ in range(5))
    total = 4 << 20
    costs = {}
    for size in (280, 65536):
        path = file_of(f"long-{size}.jsonl",
                       [natural(size) for _ in range(total // size)])
        costs[size] = (min(usage(batch, path)[0] for _ in range(3)) - start) \
            / path.stat().st_size
    row("cost of a byte, 64 KB against 280 B", costs[65536] / costs[280], 1.25)
    hostile = ["a " * 32768, "'" * 65536, "#a" * 32768, "1 " * 32768,
               "no not never " * 5041, "(" * 65536, "my patient " * 5957,
               "garlic cures " * 5041, "@a " * 21845, "😀" * 16384]
    worst, name = 0.0, ""
    for i, text in enumerate(hostile):
        path = file_of("hostile.jsonl", [text] * 4)
        spent = (min(usage(batch, path)[0] for _ in range(2)) - start) \
            / path.stat().st_size / costs[65536]
        if spent > worst:
            worst, name = spent, repr(text[:12])
    row("hostile 64 KB against natural", worst, 10, name)


def synthetic(place, program, clean, few):
    """Packs with so many made-up rules and words more."""
    def folder(count):
        path = place / f"rules-{count}"
        path.mkdir()
        (path / "pack.yaml").write_text(
            "{pack: more, version: '1', licence: MIT, postlint: 1}\n")
        lines = ["postlint: 1", "rules:"]
        for i in range(count):
            words = ", ".join(f"zq{i}w{k} zplace" for k in range(40))
            lines += [f"- id: claims/cure/made-{i}", "  summary: Made up",
                      "  level: note",
                      f"  find: {{a: {{words: [{words}]}}}}",
                      '  message: "Made up."', '  why: "Made up."',
                      "  sources: [{body: Nobody, title: Nothing}]",
                      '  try: ["Leave it."]', "  tests:",
                      f'    flags: ["[[zq{i}w0 zplace]]", "[[zq{i}w1 zplace]]", '
                      f'"[[zq{i}w2 zplace]]"]',
                      '    passes: ["a", "b", "c"]']
        (path / "made.yaml").write_text("\n".join(lines) + "\n")
        return str(path)
    files = {}
    for count in (200, 2000):
        files[count] = str(place / f"made-{count}.pack")
        done = subprocess.run([program, "rules", "compile", folder(count), "-o",
                               files[count]], capture_output=True, text=True)
        if done.returncode:
            print(done.stderr[:500])
            return
    one = [program, "--rules", files[200], str(clean)]
    ten = [program, "--rules", files[2000], str(clean)]
    row("cold start, a compiled pack with 1,800 rules more",
        pairs(ten, one, 31), 1.10)
    batch = ["batch", "--jobs", "1", "--rules"]
    row("bulk CPU with 1,800 rules more (total)",
        usage([program, *batch, files[2000]], few)[0] /
        usage([program, *batch, files[200]], few)[0], 2.5)


def normalising(place, build):
    tool = build / "tests/bench_norm"
    subprocess.run(["ninja", "-C", str(build), "tests/bench_norm"], check=True,
                   stdout=subprocess.DEVNULL)
    ascii_text = (DRAFT + " ") * 3000
    mixed = ("Café “so” naïve 😀 ﬁne résumé — ward’s Ünit. " + DRAFT[:120]) * 4000
    for name, text, limit in (("ASCII", ascii_text, 2.5), ("mixed", mixed, 5)):
        path = place / "norm.txt"
        path.write_text(text[:900000])
        norm, copy, _ = map(float, subprocess.run(
            [str(tool), str(path)], capture_output=True, text=True,
            check=True).stdout.split())
        row(f"normalising against memcpy, {name}", norm / copy, limit,
            f"{norm:.2f} ns a byte")


def peers(place, program, folder, few):
    """Others on the same posts; each must be slower by a factor."""
    posts = place / "peers.jsonl"
    with open(few, encoding="utf-8") as src, \
            open(posts, "w", encoding="utf-8") as dst:
        dst.writelines(line for _, line in zip(range(2000), src))
    own_cold = statistics.median(
        usage([program, "batch"], os.devnull)[1] for _ in range(11))
    own_bulk = usage([program, "batch", "--jobs", "1"], posts)[0]
    script = str(ROOT / "tests/bench/peers.mjs")
    env = dict(os.environ, NODE_PATH=str(Path(folder) / "node_modules"))
    names = subprocess.run(["node", script, folder, "list"], env=env,
                           capture_output=True, text=True).stdout.split()
    for name in names:
        start = usage(["node", script, folder, name], os.devnull, env)[1]
        spent = usage(["node", script, folder, name], posts, env)[0]
        row(f"{name}: cold, times postlint (at least 50)", -start / own_cold, -50)
        row(f"{name}: bulk, times postlint (at least 10)", -spent / own_bulk, -10)


def rule_costs(program, few):
    done = subprocess.run([program, "rules", "bench", "--corpus", str(few)],
                          capture_output=True, text=True)
    last = (done.stdout.strip().splitlines() or ["0 rules"])[-1]
    over = next((int(w) for w, n in zip(last.split(), last.split()[1:])
                 if n == "over"), 0)
    row("rules over 2 % of posts or 5 % of the time", over, 0, last)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", default=str(ROOT / "build"))
    parser.add_argument("--posts", type=int, default=1000000)
    parser.add_argument("--big", action="store_true")
    parser.add_argument("--peers")
    args = parser.parse_args()
    build = Path(args.build).resolve()
    program = str(build / "src/postlint")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        clean = cold(place, program)
        few = bulk(place, program, args.posts)
        rule_costs(program, few)
        normalising(place, build)
        per_byte(place, program)
        synthetic(place, program, clean, few)
        memory(place, program, args.big)
        if args.peers:
            peers(place, program, args.peers, few)
    missed = [r for r in rows if not r[3]]
    print(f"{len(rows) - len(missed)} bars held, {len(missed)} missed")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
