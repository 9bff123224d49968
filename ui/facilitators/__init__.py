"""Screens of facilitators."""
