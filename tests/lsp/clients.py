#!/usr/bin/env python3
"""Real editors, headless, each with the very files that its page in
examples/editors tells to copy: a draft is opened, the right words are underlined,
a fix is applied, the finding goes, and the editor ends.
usage: clients.py PROGRAM"""
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tests/lint"))
from count import check, close  # noqa: E402

PROGRAM = Path(sys.argv[1]).resolve()
HERE = Path(__file__).resolve().parent / "clients"
EDITORS = ROOT / "examples/editors"
LINE = "😀 Jose\u0301 says honey cures asthma"
FIXED = LINE.replace("honey", "no good evidence shows that honey")


class Place:
    """A home of its own, with a draft and the program on PATH."""

    def __enter__(self):
        self.tmp = tempfile.TemporaryDirectory()
        self.home = Path(self.tmp.name)
        self.draft = self.home / "drafts" / "a post.txt"
        self.draft.parent.mkdir()
        self.draft.write_text(LINE + "\n")
        self.out = self.home / "out"
        self.env = {
            "HOME": str(self.home), "LANG": "C.UTF-8", "TERM": "xterm",
            "PATH": f"{PROGRAM.parent}:{os.environ['PATH']}",
            "TMPDIR": str(self.home), "DRAFT": str(self.draft),
            "FIXED": FIXED, "OUT": str(self.out)}
        return self

    def __exit__(self, *_):
        self.tmp.cleanup()

    def paste(self, page):
        """Runs the commands of a page, as somebody would paste them."""
        text = (EDITORS / page).read_text()
        lines = re.findall(r"^ {4,7}(\S.*|  +\S.*)$", text, re.M)
        subprocess.run(["sh", "-e"], input="\n".join(lines), text=True,
                       env=self.env, cwd=ROOT, check=True)

    def copy(self, source, to):
        target = self.home / to
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(EDITORS / source, target)

    def run(self, name, *command):
        try:
            done = subprocess.run(command, env=self.env, cwd=self.home,
                                  stdin=subprocess.DEVNULL,
                                  capture_output=True, timeout=120)
            said = done.stdout + done.stderr
            status = done.returncode
        except subprocess.TimeoutExpired as error:
            said, status = error.stdout, "too long"
        if self.out.exists():
            said += self.out.read_bytes()
        check(name, status == 0, (status, said.decode(errors="replace")))
        return status == 0


def need(name, *programs):
    """A missing editor is a failure: .ci/setup installs them all."""
    return check(f"{name} is installed", all(map(shutil.which, programs)))


def test_neovim():
    if not need("neovim", "nvim"):
        return
    with Place() as p:
        p.paste("neovim.md")
        p.run("Neovim", "nvim", "--headless", "-i", "NONE", "-n",
              str(p.draft), "-S", str(HERE / "neovim.lua"))


def test_emacs():
    if not need("emacs", "emacs"):
        return
    for name in ("eglot", "flymake"):
        with Place() as p:
            p.paste("emacs.md")
            p.run(f"Emacs with {name}", "emacs", "--batch", "-f",
                  "package-initialize", "-L", str(p.home / ".emacs.d/lisp"),
                  "-l",
                  str(HERE / f"{name}.el"))


def test_emacs_file():
    """It compiles without a warning."""
    with Place() as p:
        p.copy("emacs/postlint.el", "lisp/postlint.el")
        p.run("postlint.el compiles", "emacs", "--batch", "--eval",
              "(setq byte-compile-error-on-warn t)", "-f",
              "batch-byte-compile", str(p.home / "lisp/postlint.el"))


def test_vim():
    if not need("vim", "vim"):
        return
    with Place() as p:
        p.paste("vim.md")
        p.run("Vim with quickfix", "vim", "-Nu", "NONE", "-i", "NONE", "-n",
              "-es", "-S", str(HERE / "quickfix.vim"))
    for kind in ("text", "markdown"):
        with Place() as p:
            p.paste("vim.md")
            p.env["KIND"] = kind
            p.run(f"Vim with ALE, {kind}", "vim", "-Nu", "NONE", "-i", "NONE",
                  "-n", "-es", "-S", str(HERE / "ale.vim"))


def wait(name, holds, detail, seconds=40):
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            return check(name, False, detail())
        time.sleep(0.05)
    return check(name, True)


def test_kakoune():
    """In a terminal of tmux's, for Kakoune shows nothing without one."""
    if not need("kakoune", "kak", "tmux"):
        return
    with Place() as p:
        p.paste("kakoune.md")
        socket = str(p.home / "tmux")

        def tmux(*args):
            return subprocess.run(["tmux", "-S", socket, *args], env=p.env,
                                  capture_output=True, text=True).stdout

        def screen():
            return tmux("capture-pane", "-p")

        def kak(commands):
            subprocess.run(["kak", "-p", "test"], env=p.env, text=True,
                           input=f"evaluate-commands -client client0 "
                                 f"%§{commands}§", capture_output=True)

        def told(text):
            """What the editor says of itself; it answers when it has time."""
            def ask():
                p.out.unlink(missing_ok=True)
                kak(f"echo -to-file {p.out} -- {text} .")
                end = time.monotonic() + 5
                while time.monotonic() < end:
                    if p.out.exists() and p.out.read_text().endswith(" ."):
                        return p.out.read_text()[:-2]
                    time.sleep(0.02)
                return ""
            return ask

        env = {**p.env, "XDG_RUNTIME_DIR": str(p.home)}
        p.env = env
        tmux("new-session", "-d", "-x", "160", "-y", "40",
             f"kak -s test '{p.draft}'")
        wait("Kakoune starts", lambda: "honey" in screen(), screen)
        kak("lint")
        count = told("%opt{lint_warning_count}")
        wait("Kakoune lints", lambda: count().strip() == "1",
             lambda: (count(), screen()))
        # A line and the message for it, where the column stands: the author goes
        # to it from *lint-output*.
        message = told("%opt{lint_messages}")()
        place = re.search(
            r"1\|warning: .*claims/cure/absolute\]\(col (\d+)\)", message)
        if not check("the message", place, message):
            return
        column = int(place[1])
        kak(f"select 1.{column},1.{column + 17}")
        selected = told("%val{selection}")
        wait("the right words", lambda: selected() == "honey cures asthma",
             selected)
        kak("execute-keys 'cno good evidence shows that honey cures asthma"
            "<esc>'; write")
        wait("the fixed text", lambda: p.draft.read_text().strip() == FIXED,
             p.draft.read_text)
        # The file lints itself when it is written.
        wait("Kakoune's finding goes", lambda: count().strip() == "0",
             lambda: (count(), screen()))
        kak("quit!")
        wait("Kakoune ends", lambda: not tmux("list-sessions"), screen)
        tmux("kill-server")


def main():
    for name, test in sorted(globals().items()):
        if name.startswith("test_") and (len(sys.argv) < 3 or
                                         name in sys.argv[2:]):
            test()
    close()


if __name__ == "__main__":
    main()
