"""Screens of home, reports and their people."""
