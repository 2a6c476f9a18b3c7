"""What Qt prints while it starts, held back; and where it cannot start, one sentence instead."""

from __future__ import annotations

import contextlib
import logging
import os
import sys
from collections.abc import Callable, Iterator

from PyQt6.QtCore import QLoggingCategory, QMessageLogContext, QtMsgType, qInstallMessageHandler

from embedding.errors import InputError

_log = logging.getLogger(__name__)

NO_DISPLAY = "start it on a desktop, or use --screenshot or --tour, which need none"


def say_no_missing_scripts() -> None:
    """Let Qt not name every font of the system where none has the script of a name.

    Who wants to read it sets ``QT_LOGGING_RULES``, which goes before this.
    """
    QLoggingCategory.setFilterRules("qt.text.font.db.info=false")


@contextlib.contextmanager
def held_back(tell: Callable[[str], object] = lambda _: None) -> Iterator[None]:
    """Send Qt's warnings to the log; where Qt would abort, say why and exit with status 2.

    Qt tells nobody else that it cannot open windows: it calls abort() when its handler returns.

    Parameters
    ----------
    tell : callable, optional
        Gets that sentence too.
    """
    if "QT_DEBUG_PLUGINS" in os.environ:
        # Whoever sets this wants to read it all.
        yield
        return
    warnings: list[str] = []

    def heard(kind: QtMsgType, _where: QMessageLogContext, text: str | None) -> None:
        text = " ".join((text or "").split())
        _log.debug("Qt: %s", text)
        if kind == QtMsgType.QtWarningMsg:
            warnings.append(text)
        elif kind == QtMsgType.QtFatalMsg:
            reason = warnings[0] if warnings else text
            remedy = f"install what Qt needs for one (libxcb-cursor0), {NO_DISPLAY}"
            error = InputError(f"no window can be opened here ({reason})", remedy=remedy)
            # Started from a menu, nobody may listen there.
            with contextlib.suppress(OSError, AttributeError):
                print(error, file=sys.stderr, flush=True)
            tell(str(error))
            os._exit(2)

    before = qInstallMessageHandler(heard)
    try:
        yield
    finally:
        qInstallMessageHandler(before)
