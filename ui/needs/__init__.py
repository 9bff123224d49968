"""Screens of what needs a person."""
