"""Dates with the month spelt out, as in “4 May 2017” and “30 October 2017”."""

DATE_FORMAT = "j F Y"

# CLDR closes up two years, “2025–2026”; here they stand apart as months do: “November – December”.
YEARS = ("y – ", "y")
