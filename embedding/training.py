"""The two embeddings of a build, from the same walks, side by side where cores allow it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from embedding.arrays import Float32, Int32
from embedding.progress import Cancelled, CancelToken, OnProgress, Progress
from embedding.settings import BuildSettings
from embedding.standing_back import stand_back

OnEpoch = Callable[[int, Float32], None]
OnBlock = Callable[[float, Float32], None]


def train_both(
    walks: Int32,
    artists: int,
    settings: BuildSettings,
    *,
    on_epoch: OnEpoch | None,
    on_progress: OnProgress,
    cancel: CancelToken,
    on_block: OnBlock | None = None,
) -> tuple[Float32, Float32]:
    """Train the vectors that become positions and those for averaging.

    With the own engine, whose trainer is one thread, both are trained at the same time where there
    are two threads or more; this changes the time and nothing else. Where somebody watches the
    first take shape (`on_block`), the second takes what that and all other programs leave of the
    processor: it changes nothing that is seen. Where both have as many dimensions they are one
    embedding, trained once.

    Parameters
    ----------
    walks : ndarray of int32, shape (w, length)
        As `embedding.walks.generate_walks` gives them.
    artists : int
        How many artists there are, n.
    settings : BuildSettings
        `dims`, `averager_dims`, and how to train.
    on_epoch : callable, optional
        Told the number of each finished epoch of the first embedding, from 1, and its vectors,
        which are valid only during the call.
    on_progress : callable
        Told one stage after the other, ``train 4-D`` and ``train 8-D`` or what the dimensions are;
        the second, where it had begun by then, from where it stands. Never called from two threads
        at once.
    cancel : CancelToken
        Stops both.
    on_block : callable, optional
        Told the share of the training of the first embedding that is done, up to 1, and its vectors
        as by `on_epoch`; every few hundredths of a second by the own engine, else at every epoch.

    Returns
    -------
    positions, averager : ndarray of float32, shapes (n, dims) and (n, averager_dims)

    Raises
    ------
    Cancelled
        `cancel` was set. An error in one of the two stops the other and is raised instead.
    """
    dims, averager_dims = settings.dims, settings.averager_dims

    def train_first(tell: OnProgress, stop: CancelToken) -> Float32:
        return _train(walks, artists, settings, dims, on_epoch, tell, stop, on_block)

    def train_second(tell: OnProgress, stop: CancelToken) -> Float32:
        return _train(walks, artists, settings, averager_dims, None, tell, stop)

    if dims == averager_dims:
        both = train_first(_named(dims, on_progress), cancel)
        return both, both
    if settings.engine == "reference" or settings.threads < 2:
        first = train_first(_named(dims, on_progress), cancel)
        cancel.check()
        return first, train_second(_named(averager_dims, on_progress), cancel)

    stop = _LinkedToken(cancel)
    progress = _InTurn(on_progress)
    with ThreadPoolExecutor(
        1,
        thread_name_prefix="averager-embedding",
        initializer=None if on_block is None else stand_back,
    ) as pool:
        second = pool.submit(train_second, _named(averager_dims, progress.second), stop)
        second.add_done_callback(lambda done: stop.cancel() if done.exception() else None)
        try:
            first = train_first(_named(dims, progress.first), stop)
        except Cancelled:
            # Either the owner cancelled, or the other embedding failed: then that is the news.
            stop.cancel()
            cancel.check()
            second.result()
            raise
        except BaseException:
            stop.cancel()
            raise
        progress.turn()
        return first, second.result()


def train_one(
    walks: Int32,
    artists: int,
    settings: BuildSettings,
    dims: int,
    *,
    on_progress: OnProgress,
    cancel: CancelToken,
) -> Float32:
    """Train one embedding of so many dimensions; return float32, (n, dims)."""
    tell = _named(dims, on_progress)
    return _train(walks, artists, settings, dims, None, tell, cancel)


class _LinkedToken(CancelToken):
    """Cancelled by itself or by the token it is linked to."""

    def __init__(self, outer: CancelToken) -> None:
        super().__init__()
        self._outer = outer

    @property
    def cancelled(self) -> bool:
        return super().cancelled or self._outer.cancelled

    def check(self) -> None:
        if self.cancelled:
            raise Cancelled


class _InTurn:
    """Tells of two stages one after the other, though the second has begun before its turn."""

    def __init__(self, on_progress: OnProgress) -> None:
        self._tell = on_progress
        self._lock = threading.Lock()
        self._turned = False
        self._waiting: Progress | None = None

    def first(self, step: Progress) -> None:
        with self._lock:
            self._tell(step)

    def second(self, step: Progress) -> None:
        with self._lock:
            if self._turned or step.total == 0:  # of unknown length, such as compiling
                self._tell(step)
            else:
                self._waiting = step

    def turn(self) -> None:
        """Let the second be heard."""
        with self._lock:
            self._turned = True
            if self._waiting is not None:
                self._tell(self._waiting)


def _named(dims: int, on_progress: OnProgress) -> OnProgress:
    def tell(step: Progress) -> None:
        if step.total:
            step = Progress(f"train {dims}-D", step.done, step.total)
        on_progress(step)

    return tell


def _train(
    walks: Int32,
    artists: int,
    settings: BuildSettings,
    dims: int,
    on_epoch: OnEpoch | None,
    on_progress: OnProgress,
    cancel: CancelToken,
    on_block: OnBlock | None = None,
) -> Float32:
    if settings.engine == "reference":
        from embedding import reference

        return reference.reference_train(
            walks,
            artists,
            settings,
            dims,
            on_epoch if on_block is None else _at_epochs(on_epoch, on_block, settings.epochs),
            on_progress,
            cancel,
        )

    from embedding import skipgram

    return skipgram.train(
        walks,
        artists,
        dims=dims,
        window=settings.window,
        epochs=settings.epochs,
        hs=settings.hs,
        negative=settings.negative,
        alpha=settings.alpha,
        min_alpha=settings.min_alpha,
        sample=settings.sample,
        seed=settings.seed,
        replicas=settings.replicas,
        # Two trainings side by side share the threads.
        workers=max(1, settings.threads // (1 if settings.dims == settings.averager_dims else 2)),
        on_epoch=on_epoch,
        on_progress=on_progress,
        cancel=cancel,
        on_block=on_block,
    )


def _at_epochs(on_epoch: OnEpoch | None, on_block: OnBlock, epochs: int) -> OnEpoch:
    def both(epoch: int, vectors: Float32) -> None:
        if on_epoch is not None:
            on_epoch(epoch, vectors)
        on_block(epoch / epochs, vectors)

    return both
