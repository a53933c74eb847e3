"""A language client for the tests: one session with `postlint lsp`."""
import json
import queue
import subprocess
import threading

CAPABILITIES = {
    "general": {"positionEncodings": ["utf-16"]},
    "textDocument": {
        "publishDiagnostics": {"relatedInformation": True,
                               "codeDescriptionSupport": True,
                               "dataSupport": True, "versionSupport": True},
        "codeAction": {
            "isPreferredSupport": True,
            "codeActionLiteralSupport": {
                "codeActionKind": {"valueSet": ["quickfix", "source"]}}},
        "hover": {"contentFormat": ["markdown", "plaintext"]},
    },
    "workspace": {"applyEdit": True,
                  "workspaceEdit": {"documentChanges": True}},
    "window": {"showMessage": {}},
}


def deep(base, more):
    out = dict(base)
    for key, value in more.items():
        out[key] = (deep(out[key], value) if isinstance(value, dict) and
                    isinstance(out.get(key), dict) else value)
    return out


def frame(message):
    body = (message if isinstance(message, bytes) else
            json.dumps(message, ensure_ascii=False).encode())
    return b"Content-Length: %d\r\n\r\n" % len(body) + body


class Session:
    """Requests wait for their answer; what comes unasked is kept in `others`."""

    def __init__(self, program, *options, start=True, capabilities=None,
                 env=None, **params):
        self.process = subprocess.Popen(
            [program, "lsp", *options], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env)
        self.raw = b""
        self.answers, self.others = {}, queue.Queue()
        self.errors = b""
        self.last = 0
        self.wake = threading.Condition()
        self.closed = False
        threading.Thread(target=self._read, daemon=True).start()
        threading.Thread(target=self._read_errors, daemon=True).start()
        if start:
            self.started = self.ask("initialize", {
                "processId": None, "rootUri": None,
                "capabilities": deep(CAPABILITIES, capabilities or {}),
                **params})
            self.tell("initialized", {})

    def _read_errors(self):
        self.errors = self.process.stderr.read()

    def _read(self):
        out = self.process.stdout
        while True:
            header = b""
            while not header.endswith(b"\r\n\r\n"):
                byte = out.read(1)
                if not byte:
                    with self.wake:
                        self.closed = True
                        self.raw += header
                        self.wake.notify_all()
                    return
                header += byte
            name, value = header.strip().split(b": ")
            assert name == b"Content-Length", header
            body = out.read(int(value))
            self.raw += header + body
            message = json.loads(body)
            with self.wake:
                if "method" in message:
                    self.others.put(message)
                else:
                    self.answers.setdefault(message["id"], []).append(message)
                self.wake.notify_all()

    def send(self, data):
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def tell(self, method, params):
        self.send(frame({"jsonrpc": "2.0", "method": method,
                         "params": params}))

    def begin(self, method, params, number=None):
        self.last += 1
        number = self.last if number is None else number
        self.send(frame({"jsonrpc": "2.0", "id": number, "method": method,
                         "params": params}))
        return number

    def answer(self, number, seconds=90):
        """The whole answer to a request, error or not."""
        with self.wake:
            if not self.wake.wait_for(
                    lambda: self.answers.get(number) or self.closed, seconds):
                raise TimeoutError(f"no answer to {number}")
            if not self.answers.get(number):
                raise EOFError("the server is gone")
            return self.answers[number].pop(0)

    def ask(self, method, params):
        return self.answer(self.begin(method, params)).get("result")

    def fails(self, method, params):
        """The code of the error."""
        error = self.answer(self.begin(method, params)).get("error")
        return error and error["code"]

    def next(self, method, seconds=90):
        """The params of the next message of this name that comes unasked."""
        while True:
            message = self.others.get(timeout=seconds)
            if message["method"] == method:
                self.request = message.get("id")
                return message.get("params")

    def open(self, uri, text, version=1, language="plaintext"):
        self.tell("textDocument/didOpen", {"textDocument": {
            "uri": uri, "languageId": language, "version": version,
            "text": text}})

    def change(self, uri, version, *changes):
        self.tell("textDocument/didChange", {
            "textDocument": {"uri": uri, "version": version},
            "contentChanges": list(changes)})

    def published(self, uri, version=None):
        """Diagnostics of the text, as they are pushed."""
        while True:
            params = self.next("textDocument/publishDiagnostics")
            if params["uri"] == uri and version in (None,
                                                    params.get("version")):
                return params["diagnostics"]

    def pulled(self, uri):
        return self.ask("textDocument/diagnostic",
                        {"textDocument": {"uri": uri}})

    def actions(self, uri, span, only=None):
        context = {"diagnostics": []}
        if only is not None:
            context["only"] = only
        return self.ask("textDocument/codeAction", {
            "textDocument": {"uri": uri}, "range": span, "context": context})

    def end(self, polite=True):
        """The exit status."""
        if polite:
            self.ask("shutdown", None)
            self.tell("exit", None)
        self.process.stdin.close()
        return self.process.wait(10)


def part(text, span, unit="utf-16"):
    """What a range of the protocol underlines."""
    return apply(text, [{"range": span, "newText": None}], unit)


def index(text, place, unit="utf-16"):
    """The index of a position in a text whose lines end with LF."""
    lines = text.split("\n")
    line = lines[place["line"]]
    units = 0
    for i, c in enumerate(line):
        if units >= place["character"]:
            break
        units += (len(c.encode("utf-8")) if unit == "utf-8" else
                  len(c.encode("utf-16-le")) // 2)
    else:
        i = len(line)
    assert units == place["character"], (place, "stands inside a character")
    return sum(len(l) + 1 for l in lines[:place["line"]]) + i


def apply(text, edits, unit="utf-16"):
    """Edits are applied from the end; with newText null: the part is given."""
    for edit in sorted(edits, key=lambda e: (
            -e["range"]["start"]["line"], -e["range"]["start"]["character"])):
        beg = index(text, edit["range"]["start"], unit)
        end = index(text, edit["range"]["end"], unit)
        if edit["newText"] is None:
            return text[beg:end]
        text = text[:beg] + edit["newText"] + text[end:]
    return text


def edits_of(edit):
    """All text edits of a WorkspaceEdit for one file."""
    if "changes" in edit:
        return [e for edits in edit["changes"].values() for e in edits]
    return [e for change in edit["documentChanges"] if "edits" in change
            for e in change["edits"]]


def at(line, character, end=None):
    return {"start": {"line": line, "character": character},
            "end": {"line": line,
                    "character": character if end is None else end}}
