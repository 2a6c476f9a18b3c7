"""The card of an artist says who it is, and each of its buttons does what it says."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QGuiApplication
from PyQt6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from galaxy_desktop.model.artist_facts import Facts
from galaxy_desktop.model.world import World
from galaxy_desktop.ui.artist_card import ArtistCard
from galaxy_desktop.ui.world_card import WorldCard
from tests.galaxy_desktop.ui.widgets.long_name import LONG
from tests.galaxy_desktop.worlds import world


class _Browser:
    def __init__(self) -> None:
        self.opened: list[str] = []
        self.works = True

    def __call__(self, address: str) -> bool:
        self.opened.append(address)
        return self.works


@pytest.fixture(name="browser")
def _browser() -> _Browser:
    return _Browser()


@pytest.fixture(name="card")
def _card(qtbot: QtBot, browser: _Browser, six: World) -> ArtistCard:
    made = ArtistCard(browser)
    qtbot.addWidget(made)
    made.resize(320, 800)
    made.show_artist(Facts(six).about(0), six.fame)
    made.show()
    return made


def _links(card: ArtistCard) -> dict[str, QPushButton]:
    buttons = [card.links.itemAt(i).widget() for i in range(card.links.count())]  # type: ignore[union-attr]
    return {b.text(): b for b in buttons if isinstance(b, QPushButton)}


def test_it_says_who_it_is(card: ArtistCard) -> None:
    assert card.name.text() == "Björk"
    assert card.aliases.text() == "Also Bjork, Björk Guðmundsdóttir"
    assert card.fame.toolTip() == "Popularity 99 of 100"
    assert card.tabs.at(0).text() == "Related  5"
    assert [row.artist for row in card.rows.rows] == [1, 2, 3, 4, 5]


def test_where_data_and_picture_disagree_is_marked_and_explained(
    card: ArtistCard, six: World
) -> None:
    assert not card.note.isVisible()
    facts = Facts(six).about(0)
    far = replace(facts.related[2], disagrees="Far apart here.")
    card.show_artist(replace(facts, related=(*facts.related[:2], far)), six.fame)
    assert [row.warning for row in card.rows.rows] == ["", "", "Far apart here."]
    assert card.note.isVisible()


def test_nearest_is_the_other_list(card: ArtistCard, qtbot: QtBot) -> None:
    related = card.rows.rows
    qtbot.mouseClick(card.tabs.at(1), Qt.MouseButton.LeftButton)
    assert {row.artist for row in card.rows.rows} == {1, 2, 3, 4, 5}
    assert card.rows.rows != related


def test_fly_there_and_bookmark_name_the_artist(card: ArtistCard, qtbot: QtBot) -> None:
    for button, signal in (
        (card.fly, card.fly_requested),
        (card.bookmark, card.bookmark_requested),
    ):
        with qtbot.waitSignal(signal) as asked:
            qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        assert asked.args == [0]


def test_rows_fly_and_hover(card: ArtistCard, qtbot: QtBot) -> None:
    with qtbot.waitSignal(card.fly_requested) as asked:
        card.rows.chosen.emit(3)
    assert asked.args == [3]
    with qtbot.waitSignals([card.hovered, card.hovered]) as hovered:
        card.rows.hovered.emit(3)
        card.rows.hovered.emit(None)
    assert [event.args for event in hovered.all_signals_and_args] == [(3,), (None,)]


def test_copy_puts_the_name_on_the_clipboard(card: ArtistCard, qtbot: QtBot) -> None:
    with qtbot.waitSignal(card.said):
        qtbot.mouseClick(card.copy, Qt.MouseButton.LeftButton)
    board = QGuiApplication.clipboard()
    assert board is not None
    assert board.text() == "Björk"


def test_the_web_is_opened_on_a_click_only(
    card: ArtistCard, browser: _Browser, qtbot: QtBot
) -> None:
    links = _links(card)
    assert list(links) == ["YouTube", "Spotify", "Bandcamp", "ListenBrainz", "Wikipedia"]
    assert browser.opened == []
    qtbot.mouseClick(links["Wikipedia"], Qt.MouseButton.LeftButton)
    assert browser.opened == ["https://en.wikipedia.org/w/index.php?ns0=1&search=Bj%C3%B6rk"]


def test_without_a_browser_the_address_is_told(
    card: ArtistCard, browser: _Browser, qtbot: QtBot
) -> None:
    browser.works = False
    with qtbot.waitSignal(card.said) as said:
        qtbot.mouseClick(_links(card)["YouTube"], Qt.MouseButton.LeftButton)
    assert "https://www.youtube.com" in said.args[0]


def test_many_tags_are_cut_and_can_be_unfolded(card: ArtistCard, qtbot: QtBot) -> None:
    assert card.tags.tags == [f"tag {i}" for i in range(8)]
    more = [b for b in card.tags.findChildren(QPushButton) if b.text() == "+22"]
    qtbot.mouseClick(more[0], Qt.MouseButton.LeftButton)
    assert len(card.tags.tags) == 30


def test_a_tag_is_lit_and_put_out(card: ArtistCard, qtbot: QtBot) -> None:
    for chip, told in (("tag 1", "tag 1"), ("tag 2", "tag 2"), ("tag 2", "")):
        with qtbot.waitSignal(card.tag_chosen) as chosen:
            qtbot.mouseClick(card.tags.chip(chip), Qt.MouseButton.LeftButton)
        assert chosen.args == [told]
        assert [t for t in card.tags.tags if card.tags.chip(t).isChecked()] == [told] * bool(told)


def test_a_bookmark_that_is_there_shows(card: ArtistCard) -> None:
    before = card.bookmark.grab().toImage()
    card.set_bookmarked(True)
    assert card.bookmark.toolTip() == "Remove the bookmark"
    assert card.bookmark.grab().toImage() != before


@pytest.mark.parametrize("artist", range(6))
def test_any_artist_fits_the_sidebar(card: ArtistCard, six: World, artist: int) -> None:
    card.show_artist(Facts(six).about(artist), six.fame)
    inside = card.widget()
    assert inside is not None
    for width in (280, 320, 480):
        card.resize(width, 700)
        assert inside.width() <= width
    assert card.aliases.isVisible() is (artist == 0)
    assert card.tags.isVisible() is (artist < 2)
    assert not card.grab().isNull()


def test_an_artist_that_stands_alone_says_so(qtbot: QtBot, browser: _Browser) -> None:
    alone = world([[0, 0, 0], [1, 0, 0], [2, 0, 0]], edges=[(1, 2)])
    card = ArtistCard(browser)
    qtbot.addWidget(card)
    card.show()
    card.show_artist(Facts(alone).about(0), alone.fame)
    assert card.nobody.text() == "The data names no artist that is related."
    assert card.nobody.isVisible()
    assert not card.rows.isVisible()


def test_the_row_that_the_keyboard_is_on_is_in_sight(card: ArtistCard) -> None:
    card.resize(320, 300)
    inside = card.widget()
    assert inside is not None
    for _ in range(5):
        card.rows.step(1)
    place = card.rows.visualRect(card.rows.currentIndex()).center()
    assert card.rect().contains(card.rows.mapTo(card, place))


def test_another_artist_starts_at_the_top(card: ArtistCard, six: World) -> None:
    card.resize(320, 200)
    bar = card.verticalScrollBar()
    assert bar is not None
    bar.setValue(bar.maximum())
    card.show_artist(Facts(six).about(1), six.fame)
    assert bar.value() == 0


def test_the_card_of_the_galaxy(qtbot: QtBot, six: World) -> None:
    card = WorldCard()
    qtbot.addWidget(card)
    card.show_world(six)
    assert card.title.text() == "Six artists"
    assert card.count.text() == "6 artists, 5 relations between them"
    assert card.origin.text() == "A test\nLicence CC0-1.0\nBuilt 31 January 2026"
    assert card.rows.rows[0].name == "Björk"
    assert card.notes.isHidden()
    with qtbot.waitSignal(card.fly_requested) as asked:
        card.rows.chosen.emit(0)
    assert asked.args == [0]


def test_what_the_file_says_of_how_it_was_made(qtbot: QtBot) -> None:
    card = WorldCard()
    qtbot.addWidget(card)
    notes = ("3 of 5 artists were left out: only the 2 most popular are kept (--max-artists).",) * 2
    card.show_world(world([[0, 0, 0], [0, 0, 0]], notes=notes))
    assert not card.notes.isHidden()
    said = "3 of 5 artists were left out: only the 2 most popular are kept."
    assert card.notes.text() == f"{said}\n\n{said}"


def test_a_galaxy_of_two_without_a_word_about_it(qtbot: QtBot) -> None:
    card = WorldCard()
    qtbot.addWidget(card)
    card.show_world(world([[0, 0, 0], [0, 0, 0]], created="someday", names=[LONG, "b"]))
    assert card.title.text() == "A galaxy without a title"
    assert card.count.text() == "2 artists, 1 relation between them"
    assert card.origin.text() == "Built someday"
