from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from galaxy_desktop.model.look import Look
from galaxy_desktop.model.settings import (
    ALLOWED,
    LOOK_ALLOWED,
    Allowed,
    OneOf,
    Settings,
    SettingsStore,
    Span,
    from_json,
    to_json,
)
from galaxy_desktop.model.storage import Places


def values(allowed: Allowed) -> st.SearchStrategy[Any]:
    if isinstance(allowed, Span):
        return st.floats(allowed.low, allowed.high)
    return st.sampled_from(allowed.words) if isinstance(allowed, OneOf) else st.booleans()


looks = st.builds(Look, **{key: values(allowed) for key, allowed in LOOK_ALLOWED.items()})
choices = st.builds(Settings, look=looks, **{key: values(a) for key, a in ALLOWED.items()})


def test_every_setting_has_its_limits_and_the_default_is_within() -> None:
    assert {f.name for f in fields(Look)} == set(LOOK_ALLOWED)
    assert {f.name for f in fields(Settings)} == set(ALLOWED) | {"look"}
    assert all(allowed.fits(getattr(Look(), key)) for key, allowed in LOOK_ALLOWED.items())
    assert all(allowed.fits(getattr(Settings(), key)) for key, allowed in ALLOWED.items())


@pytest.mark.parametrize(("described", "table"), [(Look, LOOK_ALLOWED), (Settings, ALLOWED)])
def test_the_limits_are_those_that_are_described(
    described: type, table: dict[str, Allowed]
) -> None:
    about = described.__doc__ or ""
    for key, allowed in table.items():
        text = re.search(rf"^    {key} :[^\n]*\n((?: {{8}}[^\n]*\n)+)", about, re.MULTILINE)
        assert text, key
        if isinstance(allowed, Span):
            numbers = [float(x) for x in re.findall(r"\d+(?:\.\d+)?", text[1])]
            assert numbers == [allowed.low, allowed.high], key


@given(choices)
def test_what_is_chosen_is_what_comes_back(settings: Settings) -> None:
    assert from_json(to_json(settings), pytest.fail) == settings


@pytest.mark.parametrize(
    ("key", "value", "sentence"),
    [
        ("fov", 5, "The setting fov is not a number from 30 to 110; the default, 60, is used."),
        ("fov", "60", "The setting fov is not a number from 30 to 110; the default, 60, is used."),
        ("fov", float("inf"), "The setting fov is not"),
        ("fov", True, "The setting fov is not"),
        ("speed", 10**400, "The setting speed is not"),
        ("rotate", 1, "The setting rotate is not true or false; the default, true, is used."),
        ("mouse_speed", None, "The setting mouse speed is not"),
        ("quality", "best", 'not "auto" or "full"; the default, "auto", is used.'),
        ("quality", ["auto"], 'not "auto" or "full"; the default, "auto", is used.'),
    ],
)
def test_a_value_that_is_not_allowed_gives_way_alone(key: str, value: Any, sentence: str) -> None:
    said: list[str] = []
    content = to_json(Settings(invert_y=True, show_speed=True)) | {key: value}
    settings = from_json(content, said.append)
    assert settings == Settings(invert_y=True, show_speed=True)
    assert len(said) == 1
    assert sentence in said[0]


def test_looks_are_judged_alike() -> None:
    said: list[str] = []
    settings = from_json({"look": {"palette": "pink", "bloom": 2, "new": 1}}, said.append)
    assert settings.look == Look(bloom=2.0)
    assert len(said) == 1
    assert from_json({"look": 7}, said.append) == Settings()
    assert len(said) == 2


junk = st.none() | st.text() | st.lists(st.integers()) | st.integers()
junk_looks = st.dictionaries(st.sampled_from([*LOOK_ALLOWED]), junk)


@given(st.dictionaries(st.sampled_from([*ALLOWED, "look"]), junk | junk_looks))
def test_nothing_in_a_file_breaks_it(content: dict[str, Any]) -> None:
    settings = from_json(content)
    assert all(allowed.fits(getattr(settings, key)) for key, allowed in ALLOWED.items())
    assert all(allowed.fits(getattr(settings.look, key)) for key, allowed in LOOK_ALLOWED.items())


def test_settings_last_from_start_to_start(tmp_path: Path) -> None:
    places = Places.under(tmp_path)
    assert SettingsStore(places, pytest.fail).load() == Settings()
    chosen = Settings(look=Look(palette="ember"), fov=75.0)
    assert SettingsStore(places, pytest.fail).save(chosen)
    assert SettingsStore(places, pytest.fail).load() == chosen


def test_what_a_newer_program_chose_besides_is_kept(tmp_path: Path) -> None:
    places = Places.under(tmp_path)
    store = SettingsStore(places, pytest.fail)
    store.save(Settings())
    text = (places.config / "settings.json").read_text("utf-8")
    text = text.replace('"look": {', '"volume": 3, "look": {"fog": 1,', 1)
    (places.config / "settings.json").write_text(text, "utf-8")
    store = SettingsStore(places, pytest.fail)
    store.load()
    store.save(Settings(fov=40.0))
    text = (places.config / "settings.json").read_text("utf-8")
    assert '"volume": 3' in text
    assert '"fog": 1' in text
    assert store.load() == Settings(fov=40.0)


def test_a_broken_file_gives_the_defaults_and_a_sentence(tmp_path: Path) -> None:
    places = Places.under(tmp_path)
    places.config.mkdir()
    (places.config / "settings.json").write_text("{{{")
    said: list[str] = []
    assert SettingsStore(places, said.append).load() == Settings()
    assert len(said) == 1
    assert "The settings in " in said[0]
    assert "line 1 is not JSON" in said[0]
