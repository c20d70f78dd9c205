"""The whole database as one file, and back: see the commands ``backup`` and ``restore``."""
