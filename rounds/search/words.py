"""What counts as the same word: case, accents and endings do not matter."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

import snowballstemmer

# What Unicode does not decompose although readers type the plain letter.
PLAIN = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "’": "'", "ʼ": "'"})
# Letters that Arabic and Persian write in different ways, or that are often typed so.
ARABIC = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه", "ـ": ""})
ARTICLE = re.compile(r"^(?:[وفبک]?ال|لل)(?=\w{3})")
JOINER = "\u200c"  # between the parts of a Persian word, where many type a space or nothing
# Letters and digits, with the vowel signs that Arabic sets above and below them.
WORD = re.compile(r"(?:[^\W_][\u0300-\u036f\u064b-\u065f]*)+")
POSSESSIVE = re.compile(r"['’ʼ]s\b", re.IGNORECASE)
LONGEST = 60  # letters of a word that count


def folded(text: str) -> str:
    """The text without case and accents: “Yıldız” and “YILDIZ” both give “yildiz”."""
    if text.isascii():  # as most are, and nothing of them decomposes
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(PLAIN))
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return plain.translate(ARABIC)


def readings(text: str) -> list[str]:
    """The text, and where it has joiners, also as those write it who type none."""
    return [text, text.replace(JOINER, "")] if JOINER in text else [text]


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
        found = folded(snowballstemmer.stemmer("russian").stemWord(word.casefold()))
    else:
        found = ARTICLE.sub("", folded(word))
        if found.isascii():
            found = snowballstemmer.stemmer("english").stemWord(found)
    return "".join(filter(str.isalnum, found))


def stems(text: str) -> list[str]:
    """The stems of the words of a text, in its order."""
    return [found for word in written(text) if (found := stem(word))]


def spaced(words: Iterable[str]) -> str:
    """Words as they stand in the index: a space around each, so that “ word ” finds it."""
    return f" {' '.join(words)} "


def listed(texts: Iterable[Iterable[str]]) -> str:
    """The words of several texts, which “/” keeps apart: “ / one / another / ”."""
    return f" / {''.join(' '.join([*words, '/ ']) for words in texts)}"
