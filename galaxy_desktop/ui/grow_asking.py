"""`GrowAsking`: opens the dialog about a growth, and sees to the user's keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from PyQt6.QtCore import QObject, Qt
from PyQt6.QtWidgets import QWidget

from galaxy_desktop.model.growth_plan import GrowthPlan, Service
from galaxy_desktop.model.state import AppState
from galaxy_desktop.ui.background import Background
from galaxy_desktop.ui.grow_dialog import GrowDialog
from galaxy_desktop.ui.growing import Growing

_ALREADY = "A growth is under way; stop it before you begin another."


class Keys(Protocol):
    """Keeps users' keys for services. A keyring may ask the user, so all of it takes its time."""

    def kept(self, service: str) -> bool:
        """Whether a key is there."""

    def keyring(self) -> bool:
        """Whether there is a keyring."""

    def keep(self, service: str, key: str) -> str:
        """Keep a key; return what a crawl has to be told: "" where it finds the key itself."""


class GrowAsking(QObject):
    """Nothing is asked of any service, nor of the keyring, before the user wants it.

    Parameters
    ----------
    window : QWidget
    state : AppState
    growing : Growing
    background : Background
        Where the keyring is asked.
    services : callable
        Returns whom one can ask.
    keys : Keys
    """

    def __init__(
        self,
        window: QWidget,
        state: AppState,
        growing: Growing,
        background: Background,
        services: Callable[[], Sequence[Service]],
        keys: Keys,
    ) -> None:
        super().__init__(window)
        self._window, self._state, self._growing = window, state, growing
        self._background, self._services, self._keys = background, services, keys
        self.dialog: GrowDialog | None = None

    def ask(self, artist: int | None = None) -> None:
        """Ask how to grow from an artist, else from the one whose card is open, else from names."""
        if self._growing.growing:
            self._state.message.emit(_ALREADY)
            return
        state = self._state
        artist = state.selected if artist is None else artist
        seeds = () if artist is None else (state.world.galaxy.names[artist],)
        dialog = self.dialog = GrowDialog(self._services(), seeds, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.key_in_question.connect(self._look_for_key)
        dialog.wanted.connect(self._begin)
        dialog.finished.connect(self._closed)
        dialog.open()

    def _closed(self, _: int) -> None:
        self.dialog = None

    def _look_for_key(self, service: str) -> None:
        keys = self._keys

        def ready(found: tuple[bool, bool]) -> None:
            if self.dialog is not None:
                kept, keyring = found
                self.dialog.show_key(service, kept=kept, keyring=keyring)

        self._background.start(
            lambda: (keys.kept(service), keys.keyring()), ready, self._state.message.emit
        )

    def _begin(self, plan: GrowthPlan, key: str) -> None:
        if not plan.service.needs_key:
            self._growing.begin(plan)
            return
        keys, service = self._keys, plan.service.name
        self._background.start(
            lambda: keys.keep(service, key),
            lambda told: self._growing.begin(plan, told),
            self._state.message.emit,
        )
