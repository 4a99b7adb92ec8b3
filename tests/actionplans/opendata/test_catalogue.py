"""The DCAT catalogue: complete for a harvester, and every address in it answers."""

import pytest

from actionplans.opendata.tables import TABLES


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
    (dataset,) = catalogue["dcat:dataset"]
    assert set(dataset) >= {
        "@id", "dct:identifier", "dct:title", "dct:description", "dct:publisher", "dct:license", "dct:modified",
        "dct:temporal", "dct:spatial", "dct:accrualPeriodicity", "dcat:keyword", "dcat:theme",
        "dcat:contactPoint", "dcat:landingPage", "dcat:distribution",
    }  # fmt: skip
    assert dataset["dct:temporal"]["dcat:startDate"]["@value"] == "2024-01-01"
    assert dataset["dct:license"]["@id"] == "https://creativecommons.org/licenses/by/4.0/"
    assert len(dataset["dcat:distribution"]) == 2 * len(TABLES) + 2


def test_every_distribution_can_be_downloaded_as_what_it_says(catalogue, client):
    for row in catalogue["dcat:dataset"][0]["dcat:distribution"]:
        answer = client.get(row["dcat:downloadURL"]["@id"])
        assert answer.status_code == 200, row["@id"]
        said = row["dcat:mediaType"]["@id"].removeprefix("https://www.iana.org/assignments/media-types/")
        assert answer["Content-Type"].partition(";")[0] == said
        if size := row.get("dcat:byteSize"):
            assert size["@value"] == str(len(answer.getvalue()))


def test_names_are_whole_addresses_and_each_is_said_once(catalogue):
    files = [row["@id"] for row in catalogue["dcat:dataset"][0]["dcat:distribution"]]
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
