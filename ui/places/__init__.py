"""Screens of the office: places, programme, round, signatories, accounts, backup."""
