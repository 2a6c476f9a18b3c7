"""`WindowActions`: the table of actions as Qt's actions, with their keys and menus."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QAction, QKeySequence
from PyQt6.QtWidgets import QMainWindow, QMenu, QWidget

from galaxy_desktop.model.actions import ACTIONS, Action
from galaxy_desktop.model.state import Mode

# None of these means the galaxy while a button or a list has the keyboard.
_ON_CANVAS_ONLY = {"Tab", "Shift+Tab", "Return", "Enter", "Esc", "Home", "Menu", "Shift+F10"}
_ON_OR_OFF = {"rotation", "fly_mode", "labels", "connections", "sidebar", "full_screen"}
_LINE = ""

_MENUS: dict[str, dict[str, str]] = {
    "&File": {
        "open": "&Open...",
        "open_graph": "Open &graph...",
        "atlas": "Open the &atlas of music",
        "/0": _LINE,
        "rebuild": "&Rebuild...",
        "grow": "Gro&w from here...",
        "picture": "Save a &picture...",
        "/1": _LINE,
        "settings": "&Settings...",
        "/2": _LINE,
        "quit": "&Quit",
    },
    "&View": {
        "fly_mode": "&Fly freely",
        "rotation": "&Turn by itself",
        "/1": _LINE,
        "labels": "&Names",
        "connections": "&Connections",
        "/2": _LINE,
        "step_nearer": "N&earer",
        "step_farther": "F&arther",
        "speed_up": "Fas&ter",
        "speed_down": "S&lower",
        "zoom_in": "Narrow the field of &view",
        "zoom_out": "&Widen the field of view",
        "/3": _LINE,
        "sidebar": "&Sidebar",
        "panel": "&Keyboard to the sidebar or back",
        "full_screen": "F&ull screen",
    },
    "&Go": {
        "search": "&Search...",
        "home": "&View of everything",
        "/1": _LINE,
        "back": "&Back",
        "forth": "&Forward",
        "/2": _LINE,
        "next_star": "&Next artist ahead",
        "last_star": "&Last artist",
        "open_star": "&Open the card of the one in the middle",
        "average": "&Average this artist",
        "/3": _LINE,
        "bookmark": "&Keep as a bookmark",
    },
    "&Help": {
        "help": "&Keys and mouse",
        "welcome": "&Welcome",
        "about": "&About Galaxy Desktop",
    },
}


class WindowActions:
    """Makes the actions and the menu bar of a window.

    Parameters
    ----------
    window : QMainWindow
    canvas : QWidget
        Some keys do something only while the keyboard is here.
    handlers : mapping of str to callable
        What each action does, by its name; one without a handler is left out.

    Attributes
    ----------
    actions : dict of str to QAction
    menus : dict of str to QMenu
        By their titles, without "&".
    """

    def __init__(
        self, window: QMainWindow, canvas: QWidget, handlers: Mapping[str, Callable[[], object]]
    ) -> None:
        self.actions: dict[str, QAction] = {}
        self.menus: dict[str, QMenu] = {}
        self._modes: dict[str, Mode] = {}
        table = {action.name: action for action in ACTIONS if action.kind == "command"}
        titles = {name: title for menu in _MENUS.values() for name, title in menu.items()}
        for name in [*table, *(name for name in titles if name not in table)]:
            if name not in handlers:
                continue
            made = QAction(titles.get(name, name), window)
            made.setObjectName(name)
            made.setCheckable(name in _ON_OR_OFF)
            # A native menu must not guess from the words which action is which.
            made.setMenuRole(QAction.MenuRole.NoRole)
            if name in table:
                self._give_keys(made, table[name], window, canvas)
            made.triggered.connect(lambda _=False, do=handlers[name]: do())
            self.actions[name] = made
        self._fill_menus(window)
        self.set_mode("orbit")

    def set_mode(self, mode: Mode) -> None:
        """Let each key do what it does in a mode."""
        for name, only in self._modes.items():
            self.actions[name].setEnabled(only == mode)
        self.check("fly_mode", mode == "fly")

    def check(self, name: str, on: bool) -> None:
        """Show whether something is on."""
        if name in self.actions:
            self.actions[name].setChecked(on)

    def enable(self, name: str, on: bool) -> None:
        """Say whether something can be done at present."""
        if name in self.actions:
            self.actions[name].setEnabled(on)

    def _give_keys(
        self, made: QAction, action: Action, window: QMainWindow, canvas: QWidget
    ) -> None:
        made.setToolTip(action.sentence)
        made.setStatusTip("")
        made.setAutoRepeat(action.repeats)
        made.setShortcuts([QKeySequence(key) for key in action.keys])
        if action.mode is not None:
            self._modes[action.name] = action.mode
        if _ON_CANVAS_ONLY.issuperset(action.keys):
            made.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            canvas.addAction(made)
        else:
            # The window has it too: a menu bar that is hidden has no keys.
            window.addAction(made)

    def _fill_menus(self, window: QMainWindow) -> None:
        bar = window.menuBar()
        assert bar is not None
        bar.clear()
        for title, entries in _MENUS.items():
            menu = bar.addMenu(title)
            assert menu is not None
            self.menus[title.replace("&", "")] = menu
            for name in entries:
                if name.startswith("/"):
                    menu.addSeparator()
                elif name in self.actions:
                    menu.addAction(self.actions[name])
