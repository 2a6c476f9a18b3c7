"""What is said before anything is asked."""

from __future__ import annotations

from dataclasses import fields

import pytest

from galaxy_desktop.jobs.services import services
from galaxy_desktop.model.growth_plan import GrowthPlan, in_words, listed

BRAINZ, DEEZER, LASTFM = services()


def test_requests_and_time_follow_from_the_rate() -> None:
    plan = GrowthPlan(service=DEEZER, seeds=("Björk", "BTS"), size=1_000)
    assert plan.requests == 1_002
    assert plan.seconds == pytest.approx(100.2)
    assert plan.asks == "Deezer is sent up to 1,002 requests, never more than 50 in 5 seconds."
    assert plan.takes.startswith("That takes about 2 minutes;")
    slow = GrowthPlan(service=BRAINZ, seeds=("Björk",), size=100_000)
    assert "never more than one a second" in slow.asks
    assert "29 hours" in slow.takes
    keyed = GrowthPlan(service=LASTFM, seeds=("x",), size=10)
    assert keyed.asks == "Last.fm is sent up to 21 requests, never more than 5 a second."


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.2, "1 second"), (89, "89 seconds"), (90, "2 minutes"), (5399, "90 minutes"),
        (5400, "2 hours"), (86_400, "24 hours"), (200_000, "2 days"),
    ],
)  # fmt: skip
def test_lengths_of_time_are_said_as_people_do(seconds: float, words: str) -> None:
    assert in_words(seconds) == words


def test_of_many_seeds_the_first_are_named() -> None:
    assert listed(("a",)) == "a"
    assert listed(("a", "b")) == "a and b"
    assert listed(("a", "b", "c", "d")) == "a, b and 2 more"


def test_each_service_is_what_the_engine_says_it_is() -> None:
    from embedding.sources import SOURCES, deezer, lastfm, listenbrainz

    assert [each.name for each in services()] == list(SOURCES)
    asked = (listenbrainz.ListenBrainz, deezer.Deezer, lastfm.LastFm)
    for service, source in zip(services(), asked, strict=True):
        for part in fields(service):
            assert getattr(service, part.name) == getattr(source, part.name), part.name
