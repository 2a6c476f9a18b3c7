"""What a galaxy is, in lines for the terminal."""

from __future__ import annotations

from embedding.commands.text import safe
from embedding.galaxy import Galaxy


def described(galaxy: Galaxy) -> str:
    """Return title, source, licence, size and quality, a line each."""
    lines = [safe(line) for line in (galaxy.title, galaxy.source, galaxy.licence) if line]
    lines.append(
        f"{len(galaxy):,} artists, {galaxy.edges:,} relations, built {galaxy.created[:10]}"
    )
    lines += [f"  {figure:18}{value:.3f}" for figure, value in galaxy.quality.items()]
    return "\n".join(lines)
