"""How the record is put into words: dates, numbers, lists, cities, in the language of the page."""
