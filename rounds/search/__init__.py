"""Finding what the record says by words: in the database's own full-text search."""
