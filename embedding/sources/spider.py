"""`crawl`: asks a source artist by artist, and keeps each answer before it asks for the next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from embedding.progress import Cancelled, CancelToken, OnProgress, Progress, silent
from embedding.sources.errors import ArtistGone, SourceDown, SourceError, TimeOver
from embedding.sources.limits import Budget, Limits, Order, Why
from embedding.sources.records import FoundArtist, Relation
from embedding.sources.source import Source
from embedding.sources.store import CrawlStore, Turn

STAGE = "crawl"

FAULTS_IN_A_ROW = 20
"""After so many artists without a good answer one after the other, the service is to blame."""

UNCOUNTED_IN_A_ROW = 3
"""After so many questions for listeners without a good answer nobody asks for them any more."""

FEW = 20
"""A source that counts the listeners of fewer artists a request is asked for those of artists who
had their turn, and not of everybody whom they name: that would be many times the requests.
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a source said of an artist, when it is safe in the store.

    Attributes
    ----------
    of : FoundArtist
    relations : sequence of Relation
    new : set of str
        The ids of those that the store did not know.
    """

    of: FoundArtist
    relations: Sequence[Relation]
    new: set[str]


@dataclass(frozen=True, slots=True)
class CrawlEnd:
    """How a crawl ended.

    Attributes
    ----------
    why : {"limit", "nothing left", "stopped", "time", "service"}
    visits : int
        Artists that had their turn, in all runs of this crawl.
    requests : int
        Requests of this run.
    skipped : int
        Artists of this run whose answers were no good.
    problem : str
        What the service said that ended it, or made its time run out; else "".
    no_good : str
        What was wrong with the last of the answers that were skipped, "" where none was.
    uncounted : str
        Why nobody asks for listeners any more; "" where it was never so.
    """

    why: Why
    visits: int
    requests: int
    skipped: int = 0
    problem: str = ""
    no_good: str = ""
    uncounted: str = ""


def crawl(
    source: Source,
    store: CrawlStore,
    limits: Limits,
    *,
    order: Order = "popular",
    budget: Budget | None = None,
    on_progress: OnProgress = silent,
    on_answer: Callable[[Answer], None] = lambda _: None,
    cancel: CancelToken | None = None,
) -> CrawlEnd:
    """Go on with the crawl that `store` holds, until a limit is reached or nobody is left.

    Breadth first from the seeds, or near them (`embedding.sources.frontier`). Whose turn it is
    depends only on the answers in the store: whenever this process ends, another that goes on asks
    for the same artists in the same order.

    Parameters
    ----------
    source : Source
    store : CrawlStore
        Begun (`CrawlStore.begin`).
    limits : Limits
    order : {"popular", "towards"}
    budget : Budget, optional
        What was used up already, by looking for the seeds.
    on_progress : callable
        Told how many artists of how many have had their turn.
    on_answer : callable
        Told every answer once it is kept.
    cancel : CancelToken, optional
        Stops it after the answer that is being kept.

    Returns
    -------
    CrawlEnd

    Raises
    ------
    InputError
        The store cannot be written any more.
    """
    spider = _Spider(
        source,
        store,
        order,
        budget or Budget(limits),
        on_progress,
        on_answer,
        cancel or CancelToken(),
    )
    return spider.run()


@dataclass(slots=True)
class _Spider:
    source: Source
    store: CrawlStore
    order: Order
    budget: Budget
    on_progress: OnProgress
    on_answer: Callable[[Answer], None]
    cancel: CancelToken
    skipped: int = 0
    in_a_row: int = 0
    uncounted_in_a_row: int = 0
    problem: str = ""
    no_good: str = ""
    uncounted: str = ""

    def run(self) -> CrawlEnd:
        """Return how it ended."""
        why: Why
        try:
            why = self._go()
        except Cancelled:
            why = "stopped"
        except TimeOver as error:
            why, self.problem = "time", str(error)
        except SourceDown as error:
            why, self.problem = "service", str(error)
        return CrawlEnd(
            why,
            self.store.visits,
            self.budget.requests,
            self.skipped,
            self.problem,
            self.no_good,
            self.uncounted,
        )

    def _go(self) -> Why:
        while True:
            self._tell()
            self.cancel.check()
            if not self.budget.has_room(self.store.visits):
                return self._count_the_rest() or "limit"
            # First what costs no request, so that a limit of requests does not keep it back.
            turns = self._uncounted()
            if not turns and self.store.reuse(self.order, self._room()):
                continue
            if used_up := self.budget.used_up():
                return used_up
            if turns:
                self._count(turns)
                continue
            turn = self.store.next_turn(self.order)
            if turn is None:
                return self._count_the_rest() or "nothing left"
            self._ask(turn)

    def _room(self) -> int:
        most = self.budget.limits.artists
        return 1 << 30 if most is None else most - self.store.visits

    def _ask(self, turn: Turn) -> None:
        """Ask who is related to an artist."""
        self.budget.spend()
        try:
            relations = self.source.related(turn.artist)
        except ArtistGone as error:
            # That is an answer, too: for a month nobody needs to ask again.
            self.store.answer(turn.number, ())
            self.skipped += 1
            self.in_a_row, self.no_good = 0, str(error)
            return
        except SourceError as error:
            self._note(error)
            self.store.skip(turn.number)
            return
        self.in_a_row = 0
        new = self.store.answer(turn.number, relations)
        self.on_answer(Answer(turn.artist, relations, new))

    def _uncounted(self) -> list[Turn]:
        """Return artists whose listeners are to be asked for before anybody else has a turn."""
        most = self._batch()
        if not most:
            return []
        if most >= FEW and self.order == "popular":
            turns = self.store.uncounted_in_step(most)
            if turns:
                return turns
        turns = self.store.uncounted_before(most)
        return turns if len(turns) == most else []

    def _count(self, turns: Sequence[Turn]) -> None:
        """Ask how many listeners some artists have."""
        self.budget.spend()
        try:
            listeners = self.source.listeners([turn.artist for turn in turns])
            self.uncounted_in_a_row = 0
        except ArtistGone:
            listeners = {}
        except SourceError as error:
            # Relations stand in for listeners: nothing to end a crawl for, nor to go on asking.
            self.uncounted_in_a_row += 1
            if not self._batch():
                self.uncounted = str(error)
            listeners = {}
        self.store.count(turns, listeners)

    def _batch(self) -> int:
        """Return of how many artists the listeners can be asked for at once; 0: none can."""
        return self.source.batch if self.uncounted_in_a_row < UNCOUNTED_IN_A_ROW else 0

    def _count_the_rest(self) -> Why | None:
        """Ask for the listeners of all who matter; return what kept it from its end."""
        most = self._batch()
        if not most:
            return None
        while self._batch() and (turns := self.store.uncounted_before(most)):
            if used_up := self._count_unless_used_up(turns):
                return used_up
        if most >= FEW:
            many = self.store.uncounted_of_many()
            for start in range(0, len(many), most):
                if not self._batch():
                    break
                turns = self.store.turns(many[start : start + most])
                if used_up := self._count_unless_used_up(turns):
                    return used_up
        return None

    def _count_unless_used_up(self, turns: Sequence[Turn]) -> Why | None:
        self.cancel.check()
        used_up = self.budget.used_up()
        if used_up is None:
            self._count(turns)
        return used_up

    def _note(self, error: Exception) -> None:
        """Count an answer that was no good; too many in a row are the service's fault."""
        self.no_good = str(error)
        self.skipped += 1
        self.in_a_row += 1
        if self.in_a_row >= FAULTS_IN_A_ROW:
            raise SourceDown(
                f"the last {self.in_a_row} answers were no good, this one because {error}",
                where=self.source.title,
                remedy="go on with --resume later",
            ) from error

    def _tell(self) -> None:
        self.on_progress(Progress(STAGE, self.store.visits, self.budget.limits.artists or 0))
