"""A clamd to try the virus check with: one that speaks its protocol and knows one virus, and Debian's own."""

from __future__ import annotations

import hashlib
import shutil
import socketserver
import struct
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

# Not the usual test file, which other virus checks would take away from whoever holds these sources.
HARMLESS_VIRUS = b"A harmless text that the tests call a virus.\n"
NAME = "Golden-Thread-Test"
LIMIT = 1024 * 1024
CLAMD = shutil.which("clamd") or shutil.which("clamd", path="/usr/sbin")


class _Speaks(socketserver.BaseRequestHandler):
    """zINSTREAM as clamd's manual has it: chunks with their length before them, an empty one at the end."""

    def handle(self) -> None:
        if self._read(10) != b"zINSTREAM\0":
            self.request.sendall(b"UNKNOWN COMMAND\0")
            return
        content = b""
        while length := struct.unpack("!I", self._read(4))[0]:
            content += self._read(length)
            if len(content) > LIMIT:
                self.request.sendall(b"INSTREAM size limit exceeded. ERROR\0")
                return
        found = content == HARMLESS_VIRUS
        self.request.sendall(f"stream: {NAME}.UNOFFICIAL FOUND\0".encode() if found else b"stream: OK\0")

    def _read(self, length: int) -> bytes:
        got = b""
        while len(got) < length:
            got += self.request.recv(length - len(got))
        return got


@contextmanager
def a_clamd(folder: Path) -> Iterator[str]:
    """The address of one that is ours."""
    path = folder / "clamd.socket"
    with socketserver.ThreadingUnixStreamServer(str(path), _Speaks) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"unix:{path}"
        server.shutdown()


@contextmanager
def debians_clamd(folder: Path) -> Iterator[str]:
    """The address of Debian's, with a signature of our harmless virus and no other."""
    known = folder / "known"
    known.mkdir()
    digest = hashlib.md5(HARMLESS_VIRUS, usedforsecurity=False).hexdigest()
    (known / "ours.hdb").write_text(f"{digest}:{len(HARMLESS_VIRUS)}:{NAME}\n")
    path = folder / "clamd.socket"
    settings = {"LocalSocket": path, "DatabaseDirectory": known, "Foreground": "yes", "StreamMaxLength": LIMIT}
    (folder / "clamd.conf").write_text("".join(f"{name} {value}\n" for name, value in settings.items()))
    process: Any = subprocess.Popen([str(CLAMD), "-c", str(folder / "clamd.conf")], stdout=subprocess.DEVNULL)
    try:
        for _ in range(300):
            if path.exists():
                break
            assert process.poll() is None, "clamd did not start"
            time.sleep(0.1)
        yield f"unix:{path}"
    finally:
        process.terminate()
        process.wait()
