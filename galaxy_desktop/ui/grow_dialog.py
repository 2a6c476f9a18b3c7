"""Growing: whom to begin with, which service to ask, how far, and what that means."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import (
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from galaxy_desktop.model.durations import in_words
from galaxy_desktop.model.growth_plan import (
    FIRST_SIZE,
    SIZES,
    GrowthPlan,
    Service,
)
from galaxy_desktop.ui import theme
from galaxy_desktop.ui.asking import Asking
from galaxy_desktop.ui.buttons import Choice, Tabs, button
from galaxy_desktop.ui.labels import hairline, label
from galaxy_desktop.ui.seed_field import SeedField

_WHAT = (
    "Ask a music service who is related to an artist, then who is related to those, and so on."
    " New artists appear at the edge of the galaxy and find their place when it re-forms."
)
_KEY_KEPT = "A key is kept in the keyring of this computer; leave this empty to use it."
_KEY_WANTED = "Your API key. It is kept in the keyring of this computer and in no file."
_KEY_FOR_NOW = (
    "Your API key. There is no keyring here to keep it in, so it is forgotten when you quit."
)
_WIDTH = 480


class GrowDialog(Asking):
    """Asks the user; nothing is sent to anybody by opening it or by choosing in it.

    Signals
    -------
    wanted(GrowthPlan, str) : grow so; a key that was typed, else ""
    key_in_question(str) : is a key for this service kept? `show_key` is the answer

    Parameters
    ----------
    services : sequence of Service
    seeds : sequence of str
        The names to begin with.
    parent : QWidget, optional
    """

    wanted = pyqtSignal(object, str)
    key_in_question = pyqtSignal(str)

    def __init__(
        self, services: Sequence[Service], seeds: Sequence[str], parent: QWidget | None = None
    ) -> None:
        self.grow = button("Grow", "primary")
        super().__init__("Grow from here", _WIDTH, (self.grow,), parent)
        self._services = list(services)
        self._keys: dict[str, bool] = {}
        self.seeds = SeedField()
        self.services = Tabs([each.title for each in services])
        self.terms = label("", "small", wrap=True)
        self.licence = label("", "small", wrap=True)
        self.key = QLineEdit()
        self.key.setEchoMode(QLineEdit.EchoMode.Password)
        self.key.setMaxLength(200)
        self.key_hint = label("", "small", wrap=True)
        self.sizes = Choice()
        self.sizes.setAccessibleName("How many artists to ask about")
        for size in SIZES:
            self.sizes.addItem("", size)
        self.sizes.setCurrentIndex(SIZES.index(FIRST_SIZE))
        self.asks = label("", "", wrap=True)
        self.takes = label("", "", wrap=True)
        self.tells = label("", "small", wrap=True)
        self._arrange()
        self.seeds.changed.connect(self._refresh)
        self.services.changed.connect(lambda _: self._choose_service())
        self.sizes.currentIndexChanged.connect(lambda _: self._refresh())
        self.key.textChanged.connect(lambda _: self._refresh())
        self.grow.clicked.connect(self._begin)
        self.seeds.set_names(seeds)
        self._choose_service()
        if seeds:
            self.grow.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def service(self) -> Service:
        """Whom to ask."""
        return self._services[self.services.current]

    @property
    def plan(self) -> GrowthPlan:
        """What is chosen."""
        return GrowthPlan(
            service=self.service,
            seeds=self.seeds.names,
            size=int(self.sizes.currentData()),
        )

    def show_key(self, service: str, *, kept: bool, keyring: bool) -> None:
        """Say whether a key for a service is kept, and whether there is a keyring to keep one."""
        self._keys[service] = kept
        if self.service.name == service:
            wanted = _KEY_WANTED if keyring else _KEY_FOR_NOW
            self.key_hint.setText(_KEY_KEPT if kept else wanted)
            self._refresh()

    # -- Within ------------------------------------------------------------------------------------

    def _arrange(self) -> None:
        self._key_box = QWidget()
        key = QVBoxLayout(self._key_box)
        key.setContentsMargins(0, 0, 0, 0)
        key.setSpacing(theme.UNIT // 2)
        key.addWidget(self.key)
        key.addWidget(self.key_hint)
        column = self.column
        column.setSpacing(theme.UNIT)
        column.addWidget(label(_WHAT, "muted", wrap=True))
        column.addSpacing(theme.UNIT)
        column.addWidget(label("BEGIN WITH", "section"))
        column.addWidget(self.seeds)
        column.addSpacing(theme.UNIT)
        column.addWidget(label("ASK", "section"))
        column.addWidget(self.services)
        column.addWidget(self._key_box)
        column.addWidget(self.terms)
        column.addWidget(self.licence)
        column.addSpacing(theme.UNIT)
        column.addWidget(label("ABOUT HOW MANY ARTISTS", "section"))
        column.addWidget(self.sizes)
        column.addSpacing(theme.UNIT)
        column.addWidget(hairline())
        for each in (self.asks, self.takes, self.tells):
            column.addWidget(each)

    def _choose_service(self) -> None:
        service = self.service
        self.terms.setText(service.terms)
        self.licence.setText(f"Licence: {service.licence}." if service.licence else "")
        self.licence.setVisible(bool(service.licence))
        for i, size in enumerate(SIZES):
            plan = GrowthPlan(service=service, seeds=("",), size=size)
            self.sizes.setItemText(i, f"{size:,} artists, {in_words(plan.seconds)}")
        self._key_box.setVisible(service.needs_key)
        if service.needs_key:
            self.key.setPlaceholderText(f"{service.title} API key")
            self.key.setAccessibleName(f"{service.title} API key")
            self.key_hint.setText(_KEY_WANTED)
            self.key_in_question.emit(service.name)
        self._refresh()

    def _refresh(self) -> None:
        plan = self.plan
        self.asks.setText(plan.asks)
        self.takes.setText(plan.takes)
        self.tells.setText(plan.tells)
        service = plan.service
        keyed = bool(self.key.text().strip()) or self._keys.get(service.name, False)
        self.grow.setEnabled(bool(plan.seeds) and (keyed or not service.needs_key))
        self._order()
        self.fit()

    def _order(self) -> None:
        """Let Tab go from top to bottom, whatever was there first."""
        services = [self.services.at(i) for i in range(len(self.services))]
        seeds = [*self.seeds.chips, self.seeds.field]
        for one, next_one in pairwise(
            [*seeds, *services, self.key, self.sizes, self.stay, self.grow]
        ):
            self.setTabOrder(one, next_one)

    def _begin(self) -> None:
        plan = self.plan
        key = self.key.text().strip() if plan.service.needs_key else ""
        self.accept()
        self.wanted.emit(plan, key)
