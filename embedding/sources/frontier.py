"""Who is asked next: the edge of what is known, kept in the database and so in no memory.

``popular`` goes step by step away from the seeds; within a step the artists with the most listeners
come first, those without a figure last, by the mass of the other order.

``towards`` stays near the seeds. Each seed has a mass of 1; an artist that has its turn hands
`DECAY` of its own on to its related artists, in shares as `weights.strengths` has them, and next
comes who has received most. That is the push of Andersen, Chung and Lang (Local Graph Partitioning
using PageRank Vectors, FOCS 2006), the largest residual first, but each artist pushes once: what
reaches it later is less than what it has handed on, and following it would cost no request but no
end of writing. So the mass is a lower bound of the personalised PageRank of the seeds: it falls
with every step and grows with the number of ways that lead there.

Both orders depend on nothing but the answers, and both are kept up all the time.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from embedding.sources.limits import Order
from embedding.sources.weights import strengths

DECAY = 0.85

_NEXT = {
    "popular": "step, listeners DESC, mass DESC, number",
    "towards": "mass DESC, number",
}


def begin(connection: sqlite3.Connection, seeds: Sequence[int]) -> None:
    """Forget the way of an earlier crawl and stand at the `seeds`, artists' numbers."""
    connection.execute(
        "UPDATE artist SET step = NULL, mass = 0, visit = NULL WHERE step IS NOT NULL"
    )
    connection.executemany(
        "UPDATE artist SET step = 0, mass = 1 WHERE number = ?", [(seed,) for seed in seeds]
    )


def first(connection: sqlite3.Connection, order: Order) -> int | None:
    """Return the number of the artist whose turn it is; None where nobody is left."""
    row = connection.execute(
        "SELECT number FROM artist WHERE visit IS NULL AND step IS NOT NULL"
        f" ORDER BY {_NEXT[order]} LIMIT 1"
    ).fetchone()
    return None if row is None else int(row[0])


def visit(
    connection: sqlite3.Connection,
    number: int,
    turn: int,
    related: Sequence[int],
    scores: Sequence[float | None],
) -> None:
    """Give an artist its turn, and let its related ones wait for theirs.

    Parameters
    ----------
    connection : sqlite3.Connection
    number : int
        The artist.
    turn : int
    related : sequence of int
        The artists it is related to, the nearest first.
    scores : sequence of float or None
        As long as `related`.
    """
    step, mass = connection.execute(
        "SELECT step, mass FROM artist WHERE number = ?", (number,)
    ).fetchone()
    connection.execute("UPDATE artist SET visit = ? WHERE number = ?", (turn, number))
    shares = strengths(scores)
    handed = DECAY * mass / sum(shares) if shares else 0.0
    connection.executemany(
        "UPDATE artist SET mass = mass + ?, step = coalesce(min(step, ?), ?)"
        " WHERE number = ? AND visit IS NULL",
        [
            (handed * share, step + 1, step + 1, other)
            for share, other in zip(shares, related, strict=True)
        ],
    )


def uncounted_in_step(connection: sqlite3.Connection, most: int) -> list[int]:
    """Return artists of the step being gone whose listeners nobody has asked for, at most so many.

    In the popular order all of them have to be known before the step is gone.
    """
    rows = connection.execute(
        "SELECT number FROM artist WHERE counted IS NULL AND visit IS NULL AND step ="
        " (SELECT min(step) FROM artist WHERE visit IS NULL AND step IS NOT NULL)"
        " ORDER BY number LIMIT ?",
        (most,),
    )
    return [int(number) for (number,) in rows]


def uncounted_before(connection: sqlite3.Connection, most: int) -> list[int]:
    """Return artists that had their turn and whose listeners nobody has asked for."""
    rows = connection.execute(
        "SELECT number FROM artist WHERE counted IS NULL AND step IS NOT NULL"
        " AND visit IS NOT NULL ORDER BY visit LIMIT ?",
        (most,),
    )
    return [int(number) for (number,) in rows]


def uncounted_of_many(connection: sqlite3.Connection) -> list[int]:
    """Return artists that several others name and whose listeners nobody has asked for."""
    rows = connection.execute(
        "SELECT number FROM artist JOIN relation ON other = number WHERE counted IS NULL"
        " GROUP BY number HAVING count(*) > 1 ORDER BY number"
    )
    return [int(number) for (number,) in rows]
