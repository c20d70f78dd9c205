"""Django's backend for SQLite, which reads on where nothing can be written."""
