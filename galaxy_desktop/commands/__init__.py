"""The ways of the command ``galaxy-desktop``, each imported only when it is asked for."""
