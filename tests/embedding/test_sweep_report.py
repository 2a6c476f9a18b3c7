from dataclasses import replace
from html.parser import HTMLParser

import numpy as np
import pytest

from embedding.graph import ArtistGraph
from embedding.settings import BuildSettings
from embedding.sweep_grid import SweepResult
from embedding.sweep_report import describe, render

SETTINGS = BuildSettings(p=0.5, q=1, dims=3)
GRAPH = ArtistGraph.from_edges(["a", "b", "c"], [0, 1], [1, 2], title="Three")


def result(quality=None, **settings):
    quality = {"connection_ratio": 0.1} if quality is None else quality
    return SweepResult(replace(SETTINGS, **settings), quality, 1.0, 2.0, b"front", b"side")


class Page(HTMLParser):
    """What a browser sees of a report."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.text, self._inside = [], [], ""
        self.feed(html.decode())

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self._inside = tag

    def handle_endtag(self, _tag):
        self._inside = ""

    def handle_data(self, data):
        if self._inside not in ("script", "style"):
            self.text.append(data)

    def all(self, tag):
        return [attrs for name, attrs in self.tags if name == tag]

    def rows(self):
        return [attrs for attrs in self.all("tr") if "data-number" in attrs]


def cells(html, key):
    """Return what stands in a column: the value it is sorted by, and its text as HTML."""
    found = html.decode().split(f'<td role="cell" data-key="{key}" data-sort="')[1:]
    return [(part.split('"')[0], part.split("</td>")[0]) for part in found]


def test_it_needs_nothing_from_outside():
    html = render(GRAPH, [result(), result(p=3.0)], 2)
    page = Page(html)
    assert not page.all("link")
    assert all("src" not in script for script in page.all("script"))
    pictures = [image for image in page.all("img") if "src" in image]
    assert len(pictures) == 4
    assert all(image["src"].startswith("data:image/png;base64,") for image in pictures)
    assert b"http:" not in html
    assert b"https:" not in html
    assert b"default-src 'none'" in html


def test_every_picture_says_what_it_shows():
    page = Page(render(GRAPH, [result(), result(p=3.0)], 2))
    alts = [image["alt"] for image in page.all("img") if "src" in image]
    assert len(set(alts)) == 4
    assert "The galaxy of p 0.5, q 1, 3-D, 5 epochs, hs + 5 negatives, from the side" in alts


def test_the_table_keeps_its_roles_and_every_column_has_a_button():
    page = Page(render(GRAPH, [result()], 1))
    heads = [a for a in page.all("th") if a.get("role") == "columnheader"]
    keys = [a["data-key"] for a in page.all("button") if "data-key" in a]
    assert len(heads) == len(keys) + 1
    assert keys == [a["value"] for a in page.all("option")]
    assert {"p", "q", "dims", "epochs", "training", "seconds", "recall_at_20"} <= set(keys)
    assert {a.get("role") for a in page.all("td")} == {"cell"}


@pytest.mark.parametrize("field", ["title", "source", "licence"])
def test_texts_of_the_data_cannot_break_out(field):
    evil = "</title><script>alert(1)</script>$x ${y} \"'&\u202e\ud800"
    page = Page(render(replace(GRAPH, notes=(evil,), **{field: evil}), [result()], 1))
    assert len(page.all("script")) == 1
    assert "".join(page.text).count("</title><script>alert(1)</script>$x ${y} \"'&\u202e?") == 2


def test_title_source_licence_counts_and_notes_are_told():
    graph = replace(GRAPH, source="a crawl", licence="CC0", notes=("Two were left out.",))
    text = " ".join(Page(render(graph, [result()], 1)).text)
    for told in ("Three", "a crawl", "CC0", "Two were left out.", "Artists 3", "Relations 2"):
        assert told in text


def test_the_best_of_each_column_is_marked_in_words():
    first = {"connection_ratio": 0.1, "recall_at_20": 0.5, "bowl_index": 0.7, "density_contrast": 1}
    other = {"connection_ratio": 0.2, "recall_at_20": 0.6, "bowl_index": 0.1, "density_contrast": 2}
    html = render(GRAPH, [result(first), result(other, p=3.0)], 2)
    for key, which in (
        ("connection_ratio", 0),
        ("recall_at_20", 1),
        ("bowl_index", 1),
        ("density_contrast", 1),
    ):
        marked = [">best</span>" in text for _, text in cells(html, key)]
        assert marked == [which == 0, which == 1], key
    assert not any(">best</span>" in text for _, text in cells(html, "p"))


def test_a_failure_is_told_and_never_the_best():
    failed = SweepResult(SETTINGS, error="the <trainer> broke.")
    html = render(GRAPH, [failed, result(p=3.0)], 2)
    text = "".join(Page(html).text)
    assert "Failed: the <trainer> broke." in text
    assert "1 setting failed" in text
    assert [value for value, _ in cells(html, "seconds")] == ["", "3.0"]
    assert [">best</span>" in text for _, text in cells(html, "seconds")] == [False, True]


def test_a_figure_that_does_not_exist_is_none_and_has_no_place_in_the_order():
    html = render(GRAPH, [result({"recall_at_20": float("nan")})], 1)
    for key in ("connection_ratio", "recall_at_20"):
        ((value, text),) = cells(html, key)
        assert value == ""
        assert ">none<" in text


def test_what_is_not_done_yet_is_told():
    text = "".join(Page(render(GRAPH, [result()], 3)).text)
    assert "1 of 3" in text
    assert "2 settings are not done yet" in text
    assert "not done yet" not in "".join(Page(render(GRAPH, [result()], 1)).text)


def test_a_report_of_nothing_is_still_a_page():
    assert not Page(render(replace(GRAPH, title=""), [], 4)).rows()


@pytest.mark.parametrize(
    ("settings", "command"),
    [
        ({"walks": 3, "hs": False}, "--p 0.5 --q 1 --walks 3 --dims 3 --no-hs"),
        ({"dims": 4, "p": 2.5, "q": 0.5}, "--p 2.5 --q 0.5"),
        ({"min_alpha": 0.001, "engine": "reference"}, None),
    ],
)
def test_each_row_tells_how_to_build_it(settings, command):
    (row,) = Page(render(GRAPH, [result(**settings)], 1)).rows()
    start = "galaxy-embed build INPUT -o music.galaxy "
    command = command or "--p 0.5 --q 1 --dims 3 --min-alpha 0.001 --engine reference"
    assert row["data-command"] == start + command


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"epochs": 1, "negative": 0}, "p 0.5, q 1, 3-D, 1 epoch, hs"),
        ({"hs": False, "negative": 1}, "p 0.5, q 1, 3-D, 5 epochs, 1 negative"),
        ({"p": 2.25}, "p 2.25, q 1, 3-D, 5 epochs, hs + 5 negatives"),
    ],
)
def test_a_setting_is_told_in_words(settings, words):
    assert describe(replace(SETTINGS, **settings)) == words


def test_thousands_of_numbers_stay_readable():
    graph = ArtistGraph.from_edges([""] * 2000, np.arange(1999), np.arange(1, 2000))
    assert "1,999" in "".join(Page(render(graph, [result()], 1)).text)
