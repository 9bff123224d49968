"""Figures for donors and ministries, each with the people behind it."""
