"""The portal's words for the libraries' texts are compiled, and the libraries still have those texts."""

import gettext
import re
from pathlib import Path

import allauth
import django
import import_export
from django.conf import settings
from django.utils.translation import gettext as _

FOLDER = Path(settings.LOCALE_PATHS[0]) / "es_CO" / "LC_MESSAGES"
QUOTED = r'(?:"(?:[^"\\]|\\.)*"\n)+'


def entries(path: Path) -> dict[str, str]:
    """The singular messages of a .po file."""
    found = re.findall(rf"^msgid ({QUOTED})msgstr ({QUOTED})", path.read_text() + "\n", flags=re.MULTILINE)
    return {_joined(source): _joined(text) for source, text in found if _joined(source)}


def _joined(lines: str) -> str:
    text = "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', lines))
    return text.replace(r"\"", '"').replace(r"\n", "\n")


def test_the_compiled_words_are_those_of_the_source():
    ours = entries(FOLDER / "django.po")
    with (FOLDER / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    assert len(ours) > 50
    assert {source: compiled.gettext(source) for source in ours} == ours


def test_the_libraries_still_say_what_we_say_otherwise():
    theirs = set()
    for library in (django, allauth, import_export):
        for path in Path(library.__file__).parent.rglob("locale/es/LC_MESSAGES/django.po"):
            theirs |= set(entries(path))
    assert set(entries(FOLDER / "django.po")) - theirs == set()


def test_months_are_written_in_lower_case_and_messages_guess_no_gender():
    assert _("October") == "octubre"
    assert _("The {name} “{obj}” was changed successfully.") == "Se guardó «{obj}» ({name})."
