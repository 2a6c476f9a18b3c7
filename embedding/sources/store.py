"""`CrawlStore`: every answer of a source, kept at once, and how far the crawl is."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from embedding.sources import database, frontier
from embedding.sources.crawl_lock import CrawlLock
from embedding.sources.limits import Order
from embedding.sources.records import FoundArtist, Relation

KEPT = 30 * 86_400
"""Seconds for which an answer is taken again instead of asking."""

_COLUMNS = "id, name, mbid, listeners, comment, link"
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Turn:
    """An artist whose turn it is.

    Attributes
    ----------
    number : int
        In the store.
    artist : FoundArtist
    """

    number: int
    artist: FoundArtist


class CrawlStore:
    """The file of a crawl, open for writing by this process alone.

    Every method that writes is one transaction: whatever happens, all of it is there or nothing.

    Parameters
    ----------
    path : Path
        Made where it is not there.
    now : callable
        Seconds since 1970.

    Raises
    ------
    InputError
        It is no crawl's file, damaged, cannot be written, or another crawl is writing to it; from
        every method: the disk is full or gone.
    """

    def __init__(self, path: Path, now: Callable[[], float] = time.time) -> None:
        self.path, self._now = path, now
        self._made = not path.exists()
        with database.explained(path):
            database.refuse_unwritable(path)
            self._lock = CrawlLock(path)
        try:
            self._db = database.open_for_writing(path)
            with database.explained(path):
                self._visits = self._count("visit IS NOT NULL")
                self._known = self._count("1")
        except BaseException:
            self._lock.release()
            raise

    def __enter__(self) -> Self:
        """Use it."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Leave one whole file, or none where nobody was found, and let others in."""
        database.close(self._db)
        if self._made and not self._known:
            self.path.unlink(missing_ok=True)
        self._lock.release()

    @property
    def about(self) -> dict[str, str]:
        """What the file says of itself and of its crawl."""
        with database.explained(self.path):
            return dict(self._db.execute("SELECT key, value FROM about"))

    @property
    def known(self) -> int:
        """How many artists were ever named."""
        return self._known

    @property
    def visits(self) -> int:
        """How many artists have had their turn in the present crawl."""
        return self._visits

    def remember(self, about: Mapping[str, str]) -> None:
        """Keep what the file says of itself."""
        with self._transaction():
            self._db.executemany("INSERT OR REPLACE INTO about VALUES (?, ?)", list(about.items()))

    def begin(self, seeds: Sequence[int], about: Mapping[str, str]) -> None:
        """Begin another crawl at `seeds`, artists' numbers; all answers stay."""
        now = int(self._now())
        with self._transaction():
            frontier.begin(self._db, seeds)
            self._db.execute("UPDATE artist SET counted = NULL WHERE counted < ?", (now - KEPT,))
            self._db.execute("DELETE FROM seed")
            self._db.executemany("INSERT INTO seed VALUES (?, ?)", list(enumerate(seeds)))
            about = {**about, "began": str(now)}
            self._db.executemany("INSERT OR REPLACE INTO about VALUES (?, ?)", list(about.items()))
        self._visits = 0

    def seeds(self) -> list[int]:
        """Return the artists that the present crawl began at; none where there is no crawl."""
        with database.explained(self.path):
            return [int(n) for (n,) in self._db.execute("SELECT artist FROM seed ORDER BY place")]

    def artist(self, number: int) -> FoundArtist:
        """Return what is known of an artist."""
        with database.explained(self.path):
            return _artist(
                self._db.execute(
                    f"SELECT {_COLUMNS} FROM artist WHERE number = ?", (number,)
                ).fetchone()
            )

    def number_of(self, key: str) -> int | None:
        """Return the artist with that id or MBID; None where there is none."""
        with database.explained(self.path):
            row = self._db.execute(
                "SELECT number FROM artist WHERE id = ? UNION ALL"
                " SELECT number FROM artist WHERE mbid = ? LIMIT 1",
                (key, key),
            ).fetchone()
        return None if row is None else int(row[0])

    def seed_answer(self, words: str) -> tuple[int, str] | None:
        """Return whom `words` stand for, and what is to be said of it, where that is kept."""
        with database.explained(self.path):
            row = self._db.execute(
                "SELECT artist, remark FROM seed_answer WHERE words = ? AND answered >= ?",
                (words, int(self._now()) - KEPT),
            ).fetchone()
        return None if row is None else (int(row[0]), str(row[1]))

    def keep_seed(self, words: str, artist: FoundArtist, remark: str) -> int:
        """Keep whom `words` stand for; return the artist's number."""
        now = int(self._now())
        with self._transaction():
            number, is_new = self._number(artist, now)
            self._db.execute(
                "INSERT OR REPLACE INTO seed_answer VALUES (?, ?, ?, ?)",
                (words, number, remark, now),
            )
        self._known += is_new
        return number

    def next_turn(self, order: Order) -> Turn | None:
        """Return whose turn it is; None where nobody is left."""
        with database.explained(self.path):
            number = frontier.first(self._db, order)
        return None if number is None else Turn(number, self.artist(number))

    def reuse(self, order: Order, most: int) -> int:
        """Give their turn to artists whose answer is kept, until one has to be asked.

        Parameters
        ----------
        order : {"popular", "towards"}
        most : int
            Only so many.

        Returns
        -------
        int
            How many had their turn.
        """
        done = 0
        with self._transaction():
            # By the day the crawl began, so that a long one does not ask again on its own way.
            (began,) = self._db.execute("SELECT value FROM about WHERE key = 'began'").fetchone()
            oldest = int(began) - KEPT
            while done < min(most, _AT_ONCE):
                number = frontier.first(self._db, order)
                if number is None or not self._is_answered(number, oldest):
                    break
                rows = self._db.execute(
                    "SELECT other, score FROM relation WHERE artist = ? ORDER BY rank", (number,)
                ).fetchall()
                turn = self._visits + done + 1
                others, scores = [row[0] for row in rows], [row[1] for row in rows]
                frontier.visit(self._db, number, turn, others, scores)
                done += 1
        self._visits += done
        return done

    def answer(self, number: int, relations: Sequence[Relation]) -> set[str]:
        """Keep who is related to an artist, which has had its turn.

        Parameters
        ----------
        number : int
            The artist.
        relations : sequence of Relation
            Nearest first. Itself is left out, and so is whoever stands there a second time.

        Returns
        -------
        set of str
            The ids of those that were not known before.
        """
        now = int(self._now())
        new: set[str] = set()
        with self._transaction():
            others: dict[int, float | None] = {}
            for relation in sorted(relations, key=lambda each: each.rank):
                other, is_new = self._number(relation.artist, now)
                if is_new:
                    new.add(relation.artist.id)
                if other != number:
                    others.setdefault(other, relation.score)
            self._db.execute("DELETE FROM relation WHERE artist = ?", (number,))
            self._db.executemany(
                "INSERT INTO relation VALUES (?, ?, ?, ?)",
                [(number, other, i, score) for i, (other, score) in enumerate(others.items(), 1)],
            )
            self._db.execute("UPDATE artist SET answered = ? WHERE number = ?", (now, number))
            scores = list(others.values())
            frontier.visit(self._db, number, self._visits + 1, list(others), scores)
        self._visits += 1
        self._known += len(new)
        return new

    def skip(self, number: int) -> None:
        """Say that an artist has had its turn, and that nothing came of it."""
        with self._transaction():
            frontier.visit(self._db, number, self._visits + 1, [], [])
        self._visits += 1

    def uncounted_in_step(self, most: int) -> list[Turn]:
        """Return artists whose listeners decide who comes next; `frontier.uncounted_in_step`."""
        return self._turns(lambda: frontier.uncounted_in_step(self._db, most))

    def uncounted_before(self, most: int) -> list[Turn]:
        """Return artists that had their turn; see `frontier.uncounted_before`."""
        return self._turns(lambda: frontier.uncounted_before(self._db, most))

    def uncounted_of_many(self) -> list[int]:
        """Return artists that several others name; see `frontier.uncounted_of_many`."""
        with database.explained(self.path):
            return frontier.uncounted_of_many(self._db)

    def turns(self, numbers: Sequence[int]) -> list[Turn]:
        """Return what is known of some artists."""
        return [Turn(number, self.artist(number)) for number in numbers]

    def count(self, asked: Sequence[Turn], listeners: Mapping[str, int]) -> None:
        """Keep how many listeners artists have, by id; who is missing has no figure."""
        now = int(self._now())
        with self._transaction():
            self._db.executemany(
                "UPDATE artist SET listeners = coalesce(?, listeners), counted = ?"
                " WHERE number = ?",
                [(listeners.get(each.artist.id), now, each.number) for each in asked],
            )

    def _turns(self, find: Callable[[], list[int]]) -> list[Turn]:
        with database.explained(self.path):
            return self.turns(find())

    def _number(self, artist: FoundArtist, now: int) -> tuple[int, bool]:
        """Return an artist's number and whether it is new; what is told anew replaces the old."""
        counted = None if artist.listeners is None else now
        row = self._db.execute(
            f"SELECT number, {_COLUMNS} FROM artist WHERE id = ?", (artist.id,)
        ).fetchone()
        if row is None:
            cursor = self._db.execute(
                f"INSERT INTO artist ({_COLUMNS}, counted) VALUES (?, ?, ?, ?, ?, ?, ?)",
                (*_row(artist), counted),
            )
            return int(cursor.lastrowid or 0), True
        number, *before = row
        told = tuple(
            old if new in ("", None) else new for new, old in zip(_row(artist), before, strict=True)
        )
        if told != tuple(before):
            self._db.execute(
                "UPDATE artist SET id = ?, name = ?, mbid = ?, listeners = ?, comment = ?,"
                " link = ?, counted = coalesce(?, counted) WHERE number = ?",
                (*told, counted, number),
            )
        return int(number), False

    def _is_answered(self, number: int, oldest: int) -> bool:
        (answered,) = self._db.execute(
            "SELECT answered FROM artist WHERE number = ?", (number,)
        ).fetchone()
        return answered is not None and int(answered) >= oldest

    def _count(self, where: str) -> int:
        (count,) = self._db.execute(f"SELECT count(*) FROM artist WHERE {where}").fetchone()
        return int(count)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with database.explained(self.path):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise


def _row(artist: FoundArtist) -> tuple[str | int | None, ...]:
    return (
        artist.id, artist.name, artist.mbid, artist.listeners, artist.comment, artist.link
    )  # fmt: skip


def _artist(row: sqlite3.Row) -> FoundArtist:
    ident, name, mbid, listeners, comment, link = row
    return FoundArtist(
        id=ident, name=name, mbid=mbid, listeners=listeners, comment=comment, link=link
    )
