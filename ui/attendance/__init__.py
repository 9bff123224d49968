"""Screens of attendance: the grid of a group."""
