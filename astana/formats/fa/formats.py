# CLDR has “LLLL تا MMMM y”: only before a year a month takes its ezafe, ژانویهٔ for ژانویه. TR35
# splits that before the second month; Babel 2.18 takes M for another field than L and does not.
MONTHS_OF_ONE_YEAR = ("LLLL تا ", "MMMM y")
