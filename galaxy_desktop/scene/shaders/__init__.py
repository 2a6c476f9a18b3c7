"""The shaders, one file each, in GLSL 1.20: it runs wherever OpenGL does.

What only a processor that draws is given (`splatter.py`) is in GLSL 4.30.
"""

from __future__ import annotations

import re
from importlib.resources import files

_INCLUDE = re.compile(r'^#include "(.+)"$', re.MULTILINE)


#: What says where stars are. For stars that glide there is another text of each.
_PLACES = ("vertex.glsl", "vertices.glsl")


def shader(name: str, *, gliding: bool = False) -> str:
    """Return the text of a shader of this folder, such as ``star.vert``, with what it includes.

    With `gliding`, stars are where a `Movement` has them.
    """
    if gliding and name in _PLACES:
        name = f"gliding_{name}"
    text = files(__name__).joinpath(name).read_text("utf-8")
    return _INCLUDE.sub(lambda found: shader(found[1], gliding=gliding), text)
