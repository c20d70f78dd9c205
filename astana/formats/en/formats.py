"""Dates with the month spelt out, as in “4 May 2017” and “30 October 2017”."""

DATE_FORMAT = "j F Y"
