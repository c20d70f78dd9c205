from rounds.search.words import folded, stems


def test_words_are_folded_and_stemmed():
    assert folded("YILDIZ") == folded("Yıldız") == "yildiz"
    assert stems("The Syria’s refugees") == stems("the syria refugee") == ("the", "syria", "refuge")
    assert stems("заложников") == stems("заложники")
    assert stems("عَلِي") == stems("علي")
