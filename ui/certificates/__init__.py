"""Screens of certificates: who qualifies, preview, print, register."""
