"""From nothing to running: `bootstrap.py run` and `bootstrap.py test`; standard library only."""
