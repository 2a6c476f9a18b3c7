"""Skip-gram through gensim: the training half of the yardstick.

Mikolov et al. 2013, *Distributed Representations of Words and Phrases and their Compositionality*,
as published in gensim (Rehurek and Sojka 2010).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from embedding.arrays import Float32, Int32
from embedding.progress import Cancelled, CancelToken, OnProgress, Progress, silent
from embedding.quiet import quiet_packages, seed_32
from embedding.settings import BuildSettings

OnEpoch = Callable[[int, Float32], None]

ROWS_PER_BLOCK = 1000
"""Walks that are turned into words at a time; between blocks a cancel is seen."""


def reference_train(
    walks: Int32,
    artists: int,
    settings: BuildSettings,
    dims: int,
    on_epoch: OnEpoch | None = None,
    on_progress: OnProgress = silent,
    cancel: CancelToken | None = None,
) -> Float32:
    """Train skip-gram vectors with gensim.

    Parameters
    ----------
    walks : ndarray of int32, shape (w, length)
        -1 after the end of a short walk.
    artists : int
        How many artists there are; an artist no walk meets keeps its initial vector.
    settings : BuildSettings
        Uses window, epochs, hs, negative, alpha, min_alpha, sample, seed and workers. Only with
        one worker does the same seed give the same vectors.
    dims : int
    on_epoch : callable, optional
        Called after each epoch with its number from 1 and the vectors so far, shape (artists,
        dims).
    on_progress : callable
        Hears of the stage ``"train {dims}-D"`` in walks trained.
    cancel : CancelToken, optional
        Looked at between blocks of a thousand walks.

    Returns
    -------
    ndarray of float32, shape (artists, dims)

    Raises
    ------
    Cancelled
        `cancel` was set.
    """
    with quiet_packages():
        watched_model = _watched_model()
        model = watched_model(
            vector_size=dims,
            sg=1,
            hs=int(settings.hs),
            negative=settings.negative,
            window=settings.window,
            epochs=settings.epochs,
            alpha=settings.alpha,
            min_alpha=settings.min_alpha,
            sample=settings.sample,
            min_count=1,
            seed=seed_32(settings.seed),
            workers=settings.threads,
        )
        counts = np.bincount(walks[walks >= 0], minlength=artists)
        model.build_vocab_from_freq(
            {str(artist): int(count) for artist, count in enumerate(counts) if count},
            corpus_count=len(walks),
        )
        place = np.array([int(word) for word in model.wv.index_to_key], np.int64)

        # gensim knows no word without a count; such artists keep what word2vec starts with.
        initial = np.random.default_rng(settings.seed).random((artists, dims), np.float32)
        initial = (initial - np.float32(0.5)) / np.float32(dims)

        def vectors_so_far() -> Float32:
            out = initial.copy()
            out[place] = model.wv.vectors
            return out

        watch = _Watch(f"train {dims}-D", len(walks), settings.epochs, on_progress, cancel)
        corpus = _Corpus(walks, artists, watch)
        model.train_watched(corpus, watch, vectors_so_far, on_epoch)
        return vectors_so_far()


class _Watch:
    """What the training says to its owner, and whether its owner wants it to stop.

    gensim's threads wait for each other for ever when one of them raises, so nothing raises while
    they run: a reason to stop is kept, the corpus ends early, and `settle` raises it afterwards.
    """

    def __init__(
        self,
        stage: str,
        rows: int,
        epochs: int,
        on_progress: OnProgress,
        cancel: CancelToken | None,
    ) -> None:
        self._stage, self._rows, self._total = stage, rows, rows * epochs
        self._on_progress, self._cancel = on_progress, cancel
        self._reason: BaseException | None = None

    @property
    def stopped(self) -> bool:
        """Whether there is a reason not to go on."""
        if self._reason is None and self._cancel is not None and self._cancel.cancelled:
            self._reason = Cancelled()
        return self._reason is not None

    def stop(self, reason: BaseException) -> None:
        """Keep the first reason to stop."""
        self._reason = self._reason or reason

    def heard(self, epoch: int, rows: int) -> None:
        """Pass on that so many rows of the epoch, counted from 0, are done."""
        if self.stopped:
            return
        try:
            self._on_progress(Progress(self._stage, epoch * self._rows + rows, self._total))
        except Exception as reason:
            self.stop(reason)

    def settle(self) -> None:
        """Raise the reason to stop, if there is one."""
        if self.stopped and self._reason is not None:
            raise self._reason


class _Corpus:
    """The walks as gensim reads them: lists of words, as often as it asks."""

    def __init__(self, walks: Int32, artists: int, watch: _Watch) -> None:
        self._walks, self._watch = walks, watch
        self._words = [str(artist) for artist in range(artists)]

    def __iter__(self) -> Iterator[list[str]]:
        """Yield walk after walk; ends early where the watch says stop."""
        words = self._words
        for start in range(0, len(self._walks), ROWS_PER_BLOCK):
            block = self._walks[start : start + ROWS_PER_BLOCK]
            lengths = np.count_nonzero(block >= 0, axis=1).tolist()
            if self._watch.stopped:
                return
            for row, length in zip(block.tolist(), lengths, strict=True):
                yield [words[artist] for artist in row[:length]]


def _watched_model() -> Any:
    """Return gensim's Word2Vec, telling its owner how far it is."""
    from gensim.models import Word2Vec
    from gensim.models.callbacks import CallbackAny2Vec

    class EpochEnd(CallbackAny2Vec):  # type: ignore[misc]
        def __init__(
            self, watch: _Watch, vectors: Callable[[], Float32], on_epoch: OnEpoch | None
        ) -> None:
            self._watch, self._vectors, self._on_epoch = watch, vectors, on_epoch
            self._epoch = 0

        def on_epoch_end(self, model: Any) -> None:
            del model
            self._watch.settle()
            self._epoch += 1
            self._watch.heard(self._epoch, 0)
            if self._on_epoch is not None:
                self._on_epoch(self._epoch, self._vectors())
            self._watch.settle()

    class WatchedWord2Vec(Word2Vec):  # type: ignore[misc]
        watch: _Watch

        def train_watched(
            self,
            corpus: _Corpus,
            watch: _Watch,
            vectors: Callable[[], Float32],
            on_epoch: OnEpoch | None,
        ) -> None:
            self.watch = watch
            watch.heard(0, 0)
            watch.settle()
            try:
                self.train(
                    corpus,
                    total_examples=self.corpus_count,
                    epochs=self.epochs,
                    start_alpha=self.alpha,
                    end_alpha=self.min_alpha,
                    report_delay=0.25,
                    callbacks=[EpochEnd(watch, vectors, on_epoch)],
                )
            except BaseException as reason:
                # An interrupt must not leave the thread that reads the corpus feeding the others.
                watch.stop(reason)
                raise

        def _log_progress(
            self,
            job_queue: Any,
            progress_queue: Any,
            cur_epoch: int,
            example_count: int,
            *rest: Any,
        ) -> None:
            # The one hook that gensim calls on the thread that called train().
            del job_queue, progress_queue, rest
            self.watch.heard(cur_epoch, example_count)

    return WatchedWord2Vec
