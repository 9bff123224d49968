"""Screens of groups: the board and the groups of a round."""
