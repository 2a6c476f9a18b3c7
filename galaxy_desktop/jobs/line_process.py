"""`LineProcess`: a process that says what it does in lines of JSON, and ends with its owner."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from PyQt6.QtCore import QObject, QProcess, QProcessEnvironment, pyqtSignal

_COMPLAINT, _LINE = 4096, 2**24
"""Bytes kept of what it says about itself, and more than any line has."""


class LineProcess(QObject):
    """A process that ends when its input does: with its owner, then, however that ends.

    Parameters
    ----------
    command : sequence of str
        The program and its arguments.
    variables : mapping of str to str, optional
        What its environment has besides.

    Signals
    -------
    said(dict) : an event; each has a text "event"
    ended(str) : it is no more, though nobody killed it; the last thing it said about that
    """

    said = pyqtSignal(dict)
    ended = pyqtSignal(str)

    def __init__(
        self,
        command: Sequence[str],
        variables: Mapping[str, str] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._command = list(command)
        self._rest, self._complaint = b"", b""
        self._process = QProcess(self)
        environment = QProcessEnvironment.systemEnvironment()
        environment.insert("PYTHONIOENCODING", "utf-8")
        for name, value in (variables or {}).items():
            environment.insert(name, value)
        self._process.setProcessEnvironment(environment)
        self._process.readyReadStandardOutput.connect(self._read)
        self._process.readyReadStandardError.connect(self._hear)
        self._process.finished.connect(self._finished)
        self._process.errorOccurred.connect(self._broken)

    def begin(self) -> None:
        """Start it; `ended` follows where it cannot be."""
        self._process.start(self._command[0], self._command[1:])

    @property
    def pid(self) -> int:
        """The number of the process, 0 where it does not run."""
        return self._process.processId()

    def ask(self, request: dict[str, Any]) -> None:
        """Send a request."""
        self._process.write(json.dumps(request).encode() + b"\n")

    def finish(self) -> None:
        """End its input, by which it knows that it is to end."""
        self._process.closeWriteChannel()

    def kill(self) -> None:
        """End it at once; nothing is heard of it any more."""
        self._process.blockSignals(True)
        self._process.kill()
        self._process.waitForFinished()

    def _read(self) -> None:
        lines = (self._rest + self._process.readAllStandardOutput().data()).split(b"\n")
        self._rest = lines.pop()
        if len(self._rest) > _LINE:
            self._rest = b""
        for line in lines:
            event = _event(line)
            if event is not None:
                self.said.emit(event)

    def _hear(self) -> None:
        said = self._complaint + self._process.readAllStandardError().data()
        self._complaint = said[-_COMPLAINT:]

    def _finished(self) -> None:
        self._read()
        self._hear()
        lines = self._complaint.decode("utf-8", "replace").strip().splitlines()
        self.ended.emit(lines[-1] if lines else "")

    def _broken(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self.ended.emit("no process could be started for it")


def _event(line: bytes) -> dict[str, Any] | None:
    """Return the event in a line, None where there is none."""
    try:
        event = json.loads(line)
    except (ValueError, RecursionError):
        return None
    good = isinstance(event, dict) and isinstance(event.get("event"), str)
    return event if good else None
