"""``galaxy-embed search``: which artists are called something like this."""
