"""`Growing`: between the strip, the job that asks a service, and the galaxy that grows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal

from PyQt6.QtCore import QObject, pyqtSignal

from galaxy_desktop.jobs.crawl_job import CrawlJob
from galaxy_desktop.jobs.crawl_messages import CrawlEnd, CrawlProgress, CrawlRequest
from galaxy_desktop.jobs.rebuild_messages import Progress
from galaxy_desktop.model.growth import Answer
from galaxy_desktop.model.growth_plan import GrowthPlan, Service, listed
from galaxy_desktop.model.state import AppState
from galaxy_desktop.model.world import World
from galaxy_desktop.ui.background import Background
from galaxy_desktop.ui.growth_strip import GrowthStrip
from galaxy_desktop.ui.new_stars import NewStars
from galaxy_desktop.ui.rebuilding import Rebuilding

_BUILD = "Getting ready to re-form"

Stage = Literal["asking", "paused", "stopped", "failed", "asked", "over"]
"""What the asking has come to; "asked" is its natural end, "over" that of the whole growth."""


class Growing(QObject):
    """Asks when the user says so, lets the new stars appear, and has the galaxy re-formed.

    Signals
    -------
    changed() : another stage

    Parameters
    ----------
    state : AppState
    strip : GrowthStrip
    rebuilding : Rebuilding
    background : Background
    folder : Path
        Where the answers of each service are kept.
    ready : callable
        Whether what was made for the galaxy shown is done, so that another one may come.
    base_url : str
        Whom to ask instead of the services, "" for themselves.
    job : CrawlJob, optional

    Attributes
    ----------
    job : CrawlJob
    stars : NewStars
    stage : {"asking", "paused", "stopped", "failed", "asked", "over"}
    """

    changed = pyqtSignal()

    def __init__(
        self,
        state: AppState,
        strip: GrowthStrip,
        rebuilding: Rebuilding,
        background: Background,
        folder: Path,
        ready: Callable[[], bool] = lambda: True,
        base_url: str = "",
        job: CrawlJob | None = None,
    ) -> None:
        super().__init__(strip)
        self._state, self._strip, self._rebuilding = state, strip, rebuilding
        self._folder, self._base_url = folder, base_url
        self.job = job or CrawlJob(self)
        self.stars = NewStars(state, rebuilding, background, ready, self)
        self.stage: Stage = "over"
        self._request: CrawlRequest | None = None
        self._progress = CrawlProgress()
        self._trouble = ""
        #: What is to come of asking when it has ended.
        self._then: Stage = "paused"
        #: Whether the galaxy is being built with the answers, and with all that there will be.
        self._re_forming = self._complete = False
        self._before = 0
        self._connect()

    @property
    def growing(self) -> bool:
        """Whether there is a growth that is not over."""
        return self.stage != "over"

    # -- What the user asks for --------------------------------------------------------------------

    def begin(self, plan: GrowthPlan, key: str = "") -> None:
        """Begin to ask; not while there is a growth.

        Parameters
        ----------
        plan : GrowthPlan
        key : str
            The user's key for the service where no keyring has it, else "".
        """
        assert not self.growing
        service, galaxy = plan.service, self._base.galaxy
        self._request = CrawlRequest(
            source=service.name,
            seeds=plan.seeds,
            size=plan.size,
            path=crawl_file(self._folder, service, galaxy.title or Path(self._base.path).stem),
            base_url=self._base_url,
            key=key,
        )
        self._progress, self._trouble = CrawlProgress(), ""
        self.stars.begin(service.title, service.licence)
        self._strip.begin(f"Growing from {listed(plan.seeds)}", service.title)
        self._start(resume=False)

    def pause(self) -> None:
        """Ask no more for now."""
        self._halt("paused")

    def resume(self) -> None:
        """Go on asking."""
        if self.stage in ("paused", "failed"):
            # What never got to its first answer begins once more.
            self._start(resume=self._progress.asked > 0)

    def stop(self) -> None:
        """Ask no more; new stars stay at the edge until the user says what becomes of them."""
        if self.job.running:
            self._halt("stopped")
        elif self.growing:
            self._go_to("stopped")

    def re_form(self) -> None:
        """Have the galaxy built anew with all that was answered; asking goes on meanwhile."""
        if self._request is not None and self.growing and not self._re_forming:
            self._re_forming, self._before = True, len(self._base)
            self._complete = self.stage in ("stopped", "asked")
            self._strip.show_building(_BUILD, 0.0, None)
            self._rebuilding.grow((self._request.path,))

    def take_away(self) -> None:
        """Show the galaxy as it was before."""
        self.close()
        self._strip.hide()

    def close(self) -> None:
        """End what is under way, and leave the galaxy as it would be without."""
        self.job.close()
        self.stars.end()
        self._re_forming = False
        self._set_stage("over")

    # -- Within: asking ----------------------------------------------------------------------------

    @property
    def _base(self) -> World:
        """The galaxy that grows."""
        return self._rebuilding.generations.present

    def _connect(self) -> None:
        job, strip = self.job, self._strip
        job.progressed.connect(self._progressed)
        job.answered.connect(self._answered)
        job.noted.connect(self._state.message.emit)
        job.ended.connect(self._ended)
        strip.pause_requested.connect(self.pause)
        strip.resume_requested.connect(self.resume)
        strip.stop_requested.connect(self.stop)
        strip.re_form_requested.connect(self.re_form)
        strip.take_away_requested.connect(self.take_away)
        strip.give_up_requested.connect(self._rebuilding.cancel)
        strip.undo_requested.connect(self._undo)
        strip.close_requested.connect(self.take_away)
        self.stars.shown.connect(self._show_asking)
        self._rebuilding.progressed.connect(self._building)
        self._rebuilding.ended.connect(self._built)
        self._state.world_changed.connect(self._world_changed)

    def _start(self, *, resume: bool) -> None:
        assert self._request is not None
        self._request.path.parent.mkdir(parents=True, exist_ok=True)
        self.job.start(self._request, resume=resume)
        self._go_to("asking")

    def _halt(self, then: Stage) -> None:
        if self.job.running:
            self._then = then
            self._strip.show_stopping()
            self.job.stop()

    def _progressed(self, progress: CrawlProgress) -> None:
        self._progress = progress
        self._show_asking()

    def _answered(self, answer: Answer) -> None:
        self.stars.take(answer)

    def _ended(self, end: CrawlEnd) -> None:
        self._trouble = end.message
        if end.why == "stopped":
            self._go_to(self._then)
        elif end.why in ("service", "failed", "lost"):
            self._go_to("failed")
        else:
            self._go_to("asked")

    def _go_to(self, stage: Stage) -> None:
        self._set_stage(stage)
        if not self._re_forming:
            self._show_stage()

    def _set_stage(self, stage: Stage) -> None:
        if stage != self.stage:
            self.stage = stage
            self.changed.emit()

    # -- Within: what is shown of it ---------------------------------------------------------------

    def _show_stage(self) -> None:
        """Show what the asking has come to, and do what follows."""
        strip, some = self._strip, self._progress.asked > 0
        if self.stage == "asking":
            strip.show_asking(self._progress, self.stars.count)
        elif self.stage == "paused":
            strip.show_waiting(f"Paused; {self._at_the_edge()}. All answers are kept.", new=some)
        elif self.stage == "failed":
            strip.show_waiting(self._trouble, wrong=True, new=some)
        elif self.stage == "stopped" and some:
            strip.show_ended(f"Stopped; {self._at_the_edge()} until the galaxy re-forms.")
        elif self.stage == "stopped":
            self.take_away()
        elif self.stage == "asked":
            self.re_form()

    def _show_asking(self) -> None:
        if self.stage == "asking" and self._strip.doing == "asking":
            self._show_stage()

    def _at_the_edge(self) -> str:
        return f"{_artists(self.stars.count)} at the edge"

    # -- Within: other galaxies --------------------------------------------------------------------

    def _building(self, progress: Progress) -> None:
        if self._re_forming:
            self._strip.show_building(progress.stage, progress.share, progress.left)

    def _built(self, good: bool) -> None:
        if not self._re_forming:
            return
        self._re_forming = False
        if good and self._complete:
            self.close()
            came = len(self._base) - self._before
            self._strip.show_grown(f"The galaxy has grown by {_artists(came)}.")
        elif not good and self.stage in ("stopped", "asked"):
            self._strip.show_ended(f"The galaxy is as it was; {self._at_the_edge()}.")
        else:
            self._show_stage()

    def _world_changed(self, _: World) -> None:
        """End: another galaxy was opened."""
        if self.growing:
            self._state.message.emit("The growth has ended; its answers are kept for another one.")
        self.take_away()

    def _undo(self) -> None:
        self._strip.hide()
        self._rebuilding.undo()


def crawl_file(folder: Path, service: Service, title: str) -> Path:
    """Return where the answers of a service are kept for galaxies of a title.

    One file for each, as all that is in it is merged; what it is called is said to the user.
    """
    import hashlib

    digest = hashlib.blake2b(title.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()
    return folder / digest / f"{service.title}.db"


def _artists(count: int) -> str:
    return f"{count:,} new artist{'' if count == 1 else 's'}"
