"""Screen of Home: what needs doing today."""
