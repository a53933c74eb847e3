#!/usr/bin/python3
"""Learns the weights of gist.txt from labelled posts.

    rules/weights/fit.py BUILD [--thresholds]

Needs python3-sklearn and the build's plterms (ninja -C BUILD src/plterms). Posts are
posts/*.jsonl here and tests/first-contact/*.jsonl: written for postlint by people who
had not seen its rules. A build needs neither: the lists are committed.

Each group has a column of `gist`: does a post need a finding of the group? It is a
logistic regression on the different terms of a post, each over the root of their
number; what says that something is amiss at all is mixed in, by a second regression
on posts held out of the first (5 folds).
"""
import argparse
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import scipy.sparse as sparse
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import KFold

HERE = Path(__file__).resolve().parent
FIRST = HERE.parent.parent / "tests/first-contact"
GROUPS = ["boundaries", "claims", "conduct", "disclosure", "privacy"]
FEW_TERMS = 64       # of src/engine/weigh.h
# Found by their form: their words would teach that numbers and links are a breach.
FORMS = {f"privacy/{name}" for name in (
    "record-number", "contact", "device-vehicle", "online-id")}
LEAST_POSTS = 3      # that a term must stand in
SMALLEST = 1.0       # weights below are dropped: they tell little
STRENGTH = 3         # inverse of the penalty on large weights
WHOLE_POST = 4       # a whole post counts as much as so many single sentences


def read(paths):
    return [json.loads(line) for path in sorted(paths)
            for line in path.read_text(encoding="utf-8").splitlines() if line]


def terms_of(build, posts):
    """The terms of each post, as the program sees them."""
    lines = "".join(json.dumps({"text": post["text"]}) + "\n" for post in posts)
    done = subprocess.run([build / "src/plterms", build / "src/builtin.pack"],
                          input=lines, capture_output=True, text=True, check=True,
                          encoding="utf-8")
    rows = done.stdout.split("\n")[:-1]
    if len(rows) != len(posts):
        sys.exit(f"{len(posts)} posts, {len(rows)} rows")
    return [row.split("\t") if row else [] for row in rows]


def is_dirty(post, prefix):
    return int(any(label["rule"].startswith(prefix) and label["level"] != "note"
                   and label["rule"] not in FORMS for label in post["labels"]))


class Terms:
    """Posts as rows of a matrix, terms as columns."""

    def __init__(self, rows):
        self.counter = CountVectorizer(analyzer=lambda row: row, binary=True,
                                       min_df=LEAST_POSTS)
        self.counter.fit(rows)
        self.scale = 1
        matrix = self.matrix(rows)
        lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(1)).ravel())
        self.scale = 1 / lengths.mean()

    def matrix(self, rows):
        roots = np.sqrt([max(FEW_TERMS, len(row)) for row in rows])
        return sparse.diags(self.scale / roots) @ self.counter.transform(rows).astype(float)

    def learn(self, rows, answers, counts, smallest):
        """Weights of the terms, and what is added to every post."""
        if len(set(answers)) < 2:
            return np.zeros(len(self.names())), 0.0
        model = LogisticRegression(C=STRENGTH, class_weight="balanced", max_iter=3000)
        model.fit(self.matrix(rows), answers, sample_weight=counts)
        weights = model.coef_[0] * self.scale
        weights[np.abs(weights) < smallest] = 0
        return weights, model.intercept_[0]

    def score(self, rows, weights, always):
        return self.matrix(rows) @ weights / self.scale + always

    def names(self):
        return self.counter.get_feature_names_out()


class Gist:
    """A column for each group, and one for any."""

    def __init__(self, posts, rows, counts):
        self.terms = Terms(rows)
        self.columns = [self.terms.learn(rows, [is_dirty(p, group) for p in posts],
                                         counts, SMALLEST)
                        for group in [*GROUPS, ""]]

    def scores(self, rows):
        return np.array([self.terms.score(rows, *c) for c in self.columns]).T


def held_out(posts, rows, singles, single_rows):
    """Scores of each post by weights that were learned without it."""
    out = np.zeros((len(posts), len(GROUPS) + 1))
    for learn, test in KFold(5, shuffle=True, random_state=1).split(posts):
        gist = Gist([*singles, *(posts[i] for i in learn)],
                    [*single_rows, *(rows[i] for i in learn)],
                    [1] * len(singles) + [WHOLE_POST] * len(learn))
        out[test] = gist.scores([rows[i] for i in test])
    return out


def mix(posts, scores):
    """How much of a group's own score and of that of any makes its log-odds."""
    for k, group in enumerate(GROUPS):
        model = LogisticRegression(max_iter=1000)
        model.fit(scores[:, [k, -1]], [is_dirty(p, group) for p in posts])
        yield (*model.coef_[0], model.intercept_[0])


def write(path, columns, terms, table, always):
    """Common terms first: what is asked for together stands together."""
    order = np.argsort(-np.asarray(
        (np.abs(table) > 0).sum(0)), kind="stable")
    lines = ["# Does a post need a finding of the group? Made by fit.py: stems, and what they\n"
             "# weigh."]
    tags = " ".join(f"{c}={a:.2f}" for c, a in zip(columns, always))
    lines.append(f"* | {tags}")
    for i in order:
        term = terms[i]
        tags = " ".join(f"{c}={w:.1f}" for c, w in zip(columns, table[:, i])
                        if abs(w) >= 0.1)
        if tags and not set(term) & set("|;*[]~#=\t"):
            lines.append(f"{term} | {tags}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{path.name}: {len(lines) - 2} terms")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build", type=Path)
    parser.add_argument("--thresholds", action="store_true",
                        help="tell how many held-out posts each threshold finds")
    args = parser.parse_args()
    posts = read((HERE / "posts").glob("*.jsonl"))
    singles = read(FIRST.glob("*.jsonl"))
    rows, single_rows = terms_of(args.build, posts), terms_of(args.build, singles)
    scores = held_out(posts, rows, singles, single_rows)
    mixed = list(mix(posts, scores))
    if args.thresholds:
        tell_thresholds(posts, scores, mixed)
        return
    both, both_rows = [*singles, *posts], [*single_rows, *rows]
    counts = [1] * len(singles) + [WHOLE_POST] * len(posts)
    gist = Gist(both, both_rows, counts)
    any_weights, any_always = gist.columns[-1]
    table, always = [], []
    for (own, of_any, more), (weights, plus) in zip(mixed, gist.columns):
        table.append(own * weights + of_any * any_weights)
        always.append(own * plus + of_any * any_always + more)
    write(HERE / "gist.txt", GROUPS, gist.terms.names(), np.array(table), always)


def tell_thresholds(posts, scores, mixed):
    for k, group in enumerate(GROUPS):
        own, of_any, more = mixed[k]
        total = scores[:, k] * own + scores[:, -1] * of_any + more
        dirty = np.array([is_dirty(p, group) for p in posts])
        told = []
        for limit in (-1, -0.5, 0, 0.5, 1, 1.5):
            found = total >= limit
            right = int((found & (dirty == 1)).sum())
            told.append(f"{limit}: {right} of {int(found.sum())} right")
        print(f"{group} ({dirty.sum()}): " + "; ".join(told))


if __name__ == "__main__":
    main()
