"""What counts as the same word: case, accents and endings do not matter."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

import snowballstemmer

# What nobody sees: soft hyphens, spaces without width, marks of the direction of writing.
_HIDDEN = 0xAD, 0x61C, 0x200B, *range(0x200D, 0x2010), *range(0x202A, 0x202F), 0xFEFF
INVISIBLE = "".join(map(chr, (*_HIDDEN, *range(0x2060, 0x2070))))
# Signs of transliteration, which readers leave out.
SIGNS = "ʼʿʾʻʹʺ"
# What Unicode does not decompose although readers type the plain letter, or nothing.
PLAIN = str.maketrans("ıłø’", "ilo'", INVISIBLE + SIGNS)
# Letters and digits that Arabic and Persian write in different ways, or that are often typed so.
ARABIC = str.maketrans("يىكة٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "ییکه" + "0123456789" * 2, "ـ")
ARTICLE = re.compile(r"^(?:[وفبک]?ال|لل)(?=\w{3})")
JOINER = "\u200c"  # between the parts of a Persian word, where many type a space or nothing
# Letters and digits, with the vowel signs that Arabic sets above and below them.
WORD = re.compile(rf"(?:[^\W_][\u0300-\u036f\u064b-\u065f{INVISIBLE}]*)+")
POSSESSIVE = re.compile(r"['’ʼ]s\b", re.IGNORECASE)
HYPHEN, APOSTROPHE, LETTER = r"\-\u2010\u2011", "'’‘`´′", r"[^\W\d_]"
MARK = f"[{HYPHEN}{APOSTROPHE}]"
# Where others write one word: next to a letter at least, as “15-16” is not a number.
JOINT = re.compile(rf"(?<={LETTER}){MARK}(?=\w)|(?<=\w){MARK}(?={LETTER})")
# One or more words with nothing but such marks between them.
CHAIN = re.compile(rf"{WORD.pattern}(?:{MARK}(?!s\b){WORD.pattern})*", re.IGNORECASE)
HYPHENATED = re.compile(rf"(?<!\w)(?<!{MARK})({LETTER}+)[{HYPHEN}]({LETTER}+)(?!\w|{MARK})")
LONGEST = 60  # letters of a word that count
# Most of what the index says is the names that many texts mention.
remembered = lru_cache(maxsize=10_000)


def folded(text: str) -> str:
    """The text without case and accents: “Yıldız” and “YILDIZ” both give “yildiz”."""
    if text.isascii():  # as most are, and nothing of them decomposes
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(PLAIN))
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return plain.translate(ARABIC)


@remembered
def readings(text: str) -> Sequence[str]:
    """The text, and where it has joints, also as those write it who type none.

    “Nur-Sultan” is also “NurSultan”, and “Da’esh” is “Daesh”.
    """
    plain = POSSESSIVE.sub("", text)
    joined = JOINT.sub("", plain.replace(JOINER, ""))
    return (text,) if joined == plain else (text, joined)


def every_reading(texts: Iterable[str]) -> list[str]:
    """Each reading of each text."""
    return [reading for text in texts for reading in readings(text)]


def written(text: str) -> Iterator[str]:
    """The words of a text as they are written; “Syria’s” gives “Syria”."""
    plain = POSSESSIVE.sub("", unicodedata.normalize("NFC", text))
    return (found[:LONGEST] for found in WORD.findall(plain))


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """What a word has in common with its other forms: “Refugees” gives “refuge”.

    Words in Latin letters are taken for English ones, in Cyrillic letters for Russian ones.
    From Arabic ones the article goes, with what is written together with it.
    Only letters and digits come out. Each word has its stemmer: they are not for threads.
    """
    if "а" <= word[:1].casefold() <= "я":
        plain = word.casefold().translate(PLAIN)
        found = folded(snowballstemmer.stemmer("russian").stemWord(plain))
    else:
        found = ARTICLE.sub("", folded(word))
        if found.isascii():
            found = snowballstemmer.stemmer("english").stemWord(found)
    return "".join(filter(str.isalnum, found))


@remembered
def stems(text: str) -> Sequence[str]:
    """The stems of the words of a text, in its order."""
    return tuple(found for word in written(text) if (found := stem(word)))


def spaced(words: Iterable[str]) -> str:
    """Words as they stand in the index: a space around each, so that “ word ” finds it."""
    return f" {' '.join(words)} "


def listed(texts: Iterable[Iterable[str]]) -> str:
    """The words of several texts, which “/” keeps apart: “ / one / another / ”."""
    return f" / {''.join(' '.join([*words, '/ ']) for words in texts)}"
