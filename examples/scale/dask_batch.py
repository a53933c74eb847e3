#!/usr/bin/env python3
"""Judges a large file of JSON lines on the workers of a Dask cluster.

    dask_batch.py POSTS.jsonl [-o OUT.jsonl] [--scheduler ADDRESS]
                  [--workers N] [--block BYTES] [--postlint PROGRAM]

One task is one range of bytes that ends with a line, judged by one
`postlint batch --jobs 1`: nothing is split that belongs together, the answers
are in the order of the input, byte for byte those of one process, and a task
whose worker dies is done again elsewhere. Without --scheduler, workers are
started here. The file must lie where the workers can read it.
"""
import argparse
import os
import subprocess
import sys

from distributed import Client, LocalCluster


def ranges(path, block):
    """(start, end) of stretches of about `block` bytes, each of whole lines."""
    size = os.path.getsize(path)
    with open(path, "rb") as file:
        start = 0
        while start < size:
            file.seek(min(start + block, size))
            file.readline()
            end = min(file.tell(), size)
            yield start, end
            start = end


def judge(path, start, end, command):
    """The answers to one stretch; an error lets Dask try again."""
    with open(path, "rb") as file:
        file.seek(start)
        posts = file.read(end - start)
    done = subprocess.run(command, input=posts, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"postlint ended with status {done.returncode}")
    lines = posts.count(b"\n") + (not posts.endswith(b"\n"))
    if done.stdout.count(b"\n") != lines:
        raise RuntimeError("an answer is missing")
    return done.stdout


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("posts")
    parser.add_argument("-o", "--output")
    parser.add_argument("--scheduler", help="of a cluster that runs already")
    parser.add_argument("--workers", type=int, default=os.cpu_count())
    parser.add_argument("--block", type=int, default=1 << 20)
    parser.add_argument("--postlint", default="postlint")
    args = parser.parse_args()

    command = [args.postlint, "batch", "--jobs", "1"]
    cluster = args.scheduler or LocalCluster(
        n_workers=args.workers, threads_per_worker=1, processes=True,
        host="127.0.0.1", dashboard_address=None)
    path = os.path.abspath(args.posts)
    out = open(args.output, "wb") if args.output else sys.stdout.buffer
    with Client(cluster) as client, out:
        tasks = [client.submit(judge, path, start, end, command, pure=False,
                               retries=3)
                 for start, end in ranges(path, args.block)]
        while tasks:
            # In order, and let go of what is written.
            out.write(tasks.pop(0).result())


if __name__ == "__main__":
    main()
