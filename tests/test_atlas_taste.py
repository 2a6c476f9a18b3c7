"""What any listener would expect of the atlas: who is near whom in 8-D, and what lies between."""

from __future__ import annotations

import numpy as np
import pytest

from embedding.averaging import Averager
from embedding.galaxy import Galaxy
from embedding.galaxy_file import load
from embedding.lookup import Lookup
from galaxy_desktop.model.atlas import atlas_file

# Some that belong near each artist; at least three of them must be among the twenty nearest.
NEAR = {
    "Radiohead": "Thom Yorke|The Smile|Atoms for Peace|Jeff Buckley|Muse|Blur|Suede|Oasis",
    "Miles Davis": "Bill Evans|John Coltrane|Herbie Hancock|Wayne Shorter|Ron Carter|Lee Morgan"
    "|Freddie Hubbard|Red Garland",
    "BTS": "SEVENTEEN|Jin|j-hope|V|Jimin|Agust D|RM|Jung Kook|EXO|TOMORROW X TOGETHER|NCT 127",
    "Fela Kuti": "Tony Allen|Seun Kuti|Femi Kuti|Antibalas|Ebo Taylor|Orlando Julius",
    "初音ミク": "Kagamine Rin|Kagamine Len|Megurine Luka|GUMI|KAITO|MEIKO|Kasane Teto",
    "Bach": "George Frideric Handel|Antonio Vivaldi|Johann Pachelbel|Georg Philipp Telemann"
    "|Dieterich Buxtehude|Jan Dismas Zelenka|Heinrich Ignaz Franz von Biber|Christoph Graupner",
    "Metallica": "Slayer|Megadeth|Anthrax|Testament|Exodus|Death Angel|Sepultura",
    "Daft Punk": "Air|Justice|Étienne de Crécy|Stardust|Alan Braxe & Fred Falke|Cassius"
    "|Benjamin Diamond|Motorbass|Basement Jaxx|The Chemical Brothers",
    "Bjork": "The Sugarcubes|PJ Harvey|Emilíana Torrini|Radiohead|Sigur Rós|Massive Attack"
    "|Portishead|FKA twigs|Kate Bush|múm|GusGus|Jónsi|Ásgeir",
    "Oum Kalthoum": "Abdel Halim Hafez|Mohammed Abdel Wahab|Farid El Atrache|Asmahan|Warda"
    "|Riad Al Sunbati|Fayza Ahmed|Layla Murad",
    "Bob Marley & The Wailers": "Peter Tosh|Bunny Wailer|Toots & The Maytals|Marcia Griffiths"
    "|Burning Spear|Joe Higgs|Jimmy Cliff",
    "Kendrick Lamar": "J. Cole|Jay Rock|ScHoolboy Q|Ab-Soul|Doechii|Mac Miller|Rapsody|Drake",
    "Taylor Swift": "Olivia Rodrigo|Sabrina Carpenter|Ariana Grande|Billie Eilish|Lady Gaga"
    "|Selena Gomez|Ed Sheeran|Harry Styles",
    "Nusrat Fateh Ali Khan": "Rahat Fateh Ali Khan|Wadali Brothers|Badar Ali Khan|Faiz Ali Faiz"
    "|Sabri Brothers|Abida Parveen|Yusuf Azad|Shafqat Amanat Ali",
    "Caetano Veloso": "Gal Costa|Gilberto Gil|Maria Bethânia|Chico Buarque|Os Mutantes|Tom Zé",
    "Édith Piaf": "Charles Trenet|Yves Montand|Gilbert Bécaud|Maurice Chevalier|Damia|Bourvil"
    "|Charles Aznavour|Jacques Brel|Berthe Sylva",
    "Кино": "Зоопарк|Аквариум|Наутилус Помпилиус|АукцЫон|Алиса|Shortparis|Дурной Вкус|Увула",
    "Bad Bunny": "Rauw Alejandro|J Balvin|Eladio Carrión|Ozuna|Myke Towers|Farruko|Dei V|Jhayco",
    "Ravi Shankar": "Ali Akbar Khan|Vilayat Khan|Nikhil Banerjee|Bismillah Khan|Ram Narayan"
    "|Amjad Ali Khan|Annapurna Devi|Allauddin Khan|Shakti|Imrat Khan|Anoushka Shankar",
    "Hans Zimmer": "John Powell|Thomas Newman|Ramin Djawadi|Brian Tyler|Alan Silvestri"
    "|Lorne Balfe|Michael Giacchino|Ludwig Göransson",
    "Burial": "Kode9|Shackleton|2562|Scuba|Mount Kimbie|Four Tet|Vex'd|Darkstar",
    "Tinariwen": "Tamikrest|Imarhan|Terakaft|Bombino|Kel Assouf|Les Filles de Illighadad",
    "Jay Chou": "David Tao|Wang Leehom|Jolin Tsai|JJ Lin|Nan Quan Mama|S.H.E|Hebe Tien|Yoga Lin",
    "Kraftwerk": "NEU!|Cluster|Harmonia|Klaus Schulze|Tangerine Dream|La Düsseldorf",
    "Johnny Cash": "June Carter Cash|Willie Nelson|Waylon Jennings|Merle Haggard|Hank Williams"
    "|Don Gibson|Bill Anderson|Jessi Colter|George Jones|Porter Wagoner",
}


@pytest.fixture(scope="module")
def galaxy() -> Galaxy:
    return load(atlas_file())


@pytest.fixture(scope="module")
def lookup(galaxy: Galaxy) -> Lookup:
    return Lookup(galaxy)


@pytest.mark.parametrize("artist", NEAR)
def test_neighbours_any_listener_would_expect(galaxy: Galaxy, lookup: Lookup, artist: str) -> None:
    unit = galaxy.vectors / np.linalg.norm(galaxy.vectors, axis=1, keepdims=True)
    wanted = {lookup.find(name) for name in NEAR[artist].split("|")}
    found = np.argsort(-(unit @ unit[lookup.find(artist)]))[1:21]
    assert len(wanted & set(found.tolist())) >= 3, [galaxy.names[i] for i in found]


def between(galaxy: Galaxy, lookup: Lookup, artists: str, count: int = 10) -> list[int]:
    ingredients = [lookup.find(name) for name in artists.split(" + ")]
    average = Averager(galaxy.vectors, galaxy.names).average(
        ingredients, [1.0] * len(ingredients), count=count
    )
    return [found.index for found in average.results]


@pytest.mark.parametrize(
    ("artists", "one", "other"),
    [
        ("Daft Punk + Metallica", ("house", "techno", "electro"), ("thrash", "heavy metal")),
        ("Miles Davis + Kendrick Lamar", ("bebop", "hard bop"), ("west coast rap", "trap")),
        ("Fela Kuti + James Brown", ("afrobeat",), ("disco",)),
        ("Drake + Metallica", ("r&b", "canadian hip hop"), ("thrash", "heavy metal")),
    ],
)
def test_what_lies_between_is_not_all_of_one_kind(
    galaxy: Galaxy, lookup: Lookup, artists: str, one: tuple[str, ...], other: tuple[str, ...]
) -> None:
    assert galaxy.tags is not None
    found = [galaxy.tags[i] for i in between(galaxy, lookup, artists)]
    for kind in (one, other):
        of_a_kind = [any(word in tag for tag in tags for word in kind) for tags in found]
        assert sum(of_a_kind) < 8, found


@pytest.mark.parametrize(
    ("artists", "expected"),
    [
        ("Daft Punk + Metallica", "KMFDM|Ministry|Nine Inch Nails|Fear Factory|Powerman 5000"),
        ("Miles Davis + Kendrick Lamar", "Robert Glasper|Terrace Martin|Hiatus Kaiyote"),
        ("Taylor Swift + Radiohead", "Imogen Heap|FKA twigs|Sky Ferreira|Kate Bush"),
    ],
)
def test_averages_any_listener_would_understand(
    galaxy: Galaxy, lookup: Lookup, artists: str, expected: str
) -> None:
    wanted = {lookup.find(name) for name in expected.split("|")}
    found = between(galaxy, lookup, artists, 20)
    assert len(wanted & set(found)) >= 2, [galaxy.names[i] for i in found]
