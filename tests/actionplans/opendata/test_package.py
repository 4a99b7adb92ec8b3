"""The data package, as others will validate it: description and every row of the files that are served."""

import hashlib
import json

import pytest
from frictionless import Package, system

from actionplans.opendata import measuring
from actionplans.opendata.tables import TABLES
from tests.factories import make_framework, make_policy, make_published_plan

from .conftest import plan_of

ADDRESS = "/cartago/datos/2024/"


@pytest.fixture
def saved(client, tmp_path):
    """Puts the package of the house's year in a folder, as somebody would who downloads it."""

    def save():
        described = client.get(f"{ADDRESS}datapackage.json")
        (tmp_path / "datapackage.json").write_bytes(described.content)
        for resource in described.json()["resources"]:
            (tmp_path / resource["path"]).write_bytes(client.get(ADDRESS + resource["path"]).getvalue())
        return tmp_path

    return save


def validated(folder):
    with system.use_context(trusted=True):
        return Package(str(folder / "datapackage.json")).validate()


def flaws(report) -> list:
    return report.flatten(["name", "rowNumber", "fieldName", "type", "note"])


def test_frictionless_finds_nothing(told_year, saved):
    report = validated(saved())
    assert flaws(report) == []
    assert report.valid
    assert report.stats["tasks"] == len(TABLES)


def test_frictionless_finds_nothing_in_a_year_with_little(house, saved):
    make_published_plan(house.entity)
    report = validated(saved())
    assert flaws(report) == []
    assert report.valid


def test_rows_that_a_plan_names_are_there_although_they_are_of_other_years(house, saved):
    """A framework that ended before, and a policy of a model that the entity did not adopt."""
    axis = make_framework(house.entity, slug="anterior", first_year=2020, last_year=2023).axes.create(
        position=1, name="Cercanía"
    )
    objective = axis.objectives.create(position=1, name="Oír a la ciudadanía")
    content = plan_of(house.office, objectives=(objective,))
    make_published_plan(house.entity, content=content, policy=make_policy(), kind="politica")
    folder = saved()
    assert flaws(validated(folder)) == []
    assert "cartago,2024,anterior," in (folder / "marco.csv").read_text()
    assert "cartago,2024,participacion," in (folder / "politicas.csv").read_text()


@pytest.mark.parametrize(
    ("name", "old", "new", "flaw"),
    [
        ("planes.csv", b"plan-de-participacion,", b"otro-plan,", "foreign-key"),
        ("marco.csv", b",objetivo,1.1,", b",objetivo,1.2,", "foreign-key"),
        ("politicas.csv", b",participacion,", b",otra,", "foreign-key"),
        ("actividades.csv", b",true,", b",quiza,", "type-error"),
    ],
)
def test_frictionless_would_find_a_flaw(told_year, saved, name, old, new, flaw):
    folder = saved()
    content = (folder / name).read_bytes()
    assert old in content
    (folder / name).write_bytes(content.replace(old, new, 1))
    assert flaw in {row[3] for row in flaws(validated(folder))}


def test_bytes_and_hash_are_those_of_the_files(told_year, saved):
    folder = saved()
    for resource in json.loads((folder / "datapackage.json").read_bytes())["resources"]:
        content = (folder / resource["path"]).read_bytes()
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"


def test_a_year_that_is_too_large_is_described_without_measuring_it(told_year, client, monkeypatch, saved):
    monkeypatch.setattr(measuring, "AFFORDABLE", 1)
    resources = client.get(f"{ADDRESS}datapackage.json").json()["resources"]
    assert not any({"bytes", "hash"} & set(resource) for resource in resources)
    assert validated(saved()).valid


def test_the_package_says_whose_it_is_and_under_which_licence(told_year, client):
    package = client.get(f"{ADDRESS}datapackage.json").json()
    assert package["name"] == "cartago-planeacion-2024"
    assert package["licenses"][0]["path"] == "https://creativecommons.org/licenses/by/4.0/"
    assert package["licenses"][0]["name"] == "CC-BY-4.0"
    assert "Alcaldía de Cartago" in package["citation"]
    assert package["contributors"][0]["role"] == "publisher"
