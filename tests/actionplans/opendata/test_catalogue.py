"""The DCAT catalogue: complete for a harvester, and every address in it answers."""

import pytest

from actionplans.opendata.tables import TABLES
from planning import audit


@pytest.fixture
def catalogue(told_year, client):
    answer = client.get("/cartago/datos/catalogo.jsonld")
    assert answer["Content-Type"] == "application/ld+json"
    return answer.json()


def nodes(value):
    """Every node of the graph."""
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from nodes(part)


def test_every_term_is_of_a_vocabulary_that_is_named(catalogue):
    prefixes = set(catalogue["@context"])
    for node in nodes({name: value for name, value in catalogue.items() if name != "@context"}):
        for name in node:
            assert name.startswith("@") or name.partition(":")[0] in prefixes, name


def test_a_dataset_says_what_a_harvester_asks_for(catalogue):
    for dataset in catalogue["dcat:dataset"]:
        assert set(dataset) >= {
            "@id", "dct:identifier", "dct:title", "dct:description", "dct:publisher", "dct:license",
            "dct:modified", "dct:temporal", "dct:spatial", "dct:accrualPeriodicity", "dcat:keyword", "dcat:theme",
            "dcat:contactPoint", "dcat:landingPage", "dcat:distribution",
        }  # fmt: skip
        assert dataset["dct:temporal"]["dcat:startDate"]["@value"] == "2024-01-01"
        assert dataset["dct:license"]["@id"] == "https://creativecommons.org/licenses/by/4.0/"


def test_the_distributions_of_a_dataset_are_the_same_rows_in_other_formats(catalogue):
    whole, *tables = catalogue["dcat:dataset"]
    assert len(tables) == len(TABLES)
    assert [part["@id"] for part in whole["dct:hasPart"]] == [dataset["@id"] for dataset in tables]
    for name, dataset in zip(TABLES, tables, strict=True):
        assert dataset["dct:isPartOf"]["@id"] == whole["@id"]
        files = [row["@id"].rpartition("/")[2] for row in dataset["dcat:distribution"]]
        assert files == [f"{name}.csv", f"{name}.json"]
    everything = [row["@id"].rpartition("/")[2] for row in whole["dcat:distribution"]]
    assert everything == ["datos.xlsx", "datapackage.json"]


def test_the_entity_can_be_reached_as_it_says(told_year, client):
    entity = told_year.entity
    bare = client.get("/cartago/datos/catalogo.jsonld").json()["dcat:dataset"][0]["dcat:contactPoint"]
    assert set(bare) == {"@type", "vcard:fn", "vcard:hasURL"}
    entity.email, entity.phone = "contacto@cartago.example", "(602) 210 0000"
    entity.pqrsd_url = "https://cartago.example/pqrsd"
    entity.save()
    audit.record(entity, entity, "change", by=told_year.administrator)
    told = client.get("/cartago/datos/catalogo.jsonld").json()["dcat:dataset"][0]["dcat:contactPoint"]
    assert told["vcard:hasEmail"] == {"@id": "mailto:contacto@cartago.example"}
    assert told["vcard:tel"] == "(602) 210 0000"
    assert told["vcard:hasURL"] == {"@id": "https://cartago.example/pqrsd"}


def files_of(catalogue):
    return [row for dataset in catalogue["dcat:dataset"] for row in dataset["dcat:distribution"]]


def test_every_distribution_can_be_downloaded_as_what_it_says(catalogue, client):
    for row in files_of(catalogue):
        answer = client.get(row["dcat:downloadURL"]["@id"])
        assert answer.status_code == 200, row["@id"]
        said = row["dcat:mediaType"]["@id"].removeprefix("https://www.iana.org/assignments/media-types/")
        assert answer["Content-Type"].partition(";")[0] == said
        if size := row.get("dcat:byteSize"):
            assert size["@value"] == str(len(answer.getvalue()))


def test_names_are_whole_addresses_and_each_is_said_once(catalogue):
    files = [row["@id"] for row in (*catalogue["dcat:dataset"], *files_of(catalogue))]
    assert len(set(files)) == len(files)
    assert all(name.startswith("http") for name in files)
    assert "@cartago" not in str(catalogue)


def test_the_portal_lists_the_catalogue_of_each_entity(told_year, neighbour, client):
    told = client.get("/datos/catalogo.jsonld").json()
    addresses = [row["@id"] for row in told["dcat:catalog"]]
    assert [address.partition("//")[2].partition("/")[2] for address in addresses] == [
        "candelaria/datos/catalogo.jsonld",
        "cartago/datos/catalogo.jsonld",
    ]
    for address in addresses:
        assert client.get(address).status_code == 200
