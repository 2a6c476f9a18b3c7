"""Builds on request, by a process that stands by: ``galaxy-embed serve``."""
