"""What each service says of a music world, in its own documented shape."""

from __future__ import annotations

from typing import Any

from tests.embedding.sources.music_world import MusicWorld

Query = dict[str, str]


class Unknown(Exception):
    """The service knows no such artist; `answer` is how it says so, with a status."""

    def __init__(self, answer: Any, status: int = 200) -> None:
        super().__init__()
        self.answer, self.status = answer, status


def answer(world: MusicWorld, path: str, query: Query, body: Any, gone: set[int]) -> Any:
    """Return what the service whose path this is says."""
    if path == "/ws/2/artist":
        found = world.find(query["query"].strip('"'), int(query.get("limit", 25)))
        return {"created": "2026-11-23", "count": len(found), "artists": [
            {"id": world.mbids[i], "type": "Group", "score": 100 - at, "name": world.names[i],
             "sort-name": world.names[i], "disambiguation": "" if at % 2 else "a band"}
            for at, i in enumerate(found)
        ]}  # fmt: skip
    if path == "/similar-artists/json":
        mbid = query["artist_mbids"]
        if mbid not in world.mbids or world.mbids.index(mbid) in gone:
            return []
        of = world.mbids.index(mbid)
        return [
            {"artist_mbid": world.mbids[i], "name": world.names[i], "comment": "", "type": None,
             "gender": None, "score": 1000 - 10 * rank, "reference_mbid": mbid}
            for rank, i in enumerate(world.related[of]) if i not in gone
        ]  # fmt: skip
    if path == "/1/popularity/artist":
        at = {mbid: i for i, mbid in enumerate(world.mbids)}
        return [
            {"artist_mbid": mbid, "total_listen_count": None if mbid not in at else 9,
             "total_user_count": world.listeners[at[mbid]] if mbid in at else None}
            for mbid in body["artist_mbids"]
        ]  # fmt: skip
    if path.startswith(("/search/artist", "/artist/")):
        return _deezer(world, path, query, gone)
    if path == "/2.0/":
        return _lastfm(world, query, gone)
    raise Unknown({"error": "not found"}, 404)


def _deezer(world: MusicWorld, path: str, query: Query, gone: set[int]) -> Any:
    def artist(i: int) -> dict[str, Any]:
        link = f"https://www.deezer.com/artist/{1000 + i}"
        return {"id": 1000 + i, "name": world.names[i], "link": link, "nb_album": 3,
                "nb_fan": world.listeners[i], "radio": True, "type": "artist"}  # fmt: skip

    if path == "/search/artist":
        found = world.find(query["q"], int(query.get("limit", 25)))
        return {"data": [artist(i) for i in found], "total": len(found)}
    of = int(path.split("/")[2]) - 1000
    if not 0 <= of < len(world.names) or of in gone:
        raise Unknown({"error": {"type": "DataException", "message": "no data", "code": 800}})
    others = [i for i in world.related[of] if i not in gone][: int(query.get("limit", 25))]
    return {"data": [artist(i) for i in others], "total": len(others)}


def _lastfm(world: MusicWorld, query: Query, gone: set[int]) -> Any:
    if query.get("api_key") != "0123456789abcdef0123456789abcdef":
        return {"error": 10, "message": "Invalid API key"}
    name = query.get("artist", "")

    def artist(i: int, **more: Any) -> dict[str, Any]:
        url = f"https://www.last.fm/music/{i}"
        mbid = world.mbids[i] if i % 3 else ""
        return {"name": world.names[i], "mbid": mbid, "url": url, "streamable": "0", **more}

    if query["method"] == "artist.search":
        found = world.find(name, int(query.get("limit", 30)))
        matches = [artist(i, listeners=str(world.listeners[i])) for i in found]
        return {"results": {"opensearch:totalResults": str(len(found)),
                            "artistmatches": {"artist": matches}}}  # fmt: skip
    if name not in world.names or world.names.index(name) in gone:
        raise Unknown({"error": 6, "message": "The artist you supplied could not be found"})
    of = world.names.index(name)
    if query["method"] == "artist.getInfo":
        stats = {"listeners": str(world.listeners[of]), "playcount": "9"}
        return {"artist": {**artist(of), "stats": stats}}
    others = [i for i in world.related[of] if i not in gone][: int(query.get("limit", 100))]
    similar: Any = [artist(i, match=f"{1 - 0.01 * at:.6f}") for at, i in enumerate(others)]
    if len(similar) == 1:
        (similar,) = similar
    return {"similarartists": {"artist": similar or "", "@attr": {"artist": name}}}
