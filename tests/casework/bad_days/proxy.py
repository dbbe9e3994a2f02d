"""A cable between the web application and its database, which a test may cut."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress


class Cable:
    """Passes on what is sent between who connects to `port` and the port behind it, until it is cut."""

    def __init__(self, behind: int) -> None:
        self.behind = behind
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.listener.getsockname()[1]
        self.whole = True
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """End every connection at once, both ways, and let none be made."""
        with self._lock:
            self.whole = False
            for end in self._open:
                _end(end)
            self._open.clear()

    def mend(self) -> None:
        """Let connections be made again."""
        self.whole = True

    def close(self) -> None:
        """Cut it for good."""
        self.cut()
        _end(self.listener)

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._join, args=(near,), daemon=True).start()

    def _join(self, near: socket.socket) -> None:
        try:
            far = socket.create_connection(("127.0.0.1", self.behind))
        except OSError:
            near.close()
            return
        with self._lock:
            if not self.whole:
                _end(near)
                _end(far)
                return
            self._open |= {near, far}
        back = threading.Thread(target=_pass_on, args=(far, near), daemon=True)
        back.start()
        _pass_on(near, far)
        back.join()
        with self._lock:
            self._open -= {near, far}
        near.close()
        far.close()


def _pass_on(source: socket.socket, to: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(65536):
            to.sendall(data)
    for end in (source, to):
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)


def _end(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
