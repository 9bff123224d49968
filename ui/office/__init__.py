"""Screens of the office itself: its name, places, programme, rounds, signatories, accounts, backup."""
