import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionplans.imports.reading.offices import OfficeName, match, split

CARTAGO = (
    OfficeName("planeacion", "Secretaría de Planeación, Medio Ambiente y Desarrollo Económico", "SPMA"),
    OfficeName("servicios", "Secretaría de Servicios Administrativos"),
    OfficeName("hacienda", "Secretaría de Hacienda", aliases=("Hacienda Municipal",)),
    OfficeName("control", "Oficina de Control Interno", "OCI"),
    OfficeName("juridica", "Oficina Asesora Jurídica"),
)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Sec. de Planeación, Medio Ambiente y Desarrollo Economico", "planeacion"),
        ("SECRETARIA DE PLANEACION MEDIO AMBIENTE Y DESARROLLO ECONOMICO", "planeacion"),
        ("SPMA", "planeacion"), ("Hacienda municipal", "hacienda"), ("Sria. de Hacienda", "hacienda"),
        ("Of. Control Interno", "control"), ("Ofic. Asesora Jurídica", "juridica"), ("oci", "control"),
    ],
)  # fmt: skip
def test_a_name_abbreviation_or_alias_is_certain(text, slug):
    assert match(text, CARTAGO) == (slug, 1.0, True)


def test_a_misspelt_name_is_only_suggested():
    found = match("Sec. de Sevicios Administrativos", CARTAGO)
    assert (found.slug, found.certain) == ("servicios", False)
    assert 0.9 <= found.score < 1


@pytest.mark.parametrize(("text", "slug"), [("Planeación", "planeacion"), ("Jurídica", "juridica")])
def test_a_shortened_name_is_only_suggested(text, slug):
    assert match(text, CARTAGO) == (slug, 0.85, False)


@pytest.mark.parametrize("text", ["Administración Municipal", "Todas las dependencias", "", "Secretaría", "-"])
def test_what_names_no_office_is_left_open(text):
    assert match(text, CARTAGO).slug is None


def test_two_offices_of_one_name_are_never_certain():
    twins = (OfficeName("a", "Archivo"), OfficeName("b", "ARCHIVO"))
    assert not match("Archivo", twins).certain


SPLITS = {
    "Secretaría de Planeación, Medio Ambiente y Desarrollo Economico, Secretaría de Servicios Administrativos": 2,
    "Sec. de Planeación, Medio Ambiente y Desarrollo Economico": 1,
    "Secretaría de Hacienda y Oficina de Control Interno": 2,
    "Secretaría de Hacienda\nOficina de Control Interno": 2,
    "Secretaría de Planeación,\nMedio Ambiente y Desarrollo Económico": 1,
    "Sec. Hacienda / Of. Control Interno": 2,
    "Secretaría de Hacienda - Oficina de Control Interno; Despacho del Alcalde": 3,
    "Secretaría General y de Gobierno": 1,
    "UAC/Apoyo Logístico": 1,
    "Planeación y Hacienda": 1,
    "Secretaría de Cultura, Dirección de Turismo y Comité de Archivo": 3,
}


@pytest.mark.parametrize("offices", [CARTAGO, ()])
@pytest.mark.parametrize("text", SPLITS)
def test_a_cell_is_cut_only_where_an_office_ends(text, offices):
    assert len(split(text, offices)) == SPLITS[text]


def test_a_known_name_that_goes_on_is_not_cut():
    known = (OfficeName("p", "Secretaría de Planeación"),)
    assert split("Secretaría de Planeación y Medio Ambiente", known) == [
        "Secretaría de Planeación y Medio Ambiente"
    ]


def test_a_text_that_names_one_office_is_kept_as_printed():
    assert split("-Sec") == ["-Sec"]


NAMES = st.sampled_from([office.name for office in CARTAGO])


@given(st.lists(NAMES, min_size=1, max_size=4, unique=True), st.sampled_from([", ", "\n", "; ", " / ", " - "]))
def test_known_offices_are_found_again_whatever_separates_them(names, separator):
    assert split(separator.join(names), CARTAGO) == names


@given(st.text(max_size=120))
def test_no_text_is_too_strange_to_be_split_and_no_word_is_lost(text):
    pieces = " ".join(split(text, CARTAGO))
    words = [word for word in "".join(c if c.isalpha() else " " for c in text).split() if len(word) > 3]
    assert all(word in pieces for word in words)
    match(text, CARTAGO)
