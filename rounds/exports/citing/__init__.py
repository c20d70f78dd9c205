"""References: to pages of the record, and to the publications on which its facts rest."""
