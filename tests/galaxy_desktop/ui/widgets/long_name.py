"""A name of 300 letters."""

LONG = ("The Endless Name " * 20)[:300].strip()
