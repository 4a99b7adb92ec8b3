"""Evidence is found once its period is closed, and nothing of what is withheld."""

import pytest

from actionplans.domain.following.evidence.bringing import bring_redacted, reclassify
from actionplans.enums import Classification
from tests.evidence_files import PDF, upload
from tests.following import close, link, reopen, report, reported

from .steps import found

pytestmark = pytest.mark.django_db
GROUND = "Ley 1581 de 2012: datos de menores"


def test_evidence_is_found_once_the_period_is_closed(house, plan, quarter):
    row = link(house, description="Fotos de la feria")
    reported(house, plan.activities.first(), quarter, evidence=(row,))
    assert found(house.entity, "feria") == []
    close(house, quarter)
    assert found(house.entity, "feria") == ["Fotos de la feria"]
    assert found(house.entity, "actividad número", kind="evidencia") == ["Fotos de la feria"]


def test_what_nobody_validated_or_sent_is_not_found(house, plan, quarter):
    sent, loose = link(house, description="Enviada"), link(house, "https://otra.example/", description="Suelta")
    report(house, plan.activities.first(), quarter, evidence=(sent,))
    close(house, quarter)
    assert found(house.entity, "enviada") == found(house.entity, "suelta") == []
    assert loose.description == "Suelta"


def test_of_what_is_withheld_only_what_its_page_says_is_found(house, plan, quarter):
    told = {"classification": Classification.RESERVED, "ground": GROUND, "description": "Denuncia de Fulana"}
    row = link(house, "https://ejemplo.gov.co/expediente", **told)
    reported(house, plan.activities.first(), quarter, evidence=(row,))
    close(house, quarter)
    hidden = f"Evidencia n.º {row.pk}, que no es pública"
    assert found(house.entity, "datos menores") == [hidden]
    for secret in ("Fulana", "denuncia", "expediente"):
        assert found(house.entity, secret) == []
    reclassify(row, by=house.planning, classification=Classification.PUBLIC, ground="Ya se resolvió")
    assert found(house.entity, "fulana") == ["Denuncia de Fulana"]
    assert found(house.entity, "menores") == []
    reclassify(row, by=house.planning, classification=Classification.PERSONAL, ground=GROUND)
    assert found(house.entity, "fulana") == []


def test_that_there_is_a_redacted_copy_is_found_and_its_name_is_not(house, plan, quarter):
    row = link(house, classification=Classification.RESERVED, ground=GROUND)
    reported(house, plan.activities.first(), quarter, evidence=(row,))
    close(house, quarter)
    bring_redacted(row, upload(PDF + b"tachada", "fulana.pdf"), by=house.planning)
    assert len(found(house.entity, "copia tachado")) == 1
    assert found(house.entity, "fulana") == []


def test_what_no_longer_counts_leaves_with_the_next_closing(house, plan, quarter):
    old, new = link(house, description="Vieja"), link(house, "https://otra.example/", description="Nueva")
    reported(house, plan.activities.first(), quarter, evidence=(old,))
    close(house, quarter)
    reopen(house, quarter, [plan.activities.first()], until=quarter.closes)
    reported(house, plan.activities.first(), quarter, evidence=(new,))
    assert (found(house.entity, "vieja"), found(house.entity, "nueva")) == (["Vieja"], [])
    quarter.refresh_from_db()
    close(house, quarter)
    assert (found(house.entity, "vieja"), found(house.entity, "nueva")) == ([], ["Nueva"])
