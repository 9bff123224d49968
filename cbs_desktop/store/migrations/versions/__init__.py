"""Schema steps in order of their number."""
