"""The words that say by which bands a figure was read."""

from decimal import Decimal

from actionplans.progress import Band, bands_words, light_words

LATE = Band(Decimal(0), "Atrasada", "atrasada", "■")
AT_RISK = Band(Decimal("62.5"), "En riesgo", "en-riesgo", "▲")
ON_TRACK = Band(Decimal(80), "Al día", "al-dia", "●")
BANDS = (LATE, AT_RISK, ON_TRACK)


def broken(text):
    """A number never parts from its sign in the page; here that space is a common one."""
    assert " %" not in text
    return text.replace("\xa0", " ")


def test_every_band_says_where_it_begins_and_ends():
    assert broken(bands_words(BANDS)) == (
        "«Al día», desde 80 %; «En riesgo», desde 62,5 % y menos de 80 %; «Atrasada», menos de 62,5 %"
    )
    assert bands_words(reversed(BANDS)) == bands_words(BANDS)
    assert broken(bands_words([LATE])) == "«Atrasada», desde 0 %"


def test_a_lowest_band_that_does_not_begin_at_zero_says_so():
    assert broken(bands_words([AT_RISK, ON_TRACK])).endswith("«En riesgo», desde 62,5 % y menos de 80 %")


def test_the_band_of_the_figure_is_said_first():
    assert [broken(said) for said in light_words(Decimal("88.5"), ON_TRACK, BANDS)] == [
        "Semáforo: lo ejecutado es 88,5 % de lo programado a la fecha y cae en «Al día», desde 80 %.",
        f"Franjas que se usaron: {broken(bands_words(BANDS))}.",
    ]


def test_without_a_light_nothing_is_said():
    assert light_words(Decimal(88), None, BANDS) == []


def test_bands_that_are_not_those_of_the_light_are_not_told_as_if_they_were():
    [said] = light_words(Decimal(88), ON_TRACK, ())
    assert broken(said).endswith("cae en «Al día», desde 80 %.")
    assert light_words(Decimal(88), ON_TRACK, (LATE, AT_RISK)) == [said]
