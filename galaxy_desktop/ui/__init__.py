"""The window: PyQt6."""
