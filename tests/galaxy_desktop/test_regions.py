from __future__ import annotations

import numpy as np
import numpy.typing as npt

from galaxy_desktop.model.regions import Region, find_regions
from galaxy_desktop.model.world import World
from tests.galaxy_desktop.worlds import world

PLACES = {"jazz": [3.0, 0.0, 0.0], "metal": [-3.0, 0.0, 0.0], "fado": [0.0, 0.0, 3.0]}


def tagged(
    extra: tuple[str, ...] = ("90s", "pop"), artists: int = 200
) -> tuple[World, npt.NDArray[np.float64]]:
    """Return a world of three scenes; one in twenty of each stands anywhere."""
    rng = np.random.default_rng(5)
    places, tags = [], []
    for tag, middle in PLACES.items():
        some = rng.normal(middle, 0.4, (artists, 3))
        some[::20] = rng.uniform(-4, 4, (len(some[::20]), 3))
        places.append(some)
        tags += [(tag, *extra)] * artists
    return world(np.concatenate(places), tags=tags), rng.normal(size=3)


def by_name(regions: tuple[Region, ...]) -> dict[str, Region]:
    return {region.name: region for region in regions}


def test_a_tag_whose_artists_stand_together_names_their_middle() -> None:
    galaxy, _ = tagged()
    regions = by_name(find_regions(galaxy))
    assert set(regions) == set(PLACES)
    for name, region in regions.items():
        assert np.linalg.norm(np.subtract(region.centre, PLACES[name])) < 0.15
        assert 0.3 < region.radius < 1.2
        assert region.level == 0
        assert region.artists == 200


def test_a_tag_that_is_everywhere_and_a_decade_name_nothing() -> None:
    names = by_name(find_regions(tagged(("80s", "2010s", "oldies", "rock"))[0]))
    assert set(names) == set(PLACES)


def test_finer_regions_are_within_the_coarse_ones() -> None:
    rng = np.random.default_rng(3)
    middles = rng.normal(size=(6, 3)) * 2
    places, tags = [], []
    for scene, middle in enumerate(middles):
        for corner in range(4):
            places.append(middle + rng.normal(size=3) * 0.7 + rng.normal(size=(40, 3)) * 0.08)
            tags += [(f"scene {scene}", f"corner {scene}-{corner}")] * 40
    regions = find_regions(world(np.concatenate(places), tags=tags))
    levels: dict[str, set[int]] = {region.name.split()[0]: set() for region in regions}
    for region in regions:
        levels[region.name.split()[0]].add(region.level)
    assert 0 in levels["scene"]
    assert levels["corner"] <= {1, 2}
    assert levels["corner"]


def test_the_same_world_has_the_same_regions() -> None:
    assert find_regions(tagged()[0]) == find_regions(tagged()[0])


def test_without_tags_there_are_no_regions() -> None:
    places = np.random.default_rng(0).normal(size=(50, 3))
    assert find_regions(world(places)) == ()
    assert find_regions(world(places, tags=[()] * 50)) == ()
    assert find_regions(world(places, tags=[("90s",)] * 50)) == ()
    assert find_regions(world([[0, 0, 0]], tags=[("jazz",)])) == ()
    assert len(find_regions(world(np.zeros((50, 3)), tags=[("jazz",)] * 50))) <= 1
