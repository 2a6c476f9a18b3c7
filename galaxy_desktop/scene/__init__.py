"""How it looks: vispy, no Qt widgets."""
