"""Galaxy Desktop: the world of music as a galaxy to fly through."""
