#!/usr/bin/env python3
"""Added lines of patches, `git postlint` in real repositories, and the hooks under
the real pre-commit, all without a network."""
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PROGRAM = Path(sys.argv[1]).resolve()
SCRIPT = ROOT / "src/cli/git-postlint.sh"
BAD = "My patient Mrs Patel, 87, broke her hip in Leeds today.\n"
OTHER = "DM me your symptoms!\n"
CLEAN = "Please book through the practice.\n"
results = {"passed": 0, "failed": 0}


def check(name, truth, detail=""):
    results["passed" if truth else "failed"] += 1
    if not truth:
        print(f"FAILED {name}: {detail}")


def no_network():
    """A command that cuts the network off, where the machine allows one."""
    for command in (["unshare", "-n"], ["unshare", "-rn"]):
        if shutil.which("unshare") and subprocess.run(
                [*command, "true"], capture_output=True).returncode == 0:
            return command
    return []


ALONE = no_network()


class Repo:
    """A scratch repository; git knows no settings but its own."""

    def __init__(self, init=True):
        self.folder = tempfile.TemporaryDirectory()
        base = Path(self.folder.name)
        self.path, self.bin = base / "repo", base / "bin"
        self.path.mkdir()
        self.bin.mkdir()
        (self.bin / "postlint").symlink_to(PROGRAM)
        (self.bin / "git-postlint").symlink_to(SCRIPT)
        self.env = {key: value for key, value in os.environ.items()
                    if not key.startswith(("GIT_", "PRE_COMMIT"))}
        self.env |= {
            "PATH": f"{self.bin}:{os.environ['PATH']}", "HOME": str(base),
            "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@site.example",
            "GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@site.example",
            "NO_COLOR": "1", "LC_ALL": "C.UTF-8"}
        if init:
            self.run("git", "init", "-q", "-b", "main")

    def run(self, *command, text=b"", cwd=None, **env):
        return subprocess.run(
            [*ALONE, *command], cwd=cwd or self.path, input=text,
            capture_output=True, env={**self.env, **env})

    def write(self, name, text):
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())

    def add(self, name, text):
        self.write(name, text)
        self.run("git", "add", "--", name)

    def commit(self, *args):
        return self.run("git", "commit", "-qm", "x", *args)

    def lint(self, *args, cwd=None, **env):
        """Exit status and [(file, line)] of what git postlint tells."""
        done = self.run("git", "postlint", "--format=jsonl", *args, cwd=cwd,
                        **env)
        found = [json.loads(line) for line in done.stdout.splitlines()]
        return done, sorted({(f["file"], f["line"]) for f in found
                             if "file" in f})

    def patch(self, *args):
        return self.run("git", "diff", "--cached", *args).stdout


FULL = "--unified=2147483647"


# ---- what is told of ---------------------------------------------------------

def test_only_added_lines():
    r = Repo()
    old = "Garlic cures cancer.\n"
    r.add("a.md", CLEAN + "\n" + old)
    r.commit()
    r.add("a.md", CLEAN + "\n" + old + "\nThe door code is 2580.\n")
    done, found = r.lint()
    check("an old finding is not told", found == [("a.md", 5)], found)
    check("status 1", done.returncode == 1, done.stderr)
    r.add("a.md", CLEAN + "\n" + old + "\nThank you.\n")
    done, found = r.lint()
    check("a clean line beside it passes", (done.returncode, found) == (0, []),
          found)
    r.add("a.md", old)
    done, found = r.lint()
    check("a line that was only kept is old", found == [], found)


def test_evidence_on_an_added_line():
    r = Repo()
    r.add("a.txt", "My patient\nwas so brave.\n")
    r.commit()
    before = r.run("postlint", "-fjsonl", "a.txt").stdout
    check("harmless before", before == b"", before)
    text = ("My patient\nwas so brave. She is 87, comes from Leeds and "
            "has lupus.\n")
    r.add("a.txt", text)
    done, found = r.lint()
    anchors = {line for _, line in found}
    check("evidence counts, wherever the anchor is", 1 in anchors, found)


def test_partial_staging():
    r = Repo()
    r.add("a.md", CLEAN)
    r.commit()
    r.add("a.md", CLEAN + OTHER)
    r.write("a.md", CLEAN)
    check("the index is judged", r.lint()[1] == [("a.md", 2)])
    r.add("a.md", CLEAN + "Thanks.\n")
    r.write("a.md", CLEAN + "Thanks.\n" + BAD)
    done, found = r.lint()
    check("not the work tree", (done.returncode, found) == (0, []), found)


def test_kinds_of_change():
    r = Repo()
    r.add("old.md", BAD + CLEAN * 5)
    r.add("gone.md", BAD)
    r.add("mode.md", BAD)
    r.add("less.md", BAD + CLEAN)
    r.add("photo.jpg", b"\xff\xd8\0\1\2")
    r.commit()
    r.run("git", "mv", "old.md", "new.md")
    r.add("new.md", BAD + CLEAN * 5 + OTHER)
    r.run("git", "rm", "-q", "gone.md")
    r.run("git", "update-index", "--chmod=+x", "mode.md")
    r.add("less.md", BAD)
    r.add("photo.jpg", b"\xff\xd8\0\1\2\3")
    (r.path / "link.md").symlink_to("new.md")
    r.run("git", "add", "link.md")
    r.add(".hidden/a.md", BAD)
    r.add("main.c", BAD)
    done, found = r.lint()
    check("a rename with an edit, and nothing else",
          found == [("new.md", 7)], found)
    whole = r.patch(FULL)
    done = r.run("postlint", "check", "-fcount", "--diff", "-", text=whole)
    check("a binary file beside posts is no error", done.returncode == 1,
          done.stderr)
    r = Repo()
    r.add("new.md", BAD)
    check("a first commit", r.lint()[1] == [("new.md", 1)])
    r.commit("--no-verify")
    r.run("git", "mv", "new.md", "other.md")
    check("a mere rename", r.lint()[0].returncode == 0)


def test_odd_names():
    r = Repo()
    names = ["with space.md", 'quo"te.md', "caf\u00e9/\U0001f600.md",
             "tab\there.md", "back\\slash.md", "new\nline.md", "b/b.md",
             "-dash.md"]
    for name in names:
        r.add(name, BAD)
    done, found = r.lint()
    check("names come through", sorted({n for n, _ in found}) == sorted(names),
          found)
    done = r.run("git", "postlint", "--format=compact")
    check("a line end in a name makes no line",
          all(line.count(b": ") > 1 for line in done.stdout.splitlines()),
          done.stdout)


def test_line_ends():
    r = Repo()
    r.run("git", "config", "core.autocrlf", "false")
    r.add("a.txt", CLEAN.rstrip("\n"))
    r.add("b.txt", CLEAN.replace("\n", "\r\n"))
    r.commit()
    r.add("a.txt", CLEAN + BAD.rstrip("\n"))
    r.add("b.txt", (CLEAN + BAD).replace("\n", "\r\n"))
    done, found = r.lint()
    check("no final newline, CRLF", found == [("a.txt", 2), ("b.txt", 2)],
          found)
    r.add("c.txt", "\n\n" + BAD)
    done = r.run("git", "postlint", "--format=jsonl", "--", "c.txt")
    byte = json.loads(done.stdout.splitlines()[0])["byte"][0]
    check("bytes count from the start of the file", byte >= 2, byte)


def test_fake_headers():
    r = Repo()
    fake = ("++ b/x.md\n@@ -1 +1 @@\ndiff --git a/x b/x\n-- a/y\n"
            "\\ No newline at end of file\n")
    r.add("a.txt", "-- a/a.txt\n" + fake)
    r.commit()
    r.add("a.txt", fake + fake + BAD)
    done, found = r.lint()
    check("lines that look like headers", found == [("a.txt", 11)], found)


def test_masked_hides_old_lines():
    r = Repo()
    r.add("a.txt", BAD)
    r.commit()
    r.add("a.txt", BAD + OTHER)
    done = r.run("git", "postlint", "--format=masked")
    check("masked hides what is not told", b"Patel" not in done.stdout and
          b"symptoms" in done.stdout, done.stdout)
    done = r.run("postlint", "-fmasked", "--allow", "privacy=it is invented",
                 text=BAD.encode())
    check("... allowed findings too", b"Patel" not in done.stdout, done.stdout)


# ---- what is refused ------------------------------------------------------------

def test_patches_that_are_not_whole():
    r = Repo()
    r.add("a.md", CLEAN * 30)
    r.commit()

    def refused(name, patch, *words):
        done = r.run("postlint", "check", "--diff", "-", text=patch)
        check(f"{name}: status 2", done.returncode == 2, done.returncode)
        check(f"{name}: {words}", all(w in done.stderr for w in words),
              done.stderr)

    r.add("a.md", CLEAN * 20 + OTHER + CLEAN * 10)
    refused("default context", r.patch(), b"--unified=2147483647", b"a.md",
            b"git postlint")
    r.add("a.md", OTHER + CLEAN * 30)
    refused("the end is missing", r.patch(), b"--unified=2147483647")
    refused("no context", r.patch("-U0"), b"--unified=2147483647")
    r.add("a.md", OTHER + CLEAN * 30 + OTHER)
    refused("several hunks", r.patch(), b"--unified=2147483647")
    refused("colours", r.patch(FULL, "--color=always"), b"--no-color")
    refused("cut off", r.patch(FULL)[:-40], b"ends early")
    refused("words", b"hello\n", b"no patch of git")
    done = r.run("postlint", "check", "--diff", "-", "a.md", text=b"")
    check("--diff beside files", done.returncode == 2, done.stderr)
    done = r.run("postlint", "check", "--diff", "/nowhere")
    check("no such patch", done.returncode == 2, done.stderr)
    for name, text, word in (("utf16.md", BAD.encode("utf-16"), b"UTF-16"),
                             ("broken.md", b"caf\xe9\n", b"not UTF-8"),
                             ("nul.md", b"a\0b\n", b"NUL")):
        r = Repo()
        r.add(name, text)
        r.add("ok.md", BAD)
        done, found = r.lint()
        check(f"{name} is an error", done.returncode == 2 and
              word in done.stderr, done.stderr)
        check(f"... and the rest is judged: {name}",
              found == [("ok.md", 1)], found)
        done = r.run("postlint", "check", "--diff", "-", text=r.patch(FULL))
        check(f"{name} in a patch made without --text", done.returncode == 2 and
              name.encode() in done.stderr, done.stderr)
    r = Repo()
    r.add("big.txt", CLEAN * 40000)
    done, _ = r.lint()
    check("a post too large", done.returncode == 2 and b"--max-size" in
          done.stderr, done.stderr)


def test_settings_of_the_user():
    r = Repo()
    for key, value in (("diff.noprefix", "true"), ("color.ui", "always"),
                       ("diff.mnemonicPrefix", "true"), ("diff.context", "1"),
                       ("diff.external", "false"), ("diff.renames", "false"),
                       ("diff.suppressBlankEmpty", "true"),
                       ("diff.relative", "true"), ("core.quotePath", "false"),
                       ("diff.upper.textconv", "tr a-z A-Z <")):
        r.run("git", "config", key, value)
    r.add(".gitattributes", "*.md diff=upper\n*.csv -diff\n")
    r.add("b/caf\u00e9.md", CLEAN + "\n" + CLEAN * 9)
    r.add("sub/x.txt", CLEAN)
    r.commit()
    r.run("git", "mv", "b/caf\u00e9.md", "b/new.md")
    r.add("b/new.md", CLEAN + "\n" + CLEAN * 9 + OTHER)
    r.add("sub/x.txt", CLEAN + BAD)
    want = [("b/new.md", 12), ("sub/x.txt", 2)]
    check("settings change nothing", r.lint()[1] == want, r.lint())
    check("from a folder below, the whole repository",
          r.lint(cwd=r.path / "sub")[1] == want, r.lint(cwd=r.path / "sub"))
    check("a path as seen from there",
          r.lint("--", "x.txt", cwd=r.path / "sub")[1] == want[1:])
    for key in ("diff.noprefix", "diff.mnemonicPrefix"):
        done = r.run("git", "-c", f"{key}=true", "-c", "color.ui=false", "diff",
                     "--cached", FULL, "--no-textconv", "--no-ext-diff")
        done = r.run("postlint", "check", "-fjsonl", "--diff", "-",
                     text=done.stdout)
        files = {json.loads(line)["file"] for line in done.stdout.splitlines()}
        check(f"names under {key}", files == {"b/new.md", "sub/x.txt"}, files)


# ---- git postlint ------------------------------------------------------------------

def test_ranges():
    r = Repo()
    r.add("a.md", CLEAN)
    r.commit()
    r.run("git", "checkout", "-qb", "work")
    r.add("a.md", CLEAN + OTHER)
    r.commit()
    r.run("git", "checkout", "-q", "main")
    r.add("b.md", BAD)
    r.commit()
    r.run("git", "checkout", "-q", "work")
    check("nothing staged", r.lint()[0].returncode == 0)
    check("... which is said", b"Nothing to judge" in r.lint()[0].stderr)
    for args in (("main...HEAD",), ("main",), ("HEAD^!",), ("HEAD~1..HEAD",)):
        done, found = r.lint(*args)
        check(f"range {args}", found == [("a.md", 2)], (found, done.stderr))
    done, found = r.lint(PRE_COMMIT_FROM_REF="main", PRE_COMMIT_TO_REF="HEAD")
    check("a range of pre-commit's", found == [("a.md", 2)], found)
    check("an option", r.lint("--fail-on=never", "main")[0].returncode == 0)
    check("paths", r.lint("main", "--", "b.md")[1] == [])
    done = r.run("git", "postlint", "-h")
    check("-h", done.returncode == 0 and b"usage" in done.stdout, done.stderr)


def test_failures():
    r = Repo()
    r.add("a.md", BAD)
    for args, word in ((("nowhere",), b"no revision"),
                       (("main", "work"), b"one range"),
                       (("--formt=x",), b"did you mean"),
                       (("-f", "json"), b"no revision")):
        done = r.run("git", "postlint", *args)
        check(f"status 2: {args}", done.returncode == 2, done.returncode)
        check(f"words: {args}", word in done.stderr, done.stderr)
    (r.bin / "postlint").unlink()
    check("without postlint", r.lint()[0].returncode == 2 and
          b"not on the PATH" in r.lint()[0].stderr, r.lint()[0].stderr)
    r = Repo(init=False)
    check("outside a repository", r.run(str(SCRIPT)).returncode == 2)
    r = Repo()
    r.add("a.md", CLEAN)
    r.commit()
    blob = r.run("git", "rev-parse", "HEAD:a.md").stdout.decode().strip()
    r.add("a.md", CLEAN + CLEAN)
    broken = r.path / ".git/objects" / blob[:2] / blob[2:]
    broken.chmod(0o644)
    broken.write_bytes(b"")
    done, _ = r.lint()
    check("git that fails is never a pass", done.returncode == 2,
          (done.returncode, done.stderr))


def test_speed():
    r = Repo()
    for i in range(2000):
        r.write(f"posts/{i}.md", f"# Clinic {i}\n\n" + CLEAN * 3 + "\n" + BAD)
    r.run("git", "add", ".")
    times = []
    for _ in range(3):
        start = time.monotonic()
        done = r.run("git", "postlint", "--format=none")
        times.append(time.monotonic() - start)
    check("2,000 posts are judged", done.returncode == 1, done.stderr)
    best = min(times)
    # A second on two idle cores; the machine of a test may be busy.
    check("2,000 staged posts", best < 3, f"{best:.2f} s")
    print(f"2,000 staged posts: {best:.2f} s")


# ---- hooks -----------------------------------------------------------------------------

def test_plain_hook():
    r = Repo()
    shutil.copy(ROOT / "examples/hooks/pre-commit", r.path / ".git/hooks/")
    r.add("a.md", CLEAN)
    done = r.commit()
    check("a clean post is committed, in silence", done.returncode == 0 and
          done.stderr == b"", done.stderr)
    r.add("a.md", CLEAN + BAD)
    done = r.commit()
    check("a bad one is not", done.returncode == 1 and b"a.md:2:" in
          done.stdout + done.stderr, done.stderr)
    check("... and nobody is named", b"Patel" not in done.stdout + done.stderr)
    done = r.run("git", "commit", "-qm", "x", "-a", "-v")
    check("commit -a too", done.returncode == 1, done.stderr)
    check("--no-verify passes", r.commit("--no-verify").returncode == 0)


def test_server_hook():
    r = Repo()
    r.run("git", "init", "-q", "--bare", "-b", "main", "../server.git")
    shutil.copy(ROOT / "examples/hooks/pre-receive",
                r.path.parent / "server.git/hooks/")
    r.add("a.md", CLEAN)
    r.commit()
    push = ("git", "push", "-q", "../server.git")
    check("a clean push", r.run(*push, "main").returncode == 0)
    r.run("git", "checkout", "-qb", "work")
    r.add("a.md", CLEAN + BAD)
    r.commit()
    done = r.run(*push, "work")
    check("a bad one is refused", done.returncode != 0 and b"a.md:2:" in
          done.stderr, done.stderr)
    check("on a branch that is there as well",
          r.run(*push, "work:main").returncode != 0)
    r.add("a.md", CLEAN + "Thanks.\n")
    r.commit("--amend")
    check("mended, it goes in", r.run(*push, "work").returncode == 0)
    check("a branch may be deleted", r.run(*push, ":work").returncode == 0)


def test_ci_example():
    r = Repo()
    r.add("a.md", CLEAN)
    r.commit()
    r.run("git", "checkout", "-qb", "work")
    r.add("a.md", CLEAN + BAD)
    r.commit()
    done = r.run("sh", str(ROOT / "examples/hooks/ci.sh"), "main")
    check("the branch is judged", done.returncode == 1 and b"a.md:2:" in
          done.stdout, done.stderr)
    sarif = json.loads((r.path / "postlint.sarif").read_text())
    check("a report is left", len(sarif["runs"][0]["results"]) > 0)


def test_tour():
    r = Repo()
    done = r.run("sh", str(ROOT / "examples/hooks/tour.sh"),
                 str(PROGRAM.parent.parent))
    check("the tour goes as it says", done.returncode == 0 and
          b"UNEXPECTED" not in done.stdout, done.stdout)
    check("... and names nobody", not any(
        name in done.stdout for name in (b"Patel, 87", b"Hughes, 91")))


def hooked(config):
    """A repository with pre-commit installed under that configuration."""
    r = Repo()
    r.add(".pre-commit-config.yaml", config)
    r.run("git", "commit", "-qm", "x")
    done = r.run("pre-commit", "install")
    check("pre-commit install", done.returncode == 0, done.stderr + done.stdout)
    return r


def manifest_repo():
    """The two hooks of the project, as a repository that others name."""
    r = Repo()
    shutil.copy(ROOT / ".pre-commit-hooks.yaml", r.path)
    r.run("git", "add", ".")
    r.commit()
    r.run("git", "tag", "v1")
    return r


def test_pre_commit():
    if not shutil.which("pre-commit"):
        check("pre-commit is installed", False)
        return
    hooks = manifest_repo()
    done = hooks.run("pre-commit", "validate-manifest", ".pre-commit-hooks.yaml")
    check("the manifest is valid", done.returncode == 0, done.stdout)
    r = hooked(f"repos:\n- repo: {hooks.path}\n  rev: v1\n  hooks:\n"
               "  - id: postlint\n")
    r.add("a.md", CLEAN)
    done = r.commit()
    check("a clean post", done.returncode == 0, done.stderr)
    r.add("a.md", CLEAN + BAD)
    done = r.commit()
    check("a bad one is refused", done.returncode == 1 and b"a.md:2:" in
          done.stderr + done.stdout, done.stderr)
    check("nobody is named", b"Patel" not in done.stderr + done.stdout)
    r.write("a.md", CLEAN)
    done = r.commit()
    check("the staged text counts", done.returncode == 1, done.stderr)
    check("the work tree is left alone", (r.path / "a.md").read_text() == CLEAN)
    r.write("a.md", CLEAN + BAD)
    check("SKIP", r.run("git", "commit", "-qm", "x",
                        SKIP="postlint").returncode == 0)
    r.add("a.md", CLEAN + BAD + "Thanks.\n")
    check("an old finding does not stop a commit", r.commit().returncode == 0)
    done = r.run("pre-commit", "run", "--from-ref", "HEAD~2", "--to-ref", "HEAD")
    check("--from-ref, --to-ref", done.returncode == 1 and b"a.md:2:" in
          done.stdout, done.stdout)
    done = r.run("pre-commit", "run", "--from-ref", "HEAD~1", "--to-ref", "HEAD")
    check("... of what the range adds", done.returncode == 0, done.stdout)


def test_pre_commit_files():
    if not shutil.which("pre-commit"):
        return
    hooks = manifest_repo()
    r = hooked(f"repos:\n- repo: {hooks.path}\n  rev: v1\n  hooks:\n"
               "  - id: postlint-files\n    args: [--select=privacy]\n")
    for i in range(2000):
        r.write(f"posts/{i}.md", CLEAN)
    r.write("posts/bad.md", BAD)
    r.run("git", "add", ".")
    r.commit("--no-verify")
    done = r.run("pre-commit", "run", "--all-files")
    check("--all-files reads whole files", done.returncode == 1 and
          b"posts/bad.md:1:" in done.stdout, done.stdout)
    check("... in one call, all the same", done.stdout.count(b"exit code") == 1)
    r.add("posts/bad.md", CLEAN)
    done = r.run("pre-commit", "run", "--all-files")
    check("clean", done.returncode == 0, done.stdout)


for test in [value for name, value in list(globals().items())
             if name.startswith("test_")]:
    test()
print(f"git: {results['passed']} passed, {results['failed']} failed")
sys.exit(1 if results["failed"] else 0)
