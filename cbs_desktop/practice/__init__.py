"""The practice office: an invented season with published totals, earned through the real actions."""
