"""The least of the Language Server Protocol that asks a server what an editor asks it."""

from __future__ import annotations

import json
import queue
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_PATIENCE = 30.0


class Server:
    """A language server on its standard streams, in a folder, with the settings of an editor."""

    def __init__(self, process: subprocess.Popen[bytes], settings: dict[str, Any]) -> None:
        self.process, self.settings = process, settings
        self.count = 0
        self.versions: dict[str, int] = {}
        self.inbox: queue.Queue[dict[str, Any]] = queue.Queue()
        self.published: dict[str, list[dict[str, Any]]] = {}
        threading.Thread(target=self._read, daemon=True).start()

    def diagnostics(self, path: Path) -> list[str]:
        """What the server marks in a file that was not open before: it does not say which version it has looked at."""
        assert path.as_uri() not in self.versions, path
        uri = self._open(path)
        while uri not in self.published:
            self._take()
        return [one["message"] for one in self.published[uri]]

    def completions(self, path: Path, line: int, character: int) -> list[str]:
        """What the server offers at a place, both counted from 0."""
        found = self._ask("textDocument/completion", self._at(path, line, character))
        items = found["items"] if isinstance(found, dict) else found
        return [one["label"] for one in items]

    def hover(self, path: Path, line: int, character: int) -> str:
        """What the server says of a place."""
        found = self._ask("textDocument/hover", self._at(path, line, character))
        return json.dumps(found)

    def start(self, folder: Path) -> None:
        """Shake hands as an editor that has opened a folder."""
        can = {"workspace": {"configuration": True}, "textDocument": {"publishDiagnostics": {}}}
        where = {"rootUri": folder.as_uri(), "workspaceFolders": [{"uri": folder.as_uri(), "name": folder.name}]}
        self._ask("initialize", {"processId": None, "capabilities": can, **where})
        self._tell("initialized", {})
        self._tell("workspace/didChangeConfiguration", {"settings": self.settings})

    def _at(self, path: Path, line: int, character: int) -> dict[str, Any]:
        return {"textDocument": {"uri": self._open(path)}, "position": {"line": line, "character": character}}

    def _open(self, path: Path) -> str:
        uri = path.as_uri()
        text = path.read_text(encoding="utf-8")
        version = self.versions[uri] = self.versions.get(uri, 0) + 1
        document = {"uri": uri, "version": version}
        if version == 1:
            self._tell("textDocument/didOpen", {"textDocument": {**document, "languageId": "yaml", "text": text}})
        else:
            self._tell("textDocument/didChange", {"textDocument": document, "contentChanges": [{"text": text}]})
        return uri

    def _ask(self, method: str, params: Any) -> Any:
        self.count += 1
        number = self.count
        self._send({"id": number, "method": method, "params": params})
        while True:
            message = self._take()
            if message.get("id") == number and "method" not in message:
                assert "error" not in message, message
                return message["result"]

    def _tell(self, method: str, params: Any) -> None:
        self._send({"method": method, "params": params})

    def _take(self) -> dict[str, Any]:
        """The next message; what the server asks on the way is answered."""
        message = self.inbox.get(timeout=_PATIENCE)
        if message.get("method") == "textDocument/publishDiagnostics":
            self.published[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif message.get("method") == "workspace/configuration":
            asked = [one.get("section", "") for one in message["params"]["items"]]
            self._send({"id": message["id"], "result": [self.settings.get(section, {}) for section in asked]})
        elif "method" in message and "id" in message:
            self._send({"id": message["id"], "result": None})
        return message

    def _send(self, message: dict[str, Any]) -> None:
        raw = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(raw) + raw)
        self.process.stdin.flush()

    def _read(self) -> None:
        stream = self.process.stdout
        assert stream is not None
        while header := stream.readline():
            length = int(header.partition(b":")[2])
            while stream.readline().strip():
                pass
            self.inbox.put(json.loads(stream.read(length)))


@contextmanager
def serving(words: list[str], folder: Path, settings: dict[str, Any]) -> Iterator[Server]:
    """A server that lives as long as it is asked."""
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [*words, "--stdio"], cwd=folder, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL
    ) as process:
        try:
            server = Server(process, settings)
            server.start(folder)
            yield server
        finally:
            process.kill()
