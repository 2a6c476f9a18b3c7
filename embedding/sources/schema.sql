-- What a crawl has been told, and how far it is. Times are whole seconds since 1970, UTC.

-- Whose answers these are (source, title, licence, terms, base_url), and what the present crawl is
-- to do (order, artists).
CREATE TABLE about (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

-- Everybody that was ever named.
CREATE TABLE artist (
    number INTEGER PRIMARY KEY,         -- in the order in which they were first named
    id TEXT NOT NULL UNIQUE,            -- the source's own
    name TEXT NOT NULL,
    mbid TEXT NOT NULL DEFAULT '',
    comment TEXT NOT NULL DEFAULT '',
    link TEXT NOT NULL DEFAULT '',
    listeners INTEGER,                  -- NULL: not known
    counted INTEGER,                    -- when listeners were told or asked for; NULL: never
    answered INTEGER,                   -- when it was told who is related; NULL: never
    -- The way of the present crawl:
    step INTEGER,                       -- relations from the nearest seed; NULL: not met yet
    mass REAL NOT NULL DEFAULT 0,       -- what has come down from the seeds
    visit INTEGER                       -- its turn, from 1; NULL: not yet
);

-- Those that wait for their turn, in each of the two orders; and whose listeners are not known.
CREATE INDEX by_step ON artist (step, listeners DESC, mass DESC, number)
    WHERE visit IS NULL AND step IS NOT NULL;
CREATE INDEX by_mass ON artist (mass DESC, number)
    WHERE visit IS NULL AND step IS NOT NULL;
CREATE INDEX uncounted ON artist (visit, step, number)
    WHERE counted IS NULL AND step IS NOT NULL;

CREATE TABLE relation (
    artist INTEGER NOT NULL REFERENCES artist,
    other INTEGER NOT NULL REFERENCES artist,
    rank INTEGER NOT NULL,              -- from 1, the nearest first
    score REAL,                         -- as the source gives it; NULL where it gives none
    PRIMARY KEY (artist, other)
) WITHOUT ROWID;

-- Whom the user's words stand for.
CREATE TABLE seed_answer (
    words TEXT PRIMARY KEY,
    artist INTEGER NOT NULL REFERENCES artist,
    remark TEXT NOT NULL DEFAULT '',
    answered INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE seed (
    place INTEGER PRIMARY KEY,
    artist INTEGER NOT NULL REFERENCES artist
);
