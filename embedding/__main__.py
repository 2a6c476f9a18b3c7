"""``python -m embedding`` is ``galaxy-embed``."""

from embedding.cli import command

if __name__ == "__main__":
    command()
