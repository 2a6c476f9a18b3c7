"""A table of artists: id, name, and what is known of each."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from embedding.errors import InputError
from embedding.readers.fields import clean_name, popularity, shown, split_tags, tag_separator
from embedding.readers.layout import detect, find_columns
from embedding.readers.table import line_of_row, read_rows

ROLES = {
    "id": ("id", "artistid", "nodeid", "mbid", "uri", "key"),
    "name": ("name", "artist", "artistname", "label", "title"),
    "popularity": ("popularity",),
    "tags": ("tags", "genres", "genre", "tag"),
    "link": ("link", "url", "href", "page"),
}
"""What the columns of a table of artists may be called, in any order and spelling of case."""


@dataclass(slots=True)
class Artists:
    """The artists of a table in their order; what the table has no column for stays empty."""

    names: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    popularity: list[int | None] = field(default_factory=list)
    tags: list[tuple[str, ...]] = field(default_factory=list)
    links: list[str] = field(default_factory=list)


def read_artists(path: Path, quoted: bool = True) -> Artists:
    """Read a table of artists with a header that names at least an id or a name column.

    Where there is no id column, the name is the id; where there is no name, the id is the name.

    Raises
    ------
    InputError
        A needed column is not there, an id stands twice, or a field is no good.
    """
    layout = detect(path, ROLES, fewest=1)
    roles = find_columns(layout.first, ROLES)
    if not roles.keys() & {"id", "name"}:
        raise InputError(
            f"no column is called id or name, only {', '.join(map(shown, layout.first[:8]))}",
            where=path,
            line=layout.skipped + 1,
            remedy="name the columns in the first line: id,name,popularity,genres",
        )
    name, key = roles.get("name", roles.get("id", 0)), roles.get("id", roles.get("name", 0))
    artists, seen, cells = Artists(), set[str](), list[str]()
    layout = replace(layout, skipped=layout.skipped + 1, quoted=quoted)
    for rows in read_rows(path, layout):
        cells.extend(rows.columns[roles["tags"]] if "tags" in roles else ())
        for k in range(len(rows.columns[0])):
            try:
                artists.names.append(clean_name(rows.columns[name][k]))
                artists.ids.append(clean_name(rows.columns[key][k], "id"))
                if "popularity" in roles:
                    artists.popularity.append(popularity(rows.columns[roles["popularity"]][k]))
                if "link" in roles:
                    artists.links.append(rows.columns[roles["link"]][k].strip())
                if "tags" in roles:
                    split_tags(rows.columns[roles["tags"]][k], "|")
            except ValueError as error:
                raise rows.wrong(k, str(error)) from None
            ident = artists.ids[-1]
            if ident in seen:
                what = "id" if "id" in roles else "name"
                line = line_of_row(path, layout, artists.ids.index(ident))
                raise rows.wrong(
                    k,
                    f"the {what} {shown(ident)} stands on line {line} too",
                    "give every artist an id of its own",
                )
            seen.add(ident)
    separator = tag_separator(cells)
    tags = {cell: split_tags(cell, separator) for cell in set(cells)}
    artists.tags = [tags[cell] for cell in cells]
    return artists
