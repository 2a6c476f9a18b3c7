"""The drawings of the line icons: SVG on a grid of 24 by 24, strokes only unless filled."""

from __future__ import annotations

_DOT = 'fill="currentColor" stroke="none"'

SHAPES: dict[str, str] = {
    "search": '<circle cx="10.5" cy="10.5" r="6.5"/><path d="M15.5 15.5 21 21"/>',
    "back": '<path d="M20 12H4.5M11 5.5 4.5 12l6.5 6.5"/>',
    "forward": '<path d="M4 12h15.5M13 5.5 19.5 12 13 18.5"/>',
    "home": '<path d="M3.5 11.5 12 4l8.5 7.5"/><path d="M6 9.8V20h4.5v-5h3v5H18V9.8"/>',
    "bookmark": '<path d="M6.5 3.5h11v17L12 16.2 6.5 20.5z"/>',
    "bookmark-on": ('<path fill="currentColor" d="M6.5 3.5h11v17L12 16.2 6.5 20.5z"/>'),
    "settings": (
        '<path d="M4 7h9M19 7h1M4 17h1M11 17h9"/><circle cx="16" cy="7" r="2.7"/>'
        '<circle cx="8" cy="17" r="2.7"/>'
    ),
    "help": (
        '<circle cx="12" cy="12" r="8.8"/>'
        '<path d="M9.3 9.5a2.7 2.7 0 1 1 4 2.4c-.9.5-1.3 1-1.3 1.9"/>'
        f'<circle cx="12" cy="16.7" r="1.1" {_DOT}/>'
    ),
    "sidebar": '<rect x="3.5" y="4.5" width="17" height="15" rx="2.5"/><path d="M9.5 4.5v15"/>',
    "full-screen": (
        '<path d="M4 9V5.5A1.5 1.5 0 0 1 5.5 4H9M15 4h3.5A1.5 1.5 0 0 1 20 5.5V9'
        'M20 15v3.5a1.5 1.5 0 0 1-1.5 1.5H15M9 20H5.5A1.5 1.5 0 0 1 4 18.5V15"/>'
    ),
    "camera": (
        '<path d="M4.5 7.5h3l1.7-2.5h5.6l1.7 2.5h3A1.5 1.5 0 0 1 21 9v9.5'
        'a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 18.5V9a1.5 1.5 0 0 1 1.5-1.5z"/>'
        '<circle cx="12" cy="13.2" r="3.6"/>'
    ),
    "orbit": (
        '<ellipse cx="12" cy="12" rx="9.3" ry="4.2" transform="rotate(-24 12 12)"/>'
        f'<circle cx="12" cy="12" r="2.3" {_DOT}/>'
    ),
    "fly": (
        '<path d="M12.5 15.5 8.5 11.5c1.4-4.6 4.6-7.4 11-8-.6 6.4-2.4 10.6-7 12z"/>'
        '<path d="M9.3 9.5 5.5 9.8 3.5 13l4 .3M14.5 14.7l-.3 3.8-3.2 2-.3-4"/>'
        '<path d="M6.5 16.5c-1.3.8-1.9 2.2-2 4 1.8-.1 3.2-.7 4-2"/>'
        f'<circle cx="14.8" cy="9.2" r="1.3" {_DOT}/>'
    ),
    "close": '<path d="m6 6 12 12M18 6 6 18"/>',
    "labels": (
        '<path d="M3.5 6.5v11A1.5 1.5 0 0 0 5 19h9.2l6.3-7-6.3-7H5a1.5 1.5 0 0 0-1.5 1.5z"/>'
        '<path d="M7.5 10h5M7.5 14h3.5"/>'
    ),
    "connections": (
        '<circle cx="5.5" cy="17.5" r="2.3"/><circle cx="18.5" cy="15.5" r="2.3"/>'
        '<circle cx="10.5" cy="5.5" r="2.3"/>'
        '<path d="m9.6 7.6-3.2 7.8M12.2 7.1l4.9 6.7M7.8 17.2l8.4-1.3"/>'
    ),
    "rotate": ('<path d="M20.5 12a8.5 8.5 0 1 1-2.7-6.2L20.5 8"/><path d="M20.5 3.5V8H16"/>'),
    "undo": '<path d="M8.5 4.5 4 9l4.5 4.5"/><path d="M4.5 9H14a5.5 5.5 0 0 1 0 11H8"/>',
    "redo": '<path d="M15.5 4.5 20 9l-4.5 4.5"/><path d="M19.5 9H10a5.5 5.5 0 0 0 0 11h6"/>',
    "link": (
        '<path d="M13.5 4.5h6v6M19.5 4.5 11 13"/>'
        '<path d="M16.5 14v4A1.5 1.5 0 0 1 15 19.5H6A1.5 1.5 0 0 1 4.5 18V9'
        'A1.5 1.5 0 0 1 6 7.5h4"/>'
    ),
    "warning": (
        '<path d="M12 4 2.8 19.5h18.4z"/><path d="M12 10v4.5"/>'
        f'<circle cx="12" cy="17" r="1.05" {_DOT}/>'
    ),
    "info": (
        '<circle cx="12" cy="12" r="8.8"/><path d="M12 11.3v5"/>'
        f'<circle cx="12" cy="8" r="1.1" {_DOT}/>'
    ),
    "copy": (
        '<rect x="8.5" y="8.5" width="11.5" height="11.5" rx="2"/>'
        '<path d="M15.5 5.5v-.3A1.2 1.2 0 0 0 14.3 4H5.2A1.2 1.2 0 0 0 4 5.2v9.1'
        'a1.2 1.2 0 0 0 1.2 1.2h.3"/>'
    ),
    "edit": ('<path d="m4 20 .9-4L16 4.9a1.8 1.8 0 0 1 2.6 0l.5.5a1.8 1.8 0 0 1 0 2.6L8 19.1z"/>'),
    "remove": ('<path d="M4.5 7h15M9.5 7V4.5h5V7M6.5 7l.9 12.5h9.2L17.5 7M10.3 11v5M13.7 11v5"/>'),
    "split": ('<path d="M10 12H3.5M14 12h6.5M6.5 8.5 3 12l3.5 3.5M17.5 8.5 21 12l-3.5 3.5"/>'),
    "star": (
        '<path d="M12 3c.8 5.3 3.7 8.2 9 9-5.3.8-8.2 3.7-9 9-.8-5.3-3.7-8.2-9-9 '
        '5.3-.8 8.2-3.7 9-9z"/>'
    ),
    "clock": '<circle cx="12" cy="12" r="8.8"/><path d="M12 7v5l3.5 2"/>',
    "more": (
        f'<circle cx="5.5" cy="12" r="1.5" {_DOT}/><circle cx="12" cy="12" r="1.5" {_DOT}/>'
        f'<circle cx="18.5" cy="12" r="1.5" {_DOT}/>'
    ),
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "minus": '<path d="M5 12h14"/>',
    "swap": '<path d="M8 4v15M4.5 15.5 8 19l3.5-3.5M16 20V5M12.5 8.5 16 5l3.5 3.5"/>',
    "save": (
        '<path d="M12 3.5v11.5M7.5 11 12 15.5l4.5-4.5"/>'
        '<path d="M4.5 16v3A1.5 1.5 0 0 0 6 20.5h12a1.5 1.5 0 0 0 1.5-1.5v-3"/>'
    ),
    "frame": (
        '<path d="M4 8.5V5.5A1.5 1.5 0 0 1 5.5 4h3M15.5 4h3A1.5 1.5 0 0 1 20 5.5v3'
        'M20 15.5v3a1.5 1.5 0 0 1-1.5 1.5h-3M8.5 20h-3A1.5 1.5 0 0 1 4 18.5v-3"/>'
        f'<circle cx="9.3" cy="13.8" r="1.3" {_DOT}/><circle cx="14.7" cy="10.2" r="1.3" {_DOT}/>'
    ),
    "stop": '<rect x="6.5" y="6.5" width="11" height="11" rx="1.5"/>',
    "up": '<path d="m6 15 6-6 6 6"/>',
    "down": '<path d="m6 9 6 6 6-6"/>',
}
