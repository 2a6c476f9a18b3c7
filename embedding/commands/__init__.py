"""The commands of ``galaxy-embed``, one module each: `add` describes it, `run` does it.

Modules here are imported at every start, so they import what does the work only inside `run`.
"""
