"""Pages that are the same for everybody, kept ready for as long as the record does not change."""
