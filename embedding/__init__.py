"""From a graph of related artists to a galaxy: the engine of Galaxy Desktop, usable by itself.

Nothing heavy is imported here: ``import embedding`` is free, and a program that only opens a
``.galaxy`` file never pays for numba, gensim or scikit-learn.
"""
