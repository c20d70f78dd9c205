from datetime import date

import pytest
from django.utils.translation import override

from rounds.wording.dates import window, written


@pytest.mark.parametrize(
    ("start", "end", "precision", "text"),
    [
        (date(2017, 1, 23), None, "day", "23 January 2017"),
        (date(2017, 1, 23), date(2017, 1, 23), "day", "23 January 2017"),
        (date(2017, 1, 23), date(2017, 1, 24), "day", "23–24 January 2017"),
        (date(2017, 10, 30), date(2017, 11, 1), "day", "30 October – 1 November 2017"),
        (date(2017, 12, 31), date(2018, 1, 1), "day", "31 December 2017 – 1 January 2018"),
        (date(2024, 12, 9), None, "month", "December 2024"),
        (date(2024, 12, 1), date(2024, 12, 31), "month", "December 2024"),
        (date(2024, 11, 1), date(2024, 12, 31), "month", "November – December 2024"),
        (date(2025, 1, 1), date(2025, 12, 31), "year", "2025"),
        (date(2025, 1, 1), date(2026, 12, 31), "year", "2025 – 2026"),
    ],
)
def test_dates_are_written_no_finer_than_known(start, end, precision, text):
    assert written(start, end, precision) == text


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (date(2018, 7, 1), date(2018, 7, 31), "July 2018"),
        (date(2024, 2, 1), date(2024, 2, 29), "February 2024"),
        (date(2024, 2, 1), date(2024, 2, 28), "1–28 February 2024"),  # a leap year
        (date(2025, 1, 1), date(2025, 6, 30), "first half of 2025"),
        (date(2022, 7, 1), date(2022, 12, 31), "second half of 2022"),
        (date(2025, 1, 1), date(2025, 12, 31), "2025"),
        (date(2025, 1, 1), date(2026, 12, 31), "2025 – 2026"),
        (date(2025, 1, 1), date(2026, 6, 30), "January 2025 – June 2026"),
        (date(2021, 6, 1), date(2021, 7, 31), "June – July 2021"),
        (date(2017, 7, 11), date(2017, 7, 20), "11–20 July 2017"),
        (date(2017, 5, 3), date(2017, 5, 4), "3–4 May 2017"),
        (date(2017, 5, 3), date(2017, 5, 3), "3 May 2017"),
        (date(2021, 7, 9), date(2021, 12, 31), "9 July – 31 December 2021"),
        (date(2021, 1, 1), date(2021, 12, 30), "1 January – 30 December 2021"),
    ],
)
def test_promised_windows_are_written_as_people_promise_them(first, last, text):
    assert window(first, last) == text


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (date(2025, 1, 1), date(2025, 6, 30), "the first half of 2025"),
        (date(2022, 7, 1), date(2022, 12, 31), "the second half of 2022"),
        (date(2018, 7, 1), date(2018, 7, 31), "July 2018"),
    ],
)
def test_a_half_year_takes_its_article_in_a_sentence(first, last, text):
    assert window(first, last, in_sentence=True) == text


def day(year: int, month: int, number: int = 1) -> date:
    return date(year, month, number)


# The same ten dates in each language, in the order of SHAPES. Translations of the interface do
# not matter here.
SHAPES = {
    "one day": (day(2017, 1, 23), day(2017, 1, 23), "day"),
    "days of one month": (day(2017, 1, 23), day(2017, 1, 24), "day"),
    "days of one year": (day(2017, 10, 30), day(2017, 11, 1), "day"),
    "days of two years": (day(2017, 12, 31), day(2018, 1, 1), "day"),
    "one month": (day(2024, 12), day(2024, 12, 31), "month"),
    "months of one year": (day(2018, 1), day(2018, 2, 28), "month"),
    "months of two years": (day(2024, 12), day(2025, 1, 31), "month"),
    "one year": (day(2025, 1), day(2025, 12, 31), "year"),
    "years": (day(2025, 1), day(2026, 12, 31), "year"),
    "a window": (day(2021, 7, 9), day(2021, 12, 31), "window"),
}
LANGUAGES = {
    "en": [
        "23 January 2017",
        "23–24 January 2017",
        "30 October – 1 November 2017",
        "31 December 2017 – 1 January 2018",
        "December 2024",
        "January – February 2018",
        "December 2024 – January 2025",
        "2025",
        "2025 – 2026",
        "9 July – 31 December 2021",
    ],
    "ru": [
        "23 января 2017 г.",
        "23–24 января 2017 г.",
        "30 октября – 1 ноября 2017 г.",
        "31 декабря 2017 г. – 1 января 2018 г.",
        "декабрь 2024 г.",
        "январь – февраль 2018 г.",
        "декабрь 2024 г. – январь 2025 г.",
        "2025",
        "2025–2026",
        "9 июля – 31 декабря 2021 г.",
    ],
    "tr": [
        "23 Ocak 2017",
        "23–24 Ocak 2017",
        "30 Ekim – 1 Kasım 2017",
        "31 Aralık 2017 – 1 Ocak 2018",
        "Aralık 2024",
        "Ocak – Şubat 2018",
        "Aralık 2024 – Ocak 2025",
        "2025",
        "2025–2026",
        "9 Temmuz – 31 Aralık 2021",
    ],
    "fa": [
        "23 ژانویهٔ 2017",
        "23 تا 24 ژانویهٔ 2017",
        "30 اکتبر تا 1 نوامبر 2017",
        "31 دسامبر 2017 تا 1 ژانویهٔ 2018",
        "دسامبر 2024",
        "ژانویه تا فوریهٔ 2018",
        "دسامبر 2024 تا ژانویهٔ 2025",
        "2025",
        "2025 تا 2026",
        "9 ژوئیه تا 31 دسامبر 2021",
    ],
    "ar": [
        "23 يناير 2017",
        "23–24 يناير 2017",
        "30 أكتوبر – 1 نوفمبر 2017",
        "31 ديسمبر 2017 – 1 يناير 2018",
        "ديسمبر 2024",
        "يناير – فبراير 2018",
        "ديسمبر 2024 – يناير 2025",
        "2025",
        "2025–2026",
        "9 يوليو – 31 ديسمبر 2021",
    ],
    "kk": [
        "2017 ж. 23 қаңтар",
        "2017 ж. 23–24 қаңтар",
        "2017 ж. 30 қазан – 1 қараша",
        "2017 ж. 31 желтоқсан – 2018 ж. 1 қаңтар",
        "2024 ж. желтоқсан",
        "2018 ж. қаңтар – ақпан",
        "2024 ж. желтоқсан – 2025 ж. қаңтар",
        "2025",
        "2025–2026",
        "2021 ж. 9 шілде – 31 желтоқсан",
    ],
}


@pytest.mark.parametrize(
    ("language", "shape", "text"),
    [
        pytest.param(language, shape, text, id=f"{language}-{shape}")
        for language, texts in LANGUAGES.items()
        for shape, text in zip(SHAPES, texts, strict=True)
    ],
)
def test_every_shape_of_a_date_in_every_language(language, shape, text):
    start, end, precision = SHAPES[shape]
    with override(language):
        said = window(start, end) if precision == "window" else written(start, end, precision)
    assert said == text


# Behind a day and before a year, and alone before a year.
MONTHS = {
    "ru": (
        "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
        "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
    ),
    "tr": ("Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık",) * 2,
    "fa": (
        "ژانویهٔ فوریهٔ مارس آوریل مهٔ ژوئن ژوئیهٔ اوت سپتامبر اکتبر نوامبر دسامبر",
    ) * 2,
    "ar": ("يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",) * 2,
    "kk": (
        "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан",
    ) * 2,
}  # fmt: skip


@pytest.mark.parametrize("language", MONTHS)
def test_every_month_in_every_language(language):
    forms = {
        "ru": ("5 {} 2017 г.", "{} 2017 г."),
        "kk": ("2017 ж. 5 {}", "2017 ж. {}"),
    }.get(language, ("5 {} 2017", "{} 2017"))
    with override(language):
        for number in range(12):
            for precision, form, names in zip(
                ("day", "month"), forms, MONTHS[language], strict=True
            ):
                name = names.split()[number]
                said = written(date(2017, number + 1, 5), precision=precision)
                assert said == form.format(name)


def test_half_years_wait_for_a_translation_of_their_messages():
    with override("ru"):
        assert window(date(2025, 1, 1), date(2025, 6, 30)) == "first half of 2025"


def test_dates_outside_of_pages_are_in_the_language_of_the_settings():
    with override(None):
        assert written(date(2017, 1, 23), date(2017, 1, 24)) == "23–24 January 2017"
