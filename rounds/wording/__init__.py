"""How the record is put into words: dates, numbers, cities, in the language of the page."""
