"""Benchmarks: ratios measured side by side in one run, never seconds that a test must meet."""
