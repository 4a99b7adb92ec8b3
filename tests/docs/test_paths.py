"""Paths and modules that documentation and comments name between backticks are there: a move finds them all."""

import re
from itertools import chain
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[2]
PACKAGES = ("actionplans", "mipg", "planning", "config", "tests")
PLACES = (*PACKAGES, "bin", "docs", "fixtures", "requirements", "static", "templates")
SUFFIXES = (".py", ".html", ".js", ".css", ".json", ".toml", ".md", ".txt")
ELSEWHERE = ("America/Bogota", "datapackage.json")  # a time zone, and a file that the portal writes
WRITTEN_LATER = "var/"
FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
BETWEEN_BACKTICKS = re.compile(r"`([\w./-]+)`")
MODULE = re.compile(r"(?:actionplans|mipg|planning|config|domain)(?:\.[a-z_]+){2,}")

DOCUMENTS = sorted([*(HOUSE / "docs").rglob("*.md"), HOUSE / "README.md"])
SOURCES = sorted(set(chain.from_iterable((HOUSE / place).rglob("*.py") for place in PACKAGES)) - {Path(__file__)})


@pytest.fixture(scope="module")
def known() -> set[str]:
    """Every path of the repository, and every end of one: `reading/dates.py` names a file without its folders."""
    whole = {path.relative_to(HOUSE) for place in PLACES for path in (HOUSE / place).rglob("*")}
    whole |= {Path(place) for place in PLACES} | {path.relative_to(HOUSE) for path in HOUSE.iterdir()}
    paths = {path for path in whole if "__pycache__" not in path.parts}
    return {"/".join(path.parts[start:]) for path in paths for start in range(len(path.parts))}


def named_paths(text: str) -> list[str]:
    """What looks like a path: not an address of the site, which begins with a stroke."""
    found = BETWEEN_BACKTICKS.findall(FENCED.sub("", text))
    return [
        name
        for name in found
        if ("/" in name or name.endswith(SUFFIXES))
        and not name.startswith(("/", WRITTEN_LATER))
        and name not in ELSEWHERE
    ]


def is_there(module: str) -> bool:
    """A module, a package, or a name that one of them writes."""
    path = HOUSE.joinpath(*("actionplans" if module.startswith("domain.") else "",), *module.split("."))
    if path.is_dir() or path.with_suffix(".py").is_file():
        return True
    holders = (path.parent.with_suffix(".py"), path.parent / "__init__.py")
    return any(re.search(rf"\b{path.name}\b", holder.read_text()) for holder in holders if holder.is_file())


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(HOUSE)))
def test_a_document_names_no_path_that_is_gone(document, known):
    named = named_paths(document.read_text())
    assert [name for name in named if name.strip("/") not in known] == []


def test_the_documents_that_lead_the_way_name_paths():
    """So that the test above has something to find."""
    assert len(named_paths((HOUSE / "docs" / "architecture.md").read_text())) > 50
    assert len(named_paths((HOUSE / "README.md").read_text())) > 3


def test_the_code_names_no_path_and_no_module_that_is_gone(known):
    gone = []
    for source in SOURCES:
        text = source.read_text()
        gone += [(str(source), name) for name in named_paths(text) if name.strip("/") not in known]
        modules = [name for name in BETWEEN_BACKTICKS.findall(text) if MODULE.fullmatch(name)]
        gone += [(str(source), name) for name in modules if not is_there(name)]
    assert gone == []


def test_a_path_that_is_gone_is_found(known):
    assert named_paths("See `actionplans/gone.py`, `/admin/` and `var/media`.") == ["actionplans/gone.py"]
    assert "actionplans/gone.py" not in known
    assert "following/procedure.py" in known
    assert is_there("domain.following.procedure")
    assert is_there("planning.audit.record")
    assert not is_there("domain.following.gone")
    assert not is_there("planning.audit.gone")
