"""What is true: no Qt, no vispy."""
