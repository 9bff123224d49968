"""Screens of reports and their people."""
