"""How long a build takes yet, as the user is told."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from embedding.settings import BuildSettings
from galaxy_desktop.jobs.time_left import TimeLeft, ahead, in_words, stage_seconds

ONE, TWO = BuildSettings(workers=1), BuildSettings(workers=2)
FIRST, SECOND = "train 4-D", "train 8-D"


def played(
    seconds: dict[str, float], *, settings: BuildSettings = TWO, artists: int = 10_000
) -> Iterator[tuple[float, TimeLeft]]:
    """Play a build whose stages take so long, in twenty steps each; yield what is left.

    What is done ahead of a stage is so as expected.
    """
    now, told = 0.0, TimeLeft(0.0)
    told.plan(settings, artists, now)
    begun = ahead(settings, stage_seconds(settings, artists))
    seconds = {stage: length * (1 - begun.get(stage, 0)) for stage, length in seconds.items()}
    end = sum(seconds.values())
    for stage, length in seconds.items():
        for k in range(21):
            had = round(1000 * begun.get(stage, 0))
            done = had + round((1000 - had) * k / 20)
            told.step(stage, done, 1000, now + length * k / 20)
            yield end - (now + length * k / 20), told
        now += length


@pytest.mark.parametrize("pace", [0.3, 1.0, 4.0])
def test_on_a_machine_of_any_speed_the_time_left_comes_true(pace: float) -> None:
    plan = {name: pace * s for name, s in stage_seconds(TWO, 10_000).items() if s}
    told = [(rest, t.left, t.share) for rest, t in played(plan)]
    shares = [share for _, _, share in told]
    assert shares == sorted(shares)
    assert shares[-1] == pytest.approx(1)
    known = [(rest, left) for rest, left, _ in told if left is not None]
    assert len(known) > 0.6 * len(told)
    for rest, left in known:
        assert left == pytest.approx(rest, rel=0.1, abs=0.05)


def test_a_machine_that_slows_down_is_believed_in_the_end() -> None:
    now, told = 0.0, TimeLeft(0.0)
    told.plan(ONE, 10_000, 0.0)
    plan = stage_seconds(ONE, 10_000)
    rest = sum(plan[stage] for stage in (SECOND, "project", "quality", "save")) / plan[FIRST]
    for k in range(101):
        now += 0.02 if k < 50 else 0.2
        told.step(FIRST, k, 100, now)
        if k == 70:
            assert told.left == pytest.approx((30 + 100 * rest) * 0.2, rel=0.35)


@pytest.mark.parametrize("had", [0, 30, 99, 100])
def test_what_was_done_ahead_is_no_work_however_much_it_was(had: int) -> None:
    now, told = 0.0, TimeLeft(0.0)
    told.plan(TWO, 10_000, 0.0)
    plan = stage_seconds(TWO, 10_000)
    for k in range(101):
        told.step(FIRST, k, 100, now + plan[FIRST] * k / 100)
    now += plan[FIRST]
    share = told.share
    rest = plan["project"] + plan["quality"] + plan["save"]
    for k in range(had, 101):
        now += plan[SECOND] / 100
        told.step(SECOND, k, 100, now)
        assert told.share >= share
        share = told.share
        assert told.left is not None
        if k > 60 and had < 60:
            assert told.left == pytest.approx(plan[SECOND] * (100 - k) / 100 + rest, rel=0.2)
    told.step("save", 1, 1, now + rest)
    assert told.share == pytest.approx(1)


def test_nothing_is_said_that_nobody_can_know() -> None:
    told = TimeLeft(0.0)
    told.step("read", 5, 10, 3.0)
    assert (told.share, told.left) == (0, None)
    told.plan(TWO, 10_000, 4.0)
    told.step("walks", 0, 10, 4.1)
    told.step("walks", 5, 10, 4.2)
    assert told.left is None
    told.step("compile", 0, 0, 9.0)
    assert told.left is None
    assert 0 < told.share < 0.1


def test_what_came_before_the_first_step_makes_nothing_seem_slow() -> None:
    told = TimeLeft(0.0)
    told.plan(TWO, 10_000, 0.0)
    told.step("walks", 0, 10, 60.0)
    told.step("walks", 10, 10, 60.2)
    told.step(FIRST, 1, 4, 61.2)
    assert told.left is not None
    assert told.left < 8


def test_stages_that_are_skipped_are_no_work() -> None:
    told = TimeLeft(0.0)
    told.plan(TWO, 10_000, 0.0)
    told.step(FIRST, 0, 10, 0.1)
    assert told.share == 0
    told.step("save", 1, 1, 5.0)
    assert told.share == pytest.approx(1)


@pytest.mark.parametrize(
    ("settings", "stages"),
    [
        (TWO, ["walks", "train 4-D", "train 8-D"]),
        (BuildSettings(dims=8, workers=2), ["walks", "train 8-D"]),
        (
            BuildSettings(engine="reference", workers=2),
            ["transition probabilities", "walks", "train 4-D", "train 8-D"],
        ),
    ],
)
def test_the_plan_has_the_stages_that_the_engine_tells_of(
    settings: BuildSettings, stages: list[str]
) -> None:
    seconds = stage_seconds(settings, 1000)
    assert [name for name, s in seconds.items() if s] == [*stages, "project", "quality", "save"]


def test_more_to_do_takes_longer() -> None:
    def train(**more: int) -> float:
        return stage_seconds(BuildSettings(workers=2, **more), 10_000)[SECOND]

    for more in ({"epochs": 6}, {"walks": 21}, {"length": 11}, {"window": 9}, {"negative": 15}):
        assert train(**more) > train()


def test_every_stage_has_words() -> None:
    for stage in ("read", "compile", "anything", *stage_seconds(TWO, 10)):
        assert in_words(stage, TWO)[0].isupper()


def test_once_the_shape_is_finished_it_is_said() -> None:
    assert in_words(FIRST, TWO) != in_words(SECOND, TWO)
    assert in_words("train 8-D", BuildSettings(dims=8)) == in_words(FIRST, TWO)
