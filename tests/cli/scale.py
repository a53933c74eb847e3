#!/usr/bin/env python3
"""Bulk on engines that spread it: answers are those of one process, byte for byte.
usage: scale.py PROGRAM"""
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tests/lint"))
from count import check, close  # noqa: E402

PROGRAM = str(Path(sys.argv[1]).resolve())
DASK = str(ROOT / "examples/scale/dask_batch.py")
TEXTS = ["Garlic cures cancer, guaranteed!", "Flu clinic on Saturday, walk in.",
         "My patient Mrs Patel, 87, broke her hip in Leeds today.",
         "😀 José says honey cures asthma", "DM me and I'll sort your meds",
         "Never give aspirin to a child.", ""]


def write_posts(path, count):
    with open(path, "w", encoding="utf-8") as file:
        for i in range(count):
            text = TEXTS[i % len(TEXTS)] + " x" * (i % 23)
            file.write(json.dumps({"id": i, "text": text},
                                  ensure_ascii=False) + "\n")
        file.write("not JSON\n{\"id\": \"last\", \"text\": null}")


def serial(path, *flags):
    with open(path, "rb") as posts:
        return subprocess.run([PROGRAM, "batch", *flags], stdin=posts,
                              capture_output=True, check=True).stdout


def kill_one_worker(done):
    """The first worker that judges something is killed."""
    while not done.is_set():
        for pid in filter(str.isdigit, os.listdir("/proc")):
            try:
                command = Path(f"/proc/{pid}/cmdline").read_bytes()
                if b"multiprocessing" not in command or \
                        b"spawn_main" not in command:
                    continue
                kids = [kid for thread in Path(f"/proc/{pid}/task").iterdir()
                        for kid in (thread / "children").read_text().split()]
                names = [Path(f"/proc/{k}/comm").read_text().strip()
                         for k in kids]
                if "postlint" in names:
                    os.kill(int(pid), signal.SIGKILL)
                    done.set()
                    return
            except (OSError, ValueError):
                continue
        time.sleep(0.002)


def run_dask(path, out, kill):
    killed = threading.Event()
    hunter = threading.Thread(target=kill_one_worker, args=(killed,))
    if kill:
        hunter.start()
    done = subprocess.run(
        ["/usr/bin/python3", DASK, path, "-o", out, "--workers", "2",
         "--block", "60000", "--postlint", PROGRAM],
        capture_output=True, text=True, timeout=240)
    if kill:
        was_killed = killed.is_set()
        killed.set()
        hunter.join()
        check("a worker was killed on the way", was_killed)
    check(f"Dask ends well (kill: {kill})", done.returncode == 0,
          done.stderr[-500:])
    return Path(out).read_bytes() if os.path.exists(out) else b""


def main():
    with tempfile.TemporaryDirectory() as folder:
        path, out = f"{folder}/posts.jsonl", f"{folder}/out.jsonl"
        write_posts(path, 20000)
        right = serial(path, "--jobs", "1")
        check("a line for each line", right.count(b"\n") == 20002)
        check("no TAB in an answer", b"\t" not in right)
        check("threads change nothing", serial(path, "--jobs", "2") == right)
        with open(path, "rb") as posts:
            piped = subprocess.run(
                ["sh", "-c", f"cat | {PROGRAM} batch"], stdin=posts,
                capture_output=True, check=True).stdout
        check("a pipe changes nothing", piped == right)
        with open(path, "rb") as posts:
            done = subprocess.run(
                ["sh", str(ROOT / "examples/scale/parallel.sh"), "2", "100k"],
                stdin=posts, capture_output=True,
                env=dict(os.environ, POSTLINT=PROGRAM))
        check("GNU parallel changes nothing", done.stdout == right,
              done.stderr[-300:])
        check("Dask changes nothing", run_dask(path, out, False) == right)
        check("nor does Dask when a worker dies",
              run_dask(path, out, True) == right)
    close()


if __name__ == "__main__":
    main()
