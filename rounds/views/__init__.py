"""The public pages, one noun per module."""
