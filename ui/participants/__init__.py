"""Screens of participants: the list, one person, the form, the import."""
