"""The workbook for work without internet: out, filled, in, and the drafts that it becomes."""

import datetime
import io
from collections import defaultdict
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from actionplans.domain.contents.content import ActivityContent, IndicatorContent, PlanContent, ResponsibleContent
from actionplans.domain.following.reporting.drafts import save_draft
from actionplans.enums import ReportOrigin, ResponsibilityRole
from actionplans.models import ActivityVersion, OfflineUpload, ReportDraft
from actionplans.months import MonthSet
from actionplans.views.following.offline.entries import NOT_HERE
from planning.enums import Role
from tests.factories import make_office, make_published_plan, make_user
from tests.following import close, make_year, on_day, promised, report, reported, validate

from .offline_books import FilledBook

pytestmark = pytest.mark.django_db
SHEET = "Mis actividades"


def activity(description, office, indicators=(), months=(2,)):
    who = (ResponsibleContent(text=office.name, office=office),)
    return ActivityContent(
        description=description,
        indicators=indicators,
        months=MonthSet(months),
        responsibles=who,
        deliverable="Acta",
    )


@pytest.fixture
def other(house):
    return make_office(house.entity, "Secretaría de Gobierno")


@pytest.fixture
def plan(house, other):
    count = IndicatorContent(
        name="Talleres", kind="count", accumulation="flow", direction="increasing", target=Decimal(10)
    )
    ratio = IndicatorContent(
        name="Cobertura", kind="ratio", accumulation="flow", numerator="Atendidos", denominator="Inscritos",
        target=Decimal(100), unit="%",
    )  # fmt: skip
    done = IndicatorContent(name="Plan adoptado", kind="yes_no")
    content = PlanContent(
        title="Plan de talleres",
        activities=(
            activity("Hacer talleres", house.office, (count,)),
            activity("Atender y adoptar", house.office, (ratio, done), months=(1, 5)),
            activity("=Divulgar", house.office, months=(3,)),
            activity("De otra dependencia", other),
        ),
    )
    return make_published_plan(house.entity, content=content)


@pytest.fixture
def first(house, plan):
    with on_day(2024, 4, 5):
        yield make_year(house)[0]


@pytest.fixture
def leader(house, client):
    client.force_login(house.leader)
    return client


def address(name, period, *more, query=""):
    return reverse(name, args=[period.entity.slug, period.pk, *more]) + query


def download(client, period, query="") -> FilledBook:
    answer = client.get(address("offline_file", period, query=query))
    assert answer.status_code == 200
    return FilledBook(answer.content)


def send(client, period, content: bytes, query=""):
    file = SimpleUploadedFile("lleno.xlsx", content)
    return client.post(address("offline_download", period, query=query), {"file": file})


def preview(client, period, book, query=""):
    """The preview of a filled workbook."""
    sent = send(client, period, book.content(), query)
    assert sent.status_code == 302, sent.context["form"].errors
    return client.get(sent.url)


def apply(client, seen, **choices):
    """Press the button of the preview, with what it carries."""
    states = {f"estado-{entry.work.activity_id}": entry.state for entry in seen.context["found"].to_apply}
    choices = {name.replace("_", "-"): value for name, value in choices.items()}
    return client.post(seen.request["PATH_INFO"] + _query(seen), {**states, **choices})


def _query(answer):
    return f"?{answer.request['QUERY_STRING']}" if answer.request["QUERY_STRING"] else ""


def drafts(period):
    return {draft.report.activity.key: draft for draft in
            ReportDraft.objects.filter(report__period=period).select_related("report__activity")}  # fmt: skip


def titles(entries):
    return [entry.work.promise.description for entry in entries]


def test_the_workbook_holds_what_the_own_office_reports(first, leader):
    book = download(leader, first)
    shown = [(book.cell(row, "activity").value, book.cell(row, "indicator").value) for row in range(4)]
    assert shown == [
        ("Hacer talleres", "Talleres"),
        ("Atender y adoptar", "Cobertura"),
        ("Atender y adoptar", "Plan adoptado"),
        ("=Divulgar", None),
    ]
    assert len(book.rows) == 4
    assert book.cell(3, "activity").data_type == "s"
    assert "solo lo de enero a marzo" in book.cell(0, "asked").value
    assert book.cell(1, "asked").value.startswith("Numerador: Atendidos; Denominador: Inscritos")


def test_only_what_is_answered_in_a_row_is_open(first, leader):
    book = download(leader, first)
    assert book.sheet.protection.sheet
    assert book.sheet.protection.password is None
    unlocked = {
        row: {key for key in book.columns if not book.cell(row, key).protection.locked} for row in range(4)
    }
    words = {"without_progress", "narrative", "difficulties", "month_1", "month_2", "month_3", "evidence_url",
             "evidence_description", "evidence_classification", "evidence_ground"}  # fmt: skip
    assert unlocked == {
        0: {"value", "no_data", *words},
        1: {"numerator", "denominator", "no_data", *words},
        2: {"value", "no_data"},
        3: {"declared", *words},
    }
    assert book.sheet.freeze_panes == "E5"
    assert book.sheet.column_dimensions["A"].hidden
    assert book.sheet.row_dimensions[1].hidden
    assert book.book.sheetnames == [SHEET, "Cómo llenarlo"]


def test_cells_check_what_is_typed(first, leader):
    book = download(leader, first)
    rules = {str(rule.sqref): rule for rule in book.sheet.data_validations.dataValidation}

    def rule(row, key):
        return rules[book.cell(row, key).coordinate]

    assert (rule(0, "value").type, rule(0, "value").formula1) == ("decimal", "0")
    assert rule(2, "value").formula1 == '"Sí,No"'
    assert rule(0, "month_2").formula1 == '"Sí"'
    assert (rule(3, "declared").formula1, rule(3, "declared").formula2) == ("0", "100")
    assert "Pública" in rule(0, "evidence_classification").formula1


def test_the_whole_loop_makes_drafts_and_sends_nothing(first, leader, house):
    book = download(leader, first)
    book.fill(0, value=4, month_2="Sí", narrative="Cuatro talleres.\nEn el coliseo.")
    book.fill(1, numerator=12.5, denominator="25", narrative="Se atendió", evidence_url="https://a.example/x",
              evidence_classification="Contiene datos personales", evidence_ground="Ley 1581")  # fmt: skip
    book.fill(2, value="Sí")
    book.fill(3, without_progress="Sí", difficulties="- faltó contrato")
    seen = preview(leader, first, book)
    assert titles(seen.context["changes"]) == ["Hacer talleres", "Atender y adoptar", "=Divulgar"]
    assert not drafts(first)
    answer = apply(leader, seen)
    assert answer.url.startswith(reverse("follow_up_entity", args=["cartago"]))
    made = drafts(first)
    assert {key: draft.answers for key, draft in made.items()} == {
        1: {"value_1": "4", "months": ["2"], "narrative": "Cuatro talleres.\nEn el coliseo."},
        2: {
            "numerator_1": "12,5", "denominator_1": "25", "value_2": "1", "narrative": "Se atendió",
            "evidence_url": "https://a.example/x", "evidence_classification": "datos-personales",
            "evidence_ground": "Ley 1581",
        },
        3: {"without_progress": "on", "difficulties": "- faltó contrato"},
    }  # fmt: skip
    assert {draft.origin for draft in made.values()} == {ReportOrigin.WORKBOOK}
    assert {draft.report.status for draft in made.values()} == {"pending"}
    assert not OfflineUpload.objects.exists()


def test_drafts_equal_to_those_typed_in_the_portal(first, leader, house, plan):
    book = download(leader, first).fill(0, value=1234.5, month_2="Sí", narrative="Hecho")
    apply(leader, preview(leader, first, book))
    from_workbook = drafts(first)[1].answers
    page = reverse("report_page", args=["cartago", first.pk, plan.activities.first().activity_id])
    html = leader.get(page).content.decode()
    for words in ('value="1234,5"', "Hecho"):
        assert words in html
    typed = {"value_1": "1234,5", "months": ["2"], "narrative": "Hecho"}
    assert from_workbook == typed


def test_what_is_in_the_portal_comes_along_and_unchanged_goes_back_as_nothing(first, leader, house, plan):
    typed = {
        "value_1": "1.250,50",
        "months": ["1", "2"],
        "narrative": "- Con guion",
        "evidence_url": "https://a.example",
    }
    save_draft(promised(plan.activities.first(), first), first, typed, by=house.leader, revision=None)
    report(house, plan.activities.all()[2], first, narrative="Enviado", executed_months=MonthSet([3]))
    book = download(leader, first)
    by_name = {book.cell(row, "activity").value: row for row in range(4)}
    row = by_name["Hacer talleres"]
    assert book.cell(row, "value").value == 1250.5
    assert book.cell(row, "narrative").value == "- Con guion"
    assert [book.cell(row, f"month_{month}").value for month in (1, 2, 3)] == ["Sí", "Sí", None]
    assert book.cell(by_name["=Divulgar"], "narrative").value == "Enviado"
    seen = preview(leader, first, book)
    assert (len(seen.context["same"]), seen.context["found"].to_apply) == (3, [])
    assert "no hay cambios por aplicar" in seen.content.decode()


def test_a_row_that_changed_on_the_server_meanwhile_is_a_conflict_that_the_portal_wins_unless_chosen(
    first, leader, house, plan
):
    one, two, *_ = plan.activities.all()
    book = download(leader, first)
    book.fill(0, narrative="Del libro").fill(1, narrative="Del libro 2").fill(3, narrative="Del libro 3")
    for row in (one, two):
        save_draft(promised(row, first), first, {"narrative": "Del portal"}, by=house.leader, revision=None)
    seen = preview(leader, first, book)
    assert titles(seen.context["conflicts"]) == ["Hacer talleres", "Atender y adoptar"]
    assert titles(seen.context["changes"]) == ["=Divulgar"]
    difference = seen.context["conflicts"][0].differences[0]
    assert (difference.theirs, difference.mine) == ("Del portal", "Del libro")
    apply(leader, seen, **{f"queda_{one.activity_id}": "portal", f"queda_{two.activity_id}": "libro"})
    assert {key: draft.answers["narrative"] for key, draft in drafts(first).items()} == {
        1: "Del portal", 2: "Del libro 2", 3: "Del libro 3",
    }  # fmt: skip


def test_what_changed_only_on_the_server_is_left_as_it_is(first, leader, house, plan):
    book = download(leader, first)
    one = promised(plan.activities.first(), first)
    save_draft(one, first, {"narrative": "Nuevo"}, by=house.leader, revision=None)
    seen = preview(leader, first, book)
    assert seen.context["found"].to_apply == []


def test_what_was_sent_or_validated_meanwhile_is_a_conflict_or_is_kept_out(first, leader, house, plan):
    one, two, _, _ = plan.activities.all()
    book = download(leader, first).fill(0, narrative="Del libro").fill(1, narrative="Del libro")
    report(house, one, first, narrative="Enviado en el portal")
    reported(house, two, first, narrative="Validado")
    seen = preview(leader, first, book)
    assert titles(seen.context["conflicts"]) == ["Hacer talleres"]
    assert titles(seen.context["blocked"]) == ["Atender y adoptar"]
    assert "ya validó" in seen.content.decode()
    apply(leader, seen, **{f"queda_{one.activity_id}": "libro"})
    assert set(drafts(first)) == {1}


def test_a_change_between_preview_and_apply_applies_nothing(first, leader, house, plan):
    one = plan.activities.first()
    seen = preview(leader, first, download(leader, first).fill(0, narrative="Libro").fill(3, narrative="Libro"))
    save_draft(promised(one, first), first, {"narrative": "Portal"}, by=house.leader, revision=None)
    answer = apply(leader, seen)
    assert answer.url == seen.request["PATH_INFO"]
    assert {key: draft.answers for key, draft in drafts(first).items()} == {1: {"narrative": "Portal"}}
    again = leader.get(answer.url)
    assert titles(again.context["conflicts"]) == ["Hacer talleres"]
    assert "No se aplicó nada" in again.content.decode()


def test_a_refusal_in_the_middle_leaves_no_draft(first, leader, house, monkeypatch):
    seen = preview(leader, first, download(leader, first).fill(0, narrative="Libro").fill(3, narrative="Libro"))
    from actionplans.domain.following.reporting import offline
    from actionplans.domain.workflow import TransitionRefused

    real, calls = offline.save_draft, []

    def second_fails(*args, **kwargs):
        calls.append(args)
        if len(calls) == 2:
            raise TransitionRefused(["No se puede."])
        return real(*args, **kwargs)

    monkeypatch.setattr(offline, "save_draft", second_fails)
    apply(leader, seen)
    assert (len(calls), drafts(first), OfflineUpload.objects.count()) == (2, {}, 1)


def test_problems_stand_beside_their_cell(first, leader):
    book = download(leader, first)
    book.fill(0, value="muchos", narrative="Hecho", evidence_url="https://a.example/x")
    book.fill(1, numerator=3, narrative="Hecho", month_2="quizás", value=9)
    book.fill(2, value="tal vez", narrative="Aquí no")
    book.fill(3, declared=150, narrative="Hecho")
    seen = preview(leader, first, book)
    told = defaultdict(str)
    for flaw in [*seen.context["found"].strays, *(f for entry in seen.context["changes"] for f in entry.flaws)]:
        told[flaw.cell] += flaw.message
    place = lambda row, key: book.cell(row, key).coordinate  # noqa: E731
    assert "«muchos» no es una cifra" in told[place(0, "value")]
    assert told[place(0, "evidence_classification")] == "Elija quién la puede ver."
    assert "hacen falta las dos" in told[place(1, "denominator")]
    assert "no es una de las opciones" in told[place(1, "month_2")]
    assert "no usa esta celda" in told[place(1, "value")]
    assert "no es una de las opciones" in told[place(2, "value")]
    assert "primera fila" in told[place(2, "narrative")]
    assert "el máximo es 100" in told[place(3, "declared")]
    for cell in filter(None, told):
        assert cell in seen.content.decode()


def test_that_there_is_no_figure_yet_is_said_in_the_row_of_its_indicator(first, leader, house, plan):
    save_draft(
        promised(plan.activities.first(), first), first, {"no_data_1": "on"}, by=house.leader, revision=None
    )
    book = download(leader, first)
    assert [book.cell(row, "no_data").value for row in range(3)] == ["Sí", None, None]
    book.fill(0, no_data=None, value=3, narrative="Hecho")
    book.fill(1, no_data="Sí", narrative="Hecho", difficulties="Llega en mayo").fill(2, value="Sí")
    book.fill(3, no_data="Sí", narrative="Hecho")
    seen = preview(leader, first, book)
    flaws = {entry.work.number: [flaw.message for flaw in entry.flaws] for entry in seen.context["changes"]}
    assert flaws == {"1": [], "2": [], "3": [NOT_HERE]}
    apply(leader, seen)
    made = {key: draft.answers for key, draft in drafts(first).items()}
    assert made[1] == {"value_1": "3", "narrative": "Hecho"}
    assert (made[2]["no_data_1"], made[2]["value_2"]) == ("on", "1")


def test_a_percentage_typed_with_its_sign_is_read_as_one(first, leader):
    book = download(leader, first).fill(3, declared=0.5, narrative="Va por la mitad")
    book.cell(3, "declared").number_format = "0%"
    apply(leader, preview(leader, first, book))
    assert drafts(first)[3].answers["declared"] == "50"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda book: book.fill(0, id="x" + book.cell(0, "id").value), "fue cambiado"),
        (lambda book: book.fill(0, id=None), "no dice de qué actividad"),
        (lambda book: book.copy_row(0, 3), "está repetida"),
        (lambda book: book.sheet.delete_rows(6), "Falta la primera fila"),
    ],
)
def test_rows_that_say_nothing_sure_of_themselves_are_not_taken(first, leader, change, words):
    book = download(leader, first)
    for row in range(4):
        if not book.cell(row, "narrative").protection.locked:
            book.fill(row, narrative="Hecho")
    change(book)
    seen = preview(leader, first, book)
    assert any(words in stray.message for stray in seen.context["found"].strays)
    apply(leader, seen)
    assert len(drafts(first)) == 2


def cross(book, one, two):
    mine, theirs = book.cell(one, "id").value, book.cell(two, "id").value
    book.fill(one, id=theirs, narrative=f"De la fila {one}").fill(two, id=mine, narrative=f"De la fila {two}")


@pytest.mark.parametrize(
    "change",
    [
        lambda book: cross(book, 0, 3),
        lambda book: cross(book, 1, 2),  # two indicators of one activity: the figures would change places
        lambda book: book.fill(0, id=book.cell(1, "id").value, narrative="De la fila 0"),
        lambda book: book.fill(0, activity="Otra cosa", narrative="De la fila 0"),
        lambda book: book.fill(0, number="9", narrative="De la fila 0"),
        lambda book: book.fill(0, activity=None, narrative="De la fila 0"),
    ],
)
def test_answers_are_never_taken_for_another_activity(first, leader, change):
    """The words of a row and its identity have to agree: whose answers they are is not guessed."""
    book = download(leader, first)
    change(book)
    seen = preview(leader, first, book)
    assert "pero su identificador es de la actividad" in seen.content.decode()
    assert seen.context["found"].to_apply == []
    apply(leader, seen)
    assert drafts(first) == {}


def test_crossed_rows_are_told_by_their_numbers_and_the_right_ones_are_taken(first, leader):
    book = download(leader, first).fill(1, narrative="De los talleres", id="")
    book.fill(1, id=book.cell(0, "id").value).fill(3, narrative="Divulgado")
    seen = preview(leader, first, book)
    told = {stray.cell: stray.message for stray in seen.context["found"].strays}
    assert "Dice «2. Atender y adoptar. Cobertura»" in told["fila 6"]
    assert "es de la actividad 1, «Talleres»: no se toma" in told["fila 6"]
    assert titles(seen.context["changes"]) == ["=Divulgar"]


def test_rows_that_were_moved_whole_are_taken(first, leader):
    book = download(leader, first).fill(0, narrative="Talleres").fill(3, narrative="Divulgado")
    book.copy_row(0, 5).copy_row(3, 0).copy_row(5, 3)
    for column in range(1, book.sheet.max_column + 1):
        book.sheet.cell(10, column).value = None
    apply(leader, preview(leader, first, book))
    assert {key: draft.answers["narrative"] for key, draft in drafts(first).items()} == {
        1: "Talleres", 3: "Divulgado",
    }  # fmt: skip


def test_a_row_of_another_office_is_not_taken(first, leader, house, other, client):
    someone = make_user("otra@cartago.example", house.entity, Role.LEADER, offices=[other])
    someone.memberships.update(valid_from=datetime.date(2020, 1, 1))
    client.force_login(someone)
    book = download(client, first).fill(0, narrative="De otra")
    client.force_login(house.leader)
    seen = preview(client, first, book)
    assert "no reporta esta dependencia" in seen.context["found"].strays[0].message
    assert seen.context["found"].entries == []


def test_a_workbook_of_another_period_or_of_nobody_is_refused(first, leader, house):
    second = type(first).objects.get(ordinal=2)
    with on_day(2024, 7, 5):
        leader.force_login(house.leader)  # the session of April is over
        book = download(leader, second)
    leader.force_login(house.leader)
    for content, words in (
        (book.content(), "de otro periodo"),
        (b"%PDF-1.4", "El archivo es un PDF"),
        (_other_workbook(), "no es el que se descarga"),
        (b"", "El libro está vacío"),
    ):
        answer = send(leader, first, content)
        assert words in str(answer.context["form"].errors["file"])
    assert not OfflineUpload.objects.exists()


def test_a_workbook_of_another_entity_is_refused_as_such(first, leader, house, neighbour):
    make_published_plan(neighbour.entity, office=neighbour.office)
    strange = make_year(neighbour)[0]
    leader.force_login(neighbour.leader)
    book = download(leader, strange)
    leader.force_login(house.leader)
    answer = send(leader, first, book.content())
    assert "El libro es de otra entidad" in str(answer.context["form"].errors["file"])


def test_a_workbook_without_the_words_of_its_rows_is_refused(first, leader):
    book = download(leader, first)
    book.sheet.delete_cols(book.columns["activity"])
    answer = send(leader, first, book.content())
    assert "perdió filas o columnas" in str(answer.context["form"].errors["file"])


def test_a_link_that_will_be_refused_is_told_in_the_preview_and_the_class_in_words(first, leader):
    book = download(leader, first)
    book.fill(0, evidence_url="http://localhost/acta", evidence_classification="Pública", narrative="Hecho")
    book.fill(3, evidence_url="www.ejemplo.gov.co/acta", evidence_classification="Pública", narrative="Hecho")
    seen = preview(leader, first, book)
    refused, taken = [entry.flaws for entry in seen.context["changes"]]
    told = {flaw.cell: flaw.message for flaw in refused}
    assert "red interna" in told[book.cell(0, "evidence_url").coordinate]
    assert all(flaw.cell != book.cell(3, "evidence_url").coordinate for flaw in taken)
    html = seen.content.decode()
    assert "Pública: cualquier persona la puede ver" in html
    assert ">publica<" not in html


def test_who_only_contributes_is_offered_no_workbook(first, leader, house, plan):
    page = reverse("follow_up_entity", args=["cartago"])
    link = address("offline_download", first)
    assert link in leader.get(page).content.decode()
    office = make_office(house.entity, "Apoyo")
    helper = make_user("apoyo@cartago.example", house.entity, Role.LEADER, offices=[office])
    helper.memberships.update(valid_from=datetime.date(2020, 1, 1))
    supported = (
        ResponsibleContent(text=house.office.name, office=house.office),
        ResponsibleContent(text=office.name, office=office, role=ResponsibilityRole.SUPPORTS),
    )
    shared = ActivityContent(description="Compartida", months=MonthSet([2]), responsibles=supported)
    make_published_plan(house.entity, content=PlanContent(title="Compartido", activities=(shared,)))
    leader.force_login(helper)
    html = leader.get(page).content.decode()
    assert "Compartida" in html
    assert link not in html
    assert leader.get(address("offline_file", first), follow=True).status_code == 200


def test_what_is_finished_is_left_out_and_what_is_not_asked_for_says_so(house, leader):
    make_published_plan(
        house.entity,
        content=PlanContent(
            title="Plan",
            activities=(
                activity("Terminada en marzo", house.office, (_yes_no(),), months=(2,)),
                activity("Para el otro semestre", house.office, months=(9,)),
                activity("De mayo", house.office, months=(5,)),
            ),
        ),
    )
    with on_day(2024, 4, 5):
        one, two, *_ = make_year(house)
        reported(house, _named("Terminada en marzo"), one, value=1, executed_months=MonthSet([2]))
    with on_day(2024, 7, 5):
        leader.force_login(house.leader)
        book = download(leader, two)
        states = {book.cell(row, "activity").value: book.cell(row, "state").value for row in range(2)}
        assert len(book.rows) == 2
        assert states == {"De mayo": "Sin reporte", "Para el otro semestre": "No programada todavía: no se pide"}
        save_draft(promised(_named("Terminada en marzo"), two), two, {"narrative": "Más"}, by=house.leader,
                   revision=None)  # fmt: skip
        assert len(download(leader, two).rows) == 3


def _yes_no():
    return IndicatorContent(name="Adoptado", kind="yes_no")


def _named(description):
    return ActivityVersion.objects.get(description=description)


def _other_workbook():
    from openpyxl import Workbook

    out = io.BytesIO()
    Workbook().save(out)
    return out.getvalue()


def test_planning_fills_for_an_office_with_the_source(first, client, house):
    client.force_login(house.planning)
    query = f"?dependencia={house.office.slug}"
    book = download(client, first, query)
    book.fill(0, narrative="Según el correo", source="Correo del 3 de abril")
    seen = preview(client, first, book, query)
    answer = apply(client, seen)
    assert query[1:] in answer.url
    draft = drafts(first)[1]
    assert (draft.by, draft.answers["source"]) == (house.planning, "Correo del 3 de abril")
    assert client.get(address("offline_download", first)).url == reverse("follow_up_entity", args=["cartago"])


def test_nobody_else_sees_what_somebody_uploaded(first, leader, house, other, client):
    sent = send(leader, first, download(leader, first).fill(0, narrative="Mío").content())
    colleague = make_user("dos@cartago.example", house.entity, Role.LEADER, offices=[house.office])
    colleague.memberships.update(valid_from=datetime.date(2020, 1, 1))
    for person, code in ((colleague, 404), (house.planning, 404), (house.committee, 403), (house.auditor, 403)):
        client.force_login(person)
        assert client.get(sent.url).status_code == code
    for person in (house.committee, house.auditor, house.administrator):
        client.force_login(person)
        assert client.get(address("offline_file", first)).status_code == 403


def test_a_further_upload_takes_the_place_of_the_earlier(first, leader):
    book = download(leader, first)
    for words in ("Uno", "Dos"):
        seen = preview(leader, first, book.fill(0, narrative=words))
    assert OfflineUpload.objects.count() == 1
    assert seen.context["changes"][0].mine["narrative"] == "Dos"


def test_a_period_that_takes_nothing_offers_no_workbook(first, leader, house, plan):
    book = download(leader, first).fill(0, narrative="Tarde")
    close(house, first)
    assert leader.get(address("offline_file", first)).url == address("offline_download", first)
    page = leader.get(address("offline_download", first))
    assert "no hay actividades por reportar" in page.content.decode()
    seen = preview(leader, first, book)
    assert titles(seen.context["blocked"]) == ["Hacer talleres"]
    assert "está cerrado" in seen.content.decode()


def test_the_last_report_and_what_it_came_to_stand_beside_the_cells(first, leader, house, plan):
    said = {"narrative": "Cuatro talleres", "executed_months": MonthSet([2])}
    reported(house, plan.activities.first(), first, value=4, **said)
    second = type(first).objects.get(ordinal=2)
    with on_day(2024, 7, 5):
        leader.force_login(house.leader)
        book = download(leader, second)
    row = next(row for row in range(4) if book.cell(row, "activity").value == "Hacer talleres")
    assert book.cell(row, "last").value == "trimestre I: Cuatro talleres\nIndicador: 4"
    assert "Van 4 hasta marzo." in book.cell(row, "asked").value
    assert book.cell(row, "narrative").value is None


def test_validated_activities_are_not_in_the_workbook(first, leader, house, plan):
    sent = report(house, plan.activities.first(), first)
    validate(house, sent)
    book = download(leader, first)
    assert [book.cell(row, "activity").value for row in range(3)] == [
        "Atender y adoptar", "Atender y adoptar", "=Divulgar",
    ]  # fmt: skip


def test_columns_are_known_wherever_they_were_moved(first, leader):
    book = download(leader, first)
    book.sheet.insert_cols(3)
    book.columns = {key: column + (column >= 3) for key, column in book.columns.items()}
    book.fill(0, narrative="Movida")
    apply(leader, preview(leader, first, book))
    assert drafts(first)[1].answers == {"narrative": "Movida"}


@pytest.mark.parametrize("many", [1, 3])
def test_the_queries_do_not_grow_with_the_activities(house, client, django_assert_num_queries, many):
    make_published_plan(house.entity, office=house.office, activities=many)
    with on_day(2024, 4, 5):
        period = make_year(house)[0]
        client.force_login(house.leader)
        with django_assert_num_queries(15):
            book = download(client, period)
        for row in range(many):
            book.fill(row, narrative="Hecho")
        with django_assert_num_queries(21):
            sent = send(client, period, book.content())
        with django_assert_num_queries(16):
            seen = client.get(sent.url)
        assert len(seen.context["changes"]) == many


def test_the_workbook_is_a_sound_file(first, leader):
    book = load_workbook(io.BytesIO(download(leader, first).content()))
    assert book.active.title == SHEET
