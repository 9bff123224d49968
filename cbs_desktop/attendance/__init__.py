"""Fifteen sessions and who came: meetings held, marks, completion."""
