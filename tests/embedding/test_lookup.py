import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from embedding.errors import InputError, UnknownArtistError
from embedding.folding import fold, fold_all
from embedding.graph import ArtistGraph
from embedding.lookup import Lookup
from embedding.name_search import Match, NameSearch
from embedding.romanising import romanised
from embedding.spellings import START, WHOLE, Spellings
from embedding.typos import slips

NAMES = [
    "Aurora Vale",  # 0
    "The Velvet Owls",  # 1
    "Señor Ñandú",  # 2
    "Twin",  # 3
    "Twin",  # 4
    "DC/AC",  # 5
    "!!!",  # 6
    "夜の梟",  # 7
    "Ølf & Þór",  # 8
    "No Name",  # 9
    "Noname",  # 10
    "42",  # 11
    "Aurora",  # 12
    "Red Aurora",  # 13
    "Polaurora",  # 14
    "Ca$h",  # 15
]
POPULARITY = np.array([50, 60, 10, 20, 70, 30, 40, 5, 5, 30, 40, 10, 20, 90, 99, 1], np.uint8)
IDS = [f"id-{i}" for i in range(15)] + ["42"]
ALIASES: list[tuple[str, ...]] = [()] * len(NAMES)
ALIASES[7] = ("Night Owl", "Yoru no Fukurō")
ALIASES[9] = ("Aurora",)


def lookup(ids=None, popularity=POPULARITY, aliases=ALIASES) -> Lookup:
    graph = ArtistGraph.from_edges(NAMES, [0], [1], ids=ids, popularity=popularity, aliases=aliases)
    return Lookup(graph)


@pytest.mark.parametrize(
    ("query", "index"),
    [
        ("Aurora Vale", 0),
        ("  aurora   vale ", 0),
        ("AURORA VALE", 0),
        ("Aurora", 12),  # a name goes before an alias
        ("aurora", 12),
        ("the velvet owls", 1),
        ("velvet owls", 1),
        ("The Aurora Vale", 0),
        ("senor nandu", 2),
        ("Sen\u0303or N\u0303andu\u0301", 2),  # the same letters, taken apart
        ("dc ac", 5),
        ("DCAC", 5),
        ("!!!", 6),
        ("夜の梟", 7),
        ("Night Owl", 7),
        ("yoru no fukuro", 7),
        ("olf and thor", 8),
        ("No Name", 9),
        ("noname", 10),
        ("no name", 9),
        ("cash", 15),
    ],
)
def test_names_are_found(query, index):
    assert lookup().find(query) == index


def test_of_several_the_most_popular_is_taken_and_said():
    found = lookup(IDS).resolve("twin")
    assert (found.index, found.others) == (4, (3,))
    assert found.note == (
        '2 artists are called "Twin", and the most popular of them was taken;'
        ' for the other give the id "id-3".'
    )
    found = lookup(popularity=None).resolve("Twin")
    assert (found.index, found.others) == (3, (4,))
    assert "first of them" in found.note
    assert not lookup().resolve("Aurora").note


def test_an_id_chooses_exactly():
    assert lookup(IDS).find("id-3") == 3
    assert lookup(IDS).find("id:id-3") == 3
    assert lookup(IDS).find("ID-3") == 3
    assert lookup(IDS).find("42") == 11  # the one called so goes before the one numbered so
    assert lookup(IDS).find("id:42") == 15
    assert lookup(IDS).search("id-3", 5)[0] == 3


def test_unknown_names_get_the_nearest_spellings():
    with pytest.raises(UnknownArtistError, match='try "Aurora Vale"') as caught:
        lookup().find("Aurroa Valle")
    assert caught.value.suggestions[0] == "Aurora Vale"
    with pytest.raises(UnknownArtistError, match="look it up with galaxy-embed search"):
        lookup().find("xyzzyxyzzy")


def test_several_of_one_name_are_suggested_once():
    with pytest.raises(UnknownArtistError) as caught:
        lookup().find("Twim")
    assert caught.value.suggestions == ["Twin"]


@pytest.mark.parametrize("query", ["", "  ", "\n"])
def test_an_empty_name_is_refused(query):
    with pytest.raises(InputError, match="empty"):
        lookup().find(query)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        # whole name, its beginning, a word's, within; popular first among equals
        ("aurora", [9, 12, 0, 13, 14]),
        ("auro", [0, 9, 12, 13, 14]),
        ("owl", [1, 7]),
        ("vale aurora", [0]),
        ("arora", [9, 12]),
        ("twni", [4, 3]),
        ("acdc", []),
        ("dcac", [5]),
        ("の", [7]),
        ("~~", []),
        ("", []),
    ],
)
def test_search_before_and_after(query, expected):
    assert lookup().search(query) == expected


def test_search_gives_at_most_what_was_asked_for():
    assert lookup().search("aurora", 2) == lookup().search("aurora")[:2]
    assert lookup().search("aurora", 0) == []


def test_no_artists():
    assert NameSearch([]).search("x") == []
    assert NameSearch([]).called("x") == []
    assert NameSearch(["", " "]).search("x") == []


@given(st.lists(st.text(max_size=12), max_size=12))
def test_folding_all_is_folding_each(names):
    assert fold_all(names or [""]) == [fold(name) for name in names or [""]]


@given(st.text())
def test_folding_twice_changes_nothing(name):
    assert fold(fold(name)) == fold(name)


@given(st.text(min_size=1, max_size=20).filter(str.strip))
def test_any_name_is_found_by_itself_and_in_capitals(name):
    graph = ArtistGraph.from_edges(["Somebody", name, "Other One"], [0], [1])
    assert Lookup(graph).find(name) == 1
    assert 1 in Lookup(graph).search(name) or not fold(name)


def test_marks_of_other_scripts_are_letters():
    assert fold("हिन्दी") != fold("हनद")
    assert fold("ไม้") != fold("ไม")


@given(st.text())
def test_no_query_breaks_the_search(query):
    assert len(lookup().search(query, 5)) <= 5
    assert len(lookup().by_name.suggest(query)) <= 3


def distance(a: str, b: str) -> int:
    """Optimal string alignment as the textbook has it."""
    d = [[i + j if not i * j else 0 for j in range(len(b) + 1)] for i in range(len(a) + 1)]
    for i in range(1, len(a) + 1):
        for j in range(1, len(b) + 1):
            d[i][j] = min(
                d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] != b[j - 1])
            )
            if i > 1 and j > 1 and a[i - 1] == b[j - 2] and a[i - 2] == b[j - 1]:
                d[i][j] = min(d[i][j], d[i - 2][j - 2] + 1)
    return d[-1][-1]


@given(
    st.text("abc", min_size=1, max_size=9),
    st.lists(st.text("abc", max_size=9), min_size=1, max_size=30),
    st.integers(0, 9),
)
def test_slips_are_the_textbook_distance(query, names, most):
    width = max(1, *(len(name) for name in names))
    table = np.zeros((width, len(names)), np.uint32)
    for column, name in enumerate(names):
        table[: len(name), column] = [ord(c) for c in name]
    lengths = np.array([len(name) for name in names])
    codes = np.array([ord(c) for c in query], np.uint32)
    expected = [min(distance(query, name), most + 1) for name in names]
    assert slips(codes, table, lengths, most).tolist() == expected


@given(
    st.text("abc", min_size=1, max_size=6),
    st.lists(st.text("abc", max_size=12), min_size=1, max_size=20),
    st.integers(0, 3),
)
def test_the_start_of_a_spelling_is_as_near_as_its_nearest_one(query, names, most):
    expected = {
        i: (min(distance(query, name), most + 1), start)
        for i, name in enumerate(names)
        if (start := min(distance(query, name[:k]) for k in range(len(name) + 1))) <= most
    }
    texts, whole, start = Spellings(names).near(query, most, starts=True)
    found = zip(whole.tolist(), start.tolist(), strict=True)
    assert dict(zip(texts.tolist(), found, strict=True)) == expected
    texts, whole, _ = Spellings(names).near(query, most, starts=False)
    assert dict(zip(texts.tolist(), whole.tolist(), strict=True)) == {
        i: whole for i, (whole, _) in expected.items() if whole <= most
    }


@given(
    st.text("ab \u4e2d", min_size=1, max_size=4),
    st.lists(st.text("ab \u4e2d\U00014e2d", max_size=9), min_size=1, max_size=20),
)
def test_spellings_hold_what_they_hold(query, texts):
    spellings = Spellings(texts)
    within, _ = spellings.within(query)
    assert set(within.tolist()) == {i for i, text in enumerate(texts) if query in text}
    entries, how = spellings.beginning(query)
    assert set(entries.tolist()) == {i for i, t in enumerate(texts) if f" {query}" in f" {t}"}
    assert set(entries[how <= START].tolist()) == {
        i for i, text in enumerate(texts) if text.startswith(query)
    }
    assert set(entries[how == WHOLE].tolist()) == {i for i, t in enumerate(texts) if t == query}


def test_names_in_other_letters_are_found_in_latin_ones():
    names = ["Виктор Цой", "周杰伦", "Zhou", "فيروز", "Sơn Tùng"]
    search = NameSearch(names)
    assert search.search("viktor ts") == [0]
    assert search.search("zhoujielun") == [1]
    assert search.called("viktor tsoy") == [0]
    assert search.search("zhou") == [2, 1]
    assert romanised(names)[2:] == ["", "", ""]


def test_a_match_tells_what_fits():
    search = NameSearch(["Night Owl", "Day Owl"], [("Eule", "Uhu"), ()])
    assert search.matches("uhu") == [Match(0, 1, 0)]
    assert search.matches("night owk") == [Match(0, None, 1)]
    assert search.matches("nihgt") == []
    assert search.matches("nihgt", typing=True) == [Match(0, None, 1)]


def test_a_hundred_thousand_names_are_searched_quickly():
    rng = np.random.default_rng(0)
    syllables = ["ka", "ro", "mi", "ton", "vel", "dra", "shi", "no", "el", "ast", "ur", "bo"]
    words = rng.choice(syllables, (100_000, 5))
    names = [f"{a}{b} {c}{d}{e}" for a, b, c, d, e in words.tolist()]
    search = NameSearch(names)
    start = time.process_time()
    for query in ("karo mitonve", "karo miotnvel", "a", "velvet shinou"):
        search.suggest(query)
    assert (time.process_time() - start) / 4 < 0.2


def test_no_names_fold_to_none():
    assert fold_all([]) == []
    assert fold_all(["", "A"]) == ["", "a"]


SPELT = st.lists(
    st.tuples(
        st.sampled_from(["Aurora", "The Owls", "夜の梟", "Ølf", "", "!!!", "Ночь", "أم كلثوم"])
        | st.text(max_size=6),
        st.lists(st.sampled_from(["Sova", "夜", "The Owls", "x" * 999]), max_size=2).map(tuple),
    ),
    max_size=8,
)


@given(SPELT, SPELT)
def test_what_an_earlier_search_knows_changes_no_answer(earlier, later):
    mine, known = (
        NameSearch([name for name, _ in many], [others for _, others in many])
        for many in (later, earlier)
    )
    again = NameSearch([name for name, _ in later], [others for _, others in later], None, known)
    for part in ("_text", "_tight"):
        assert getattr(again, part).texts() == getattr(mine, part).texts()
    for part in ("_owner", "_alias", "_rank", "_order"):
        np.testing.assert_array_equal(getattr(again, part), getattr(mine, part))
    # And the next one knows it from that.
    third = NameSearch([name for name, _ in earlier], None, None, again)
    plain = NameSearch([name for name, _ in earlier])
    assert third._text.texts() == plain._text.texts()


def test_names_that_are_known_are_not_worked_out_again(monkeypatch):
    earlier = Lookup(ArtistGraph.from_edges(NAMES, [0], [1], aliases=ALIASES))
    assert earlier.search("aurora")
    worked_out = []

    def counted(names):
        worked_out.extend(names)
        return fold_all(names)

    monkeypatch.setattr("embedding.name_search.fold_all", counted)
    more = [*NAMES, "Nova", "新星"]
    later = Lookup(ArtistGraph.from_edges(more, [0], [1], aliases=[*ALIASES, (), ()]), earlier)
    assert later.search("nova") == [len(NAMES)]
    assert later.search("夜の梟") == [7]
    assert worked_out[:2] == ["Nova", "新星"]
    assert len(worked_out) == 3
    # One that was never asked knows nothing, and is no hindrance.
    assert Lookup(earlier._artists, Lookup(earlier._artists)).search("aurora")
