"""`Rebuilding`: between the rebuild's panel, the job that builds, and what the window shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PyQt6.QtCore import QObject, QTimer, pyqtSignal

from embedding.settings import BuildSettings
from galaxy_desktop.jobs.build_inputs import BuildInputs
from galaxy_desktop.jobs.rebuild_job import RebuildJob
from galaxy_desktop.jobs.rebuild_messages import Done, Preview, Progress, RebuildRequest
from galaxy_desktop.model.figures import compare, in_a_word
from galaxy_desktop.model.generations import Generations, share
from galaxy_desktop.model.knobs import settings_of
from galaxy_desktop.model.notes import note_text
from galaxy_desktop.model.state import AppState
from galaxy_desktop.model.world import World
from galaxy_desktop.ui.background import Background
from galaxy_desktop.ui.keeping import Keeping
from galaxy_desktop.ui.one_build import Build
from galaxy_desktop.ui.rebuild_panel import RebuildPanel
from galaxy_desktop.ui.reshaping import Reshaping

Load = Callable[[str], World]

_REST_MS = 60_000
"""So long after its room was left the process stays ready."""
_READY = "Getting ready"
_READING = "Reading the new galaxy"


class Rebuilding(QObject):
    """Builds when the panel asks, shows what comes, and goes back and forth between galaxies.

    Signals
    -------
    opened(World) : a graph was built; this is another galaxy, to be shown
    emptied() : the galaxy that was opened from a graph was thrown away, and there is no other
    titled() : the galaxy that is shown is another one, or in another file
    progressed(Progress) : how far the build is
    ended(bool) : it is over, and the galaxy on the screen another one or as it was

    Parameters
    ----------
    state : AppState
    panel : RebuildPanel
    load : callable
        From the path of a .galaxy to a world; raises GalaxyError.
    background : Background
    tell_error : callable
        Gets one sentence about what went wrong.
    job : RebuildJob, optional
        What builds.

    Attributes
    ----------
    generations : Generations
    keeping : Keeping
    reshaping : Reshaping
    """

    opened = pyqtSignal(object)
    emptied = pyqtSignal()
    titled = pyqtSignal()
    progressed = pyqtSignal(object)
    ended = pyqtSignal(bool)

    def __init__(
        self,
        state: AppState,
        panel: RebuildPanel,
        load: Load,
        background: Background,
        tell_error: Callable[[str], object],
        job: RebuildJob | None = None,
    ) -> None:
        super().__init__(panel)
        self._state, self._panel, self._load = state, panel, load
        self._background, self._tell_error = background, tell_error
        self._job = job or RebuildJob(self)
        self._inputs, self.reshaping = BuildInputs(), Reshaping(state, background)
        self._build: Build | None = None
        #: What the job was asked for last; a newer one may be on its way there.
        self._begun: Build | None = None
        self._builds = 0
        self.generations = Generations(state.world)
        self.keeping = Keeping(background, panel)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._job.rest)
        self._connect()
        self._refresh()

    @property
    def building(self) -> bool:
        """Whether something is being built."""
        return self._build is not None

    # -- What is built -----------------------------------------------------------------------------

    def rebuild(self, settings: BuildSettings) -> None:
        """Build again what is being built, else the galaxy that is shown, with other settings."""
        now = self._build
        self._begin(settings, *((now.graph, now.more) if now is not None else ("", ())))

    def open_graph(self, path: str) -> None:
        """Build a galaxy from a file or folder, and open it."""
        settings = BuildSettings()
        self._panel.show_built(settings, settings.max_artists)
        self._panel.show_figures([])
        self._begin(settings, path)

    def grow(self, more: tuple[Path, ...]) -> None:
        """Build the galaxy that is shown again, merged with crawls."""
        shown = self.generations.present
        self._begin(settings_of(shown.galaxy.settings, len(shown)), "", more)

    def cancel(self) -> None:
        """Give up what is being built; what is shown goes back to what it was."""
        asked = self._heard is not None and self._job.running
        if self._job.running:
            self._job.cancel()
        if not asked:
            self._cancelled(self._build)

    # -- Which galaxy is shown ---------------------------------------------------------------------

    def undo(self) -> None:
        """Show the galaxy before."""
        if self.generations.before is not None:
            self._show(self.generations.undo)

    def redo(self) -> None:
        """Show the galaxy after."""
        if self.generations.after is not None:
            self._show(self.generations.redo)

    def throw_away(self) -> None:
        """Forget the galaxy that is shown, and show the one before."""
        if len(self.generations) > 1:
            self._show(self.generations.throw_away)
        else:
            self.emptied.emit()

    def settle(self, then: Callable[[], object]) -> None:
        """Do what would lose the galaxy that is shown; where it is not kept, the user is asked.

        Parameters
        ----------
        then : callable
            Not called where the user would rather stay.
        """
        self.keeping.settle(self.generations.present, then)

    def stop(self) -> None:
        """End what is under way; no process and no file is left. Call it when threads are done."""
        self._build = None
        self._rest.stop()
        self._job.stop()
        self._inputs.close()

    # -- Within: building --------------------------------------------------------------------------

    @property
    def _heard(self) -> Build | None:
        """The build that the job speaks of, None where another has been asked for since."""
        return self._build if self._build is self._begun else None

    def _connect(self) -> None:
        panel, job = self._panel, self._job
        panel.wanted.connect(self.rebuild)
        panel.let_go.connect(self._let_go)
        panel.cancel_requested.connect(self.cancel)
        panel.undo_requested.connect(self.undo)
        panel.redo_requested.connect(self.redo)
        panel.keep_requested.connect(lambda: self.keeping.keep(self.generations.present))
        self.keeping.kept.connect(self._kept)
        self.keeping.failed.connect(self._refuse)
        panel.throw_away_requested.connect(self.throw_away)
        panel.shown.connect(self._shown)
        job.progressed.connect(self._progressed)
        job.previewed.connect(self._previewed)
        job.done.connect(self._done)
        job.failed.connect(lambda sentence: self._failed(self._heard, sentence))
        job.cancelled.connect(lambda: self._cancelled(self._heard))
        self.generations.dropped.connect(self._dropped)
        self.generations.forgotten.connect(lambda text: self._state.message.emit(text))
        self._state.world_changed.connect(self._world_changed)

    def _let_go(self, settings: BuildSettings) -> None:
        if self._panel.live:
            self.rebuild(settings)

    def _begin(self, settings: BuildSettings, graph: str, more: tuple[Path, ...] = ()) -> None:
        self._builds += 1
        away = self._build is not None and self._build.away
        build = self._build = Build(self._builds, settings, graph, more, away)
        self._panel.foot.show_progress(_READY, 0.0, None)

        def ready(request: RebuildRequest) -> None:
            if self._build is build:
                self._begun = build
                self._job.start(request)

        if graph:
            ready(RebuildRequest(input=graph, settings=settings))
            return
        shown, inputs = self.generations.present, self._inputs
        again = partial(inputs.request, settings, shown)
        work = partial(inputs.growing, settings, shown, more) if more else again
        self._background.start(work, ready, lambda text: self._failed(build, text))

    def _shown(self, shown: bool) -> None:
        """Stand by while the room is open: what it takes to begin is done before it is asked."""
        self._rest.stop()
        if shown and self._build is None:
            settings, present = self._panel.settings, self.generations.present
            self._background.start(
                lambda: self._inputs.request(settings, present), self._prepare, lambda _: None
            )
        elif not shown:
            self._rest.start()

    def _prepare(self, request: RebuildRequest) -> None:
        if self._build is None and self._panel.isVisible():
            self._job.prepare(request)

    def _progressed(self, progress: Progress) -> None:
        build = self._heard
        if build is not None:
            stage = progress.stage
            if build.graph:
                stage = f"{Path(build.graph).name}: {stage[:1].lower()}{stage[1:]}"
            self._panel.foot.show_progress(stage, progress.share, progress.left)
            self.progressed.emit(progress)

    def _previewed(self, preview: Preview) -> None:
        build = self._heard
        if build is not None and not build.graph:
            self.reshaping.glide(build.shape(preview))

    def _done(self, done: Done) -> None:
        build, old = self._heard, self._state.world
        if build is None:
            done.path.unlink(missing_ok=True)
            return
        build.word = self._panel.learn(build.settings, done.artists, done.shaped)
        self._panel.foot.show_progress(_READING, 1.0, None)

        def read() -> World:
            world = self._load(str(done.path))
            world.path, world.temporary = str(done.path), True
            if build.graph:
                title = world.galaxy.title or Path(build.graph).stem
                world.galaxy = replace(world.galaxy, title=title)
            else:
                world.galaxy = share(world.galaxy, old.galaxy)
                # So that nobody waits when it takes over.
                world.prepare()
            return world

        def ready(world: World) -> None:
            # Another build may have taken its place, or another galaxy may have been opened.
            if self._build is build:
                self._finish(build, world, done)
            else:
                done.path.unlink(missing_ok=True)

        self._background.start(read, ready, lambda text: self._failed(build, text))

    def _finish(self, build: Build, world: World, done: Done) -> None:
        self._build = None
        before = self._state.world
        if build.graph:
            self.opened.emit(world)
            self._finished(build, before, world, done)
        else:
            if not build.more:
                self._inputs.built(world, self.generations.present)
            self.generations.add(world)
            finished = partial(self._finished, build, before, world, done)
            self.reshaping.reform(world, lambda good: finished() if good else None)

    def _finished(self, build: Build, before: World, world: World, done: Done) -> None:
        """Say what there is to be said of a galaxy now that it is shown."""
        if self._build is None:
            self._refresh(reveal=not self._panel.live)
            words = [f"Built in {done.seconds:.1f} s.", build.word]
            words += [] if build.graph else [self._word()]
            self._panel.foot.show_idle(" ".join(filter(None, words)))
        self.titled.emit()
        self.ended.emit(True)
        if build.more:
            # A growth says itself what came of it; the galaxy's card has what else is to be known.
            return
        if not self._panel.isVisible():
            self._state.message.emit(f"{world.galaxy.title or 'The galaxy'} is built.")
        for note in done.notes:
            if build.graph or note not in before.galaxy.notes:
                self._state.message.emit(note_text(note))

    def _failed(self, build: Build | None, sentence: str) -> None:
        if build is not None and build is self._build:
            self._go_back()
            self._panel.foot.show_failed(sentence)
            self._tell_error(sentence)

    def _cancelled(self, build: Build | None) -> None:
        if build is not None and build is self._build:
            self._go_back()
            self._panel.foot.show_idle("Cancelled. The galaxy is as it was.")

    def _go_back(self) -> None:
        """Be as before a build that came to nothing; the knobs stay, to be turned a little."""
        build, self._build = self._build, None
        if build is not None and build.away:
            self.reshaping.back()
        if build is not None and build.graph:
            self._refresh()
        self.ended.emit(False)

    # -- Within: galaxies --------------------------------------------------------------------------

    def _show(self, choose: Callable[[], World]) -> None:
        if self._build is not None:
            self._job.cancel()
            self._build = None
            self.ended.emit(False)

        def shown(good: bool) -> None:
            if good and self._build is None:
                self._refresh()
                self._panel.foot.show_idle(self._word())
            self.titled.emit()

        self.reshaping.reform(choose(), shown)

    def _world_changed(self, world: World) -> None:
        """Begin anew: another galaxy was opened."""
        if world is self.generations.present:
            return
        if self._build is not None:
            self._build = None
            self._job.cancel()
            self.ended.emit(False)
        sources = self._inputs.forget()
        self.generations.begin(world)
        for source in sources:
            self._dropped(source)
        self._refresh()
        self._panel.foot.show_idle("")
        if self._panel.isVisible():
            self._shown(True)

    def _refresh(self, *, reveal: bool = False) -> None:
        """Let the panel show the galaxy that is shown, and those before and after."""
        now, before = self.generations.present, self.generations.before
        panel, artists = self._panel, len(self._inputs.source_of(now))
        panel.show_built(settings_of(now.galaxy.settings, artists), artists)
        figures = compare(before.galaxy.quality, now.galaxy.quality) if before is not None else []
        panel.show_figures(figures, reveal=reveal)
        self._offer()

    def _word(self) -> str:
        now, before = self.generations.present, self.generations.before
        if before is None:
            return ""
        return in_a_word(compare(before.galaxy.quality, now.galaxy.quality))

    def _dropped(self, world: World) -> None:
        # What all others are built from stays, even where Undo no longer reaches it.
        if world.temporary and not self._inputs.needs(world):
            Path(world.path).unlink(missing_ok=True)

    def _kept(self, world: World, path: str) -> None:
        made = Path(world.path) if world.temporary else None
        self.generations.kept(world, path)
        if made is not None:
            made.unlink(missing_ok=True)
        self._offer()
        # Why it could not be kept before is no news any more.
        self._panel.foot.tell(self._word())
        self._state.message.emit(f"The galaxy is kept as {path}.")
        self.titled.emit()

    def _offer(self) -> None:
        """Say which galaxies there are before and after, and whether this one would be lost."""
        row = self.generations
        self._panel.foot.show_row(
            undo=row.before is not None,
            redo=row.after is not None,
            unkept=row.present.temporary,
        )

    def _refuse(self, sentence: str) -> None:
        self._panel.foot.refuse(sentence)
        self._tell_error(sentence)
