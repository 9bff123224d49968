"""Spreadsheets: reading with positions, writing without formulas."""
