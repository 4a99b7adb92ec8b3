"""Bringing evidence, and saying who may see it.

A file is judged by what it holds (`kinds`), kept under a name of ours, and never changed; only its
classification, with the ground of it, and the redacted copy that stands in for it may be.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files.base import File
from django.db import transaction

from actionplans.domain.drafting.drafts import refuse
from actionplans.domain.finding.evidence import index_evidence
from actionplans.domain.workflow import TransitionRefused
from actionplans.enums import Classification, PeriodStatus
from actionplans.models import Evidence, Report
from planning import audit
from planning.models import Entity, Office
from planning.words import MEGABYTE, megabytes

from .kinds import ACCEPTED, Kind, NotEvidence, clean_name, kind_of
from .links import full_link, link_flaw
from .twins import class_clashes

BRING, CLASSIFY = "actionplans.bring_evidence", "actionplans.classify_evidence"
NO_GROUND = (
    "Diga por qué no es pública: qué contiene y qué norma lo permite (Ley 1712 de 2014, artículos 18 y 19; "
    "Ley 1581 de 2012)."
)


def help_words() -> str:
    """What a page says beside the field for files."""
    return f"{ACCEPTED}, de hasta {settings.EVIDENCE_MAX_MB} MB."


def bring_file(
    entity: Entity,
    upload: File,
    *,
    by,
    office: Office | None,
    classification: str,
    ground: str = "",
    description: str = "",
    beside: Iterable[Evidence] = (),
) -> Evidence:
    """Keep a file as evidence that `office` brings (None: planning, for no office).

    The same bytes brought again by the same office in the same class give the row that is there, as it is;
    the same in another class than a piece `beside` it is refused. Raises PermissionDenied, or
    TransitionRefused with why; the stored file is removed where the row is not kept.
    """
    _refuse_who_may_not_bring(by, entity, office)
    _refuse_long_description(description)
    kind, sha256 = _inspected(upload)
    refuse(class_clashes(classification, beside, sha256=sha256))
    refuse(_withheld_elsewhere(entity, classification, sha256=sha256))
    told = {"classification": classification, "ground": _ground(classification, ground)}
    with transaction.atomic(), _kept_or_forgotten() as kept:
        _one_at_a_time(entity, office)
        known = Evidence.objects.filter(entity=entity, office=office, sha256=sha256, classification=classification)
        if row := known.first():
            return row
        row = Evidence(entity=entity, office=office, by=by, description=description.strip(), sha256=sha256, **told)
        row.name, row.media_type, row.size = clean_name(upload.name or "", kind), kind.media_type, upload.size
        row.file.save(row.name, upload, save=False)
        kept.append(row.file)
        row.save(force_insert=True)
        _record_arrival(row, by)
    return row


def bring_link(
    entity: Entity,
    url: str,
    *,
    by,
    office: Office | None,
    classification: str,
    ground: str = "",
    description: str = "",
    beside: Iterable[Evidence] = (),
) -> Evidence:
    """The same of a link: only an http(s) address that anybody could open."""
    _refuse_who_may_not_bring(by, entity, office)
    _refuse_long_description(description)
    url = full_link(url)
    if flaw := link_flaw(url):
        raise TransitionRefused([flaw])
    refuse(class_clashes(classification, beside, url=url))
    refuse(_withheld_elsewhere(entity, classification, url=url))
    told = {"classification": classification, "ground": _ground(classification, ground)}
    with transaction.atomic():
        _one_at_a_time(entity, office)
        known = Evidence.objects.filter(entity=entity, office=office, url=url, classification=classification)
        if row := known.first():
            return row
        row = Evidence(
            entity=entity, office=office, by=by, description=description.strip(), url=url, name=url[:250], **told
        )
        row.save(force_insert=True)
        _record_arrival(row, by)
    return row


def reclassify(evidence: Evidence, *, by, classification: str, ground: str) -> Evidence:
    """Change who may see it. `ground` is always asked for: of a withheld one it is published beside it.

    Of one that becomes public it stays in the trail alone. The office that brought it may until a period in
    which it serves is closed, planning always.
    """
    with transaction.atomic():
        row = locked_to_classify(evidence, by)
        ground = ground.strip()
        refuse([] if ground else [NO_GROUND if classification != Classification.PUBLIC else "Escriba el motivo."])
        old = {"classification": row.classification, "ground": row.ground}
        row.classification, row.ground = classification, _ground(classification, ground)
        row.save(update_fields=["classification", "ground"])
        new = {"classification": row.classification, "ground": row.ground}
        audit.record(row.entity, row, "classify_evidence", by=by, old=old, new=new, comment=ground)
        index_evidence(row.entity, [row.pk])
    return row


def bring_redacted(evidence: Evidence, upload: File, *, by) -> Evidence:
    """A copy with what is withheld struck out, which the public gets instead; an earlier one is removed."""
    kind, sha256 = _inspected(upload)
    with transaction.atomic(), _kept_or_forgotten() as kept:
        row = locked_to_classify(evidence, by)
        refuse(_copy_flaws(row, sha256))
        old, before = {"sha256": row.redacted_sha256, "name": row.redacted_name}, row.redacted_file.name
        row.redacted_name, row.redacted_sha256 = clean_name(upload.name or "", kind), sha256
        row.redacted_media_type, row.redacted_size = kind.media_type, upload.size
        row.redacted_file.save(row.redacted_name, upload, save=False)
        kept.append(row.redacted_file)
        row.save(update_fields=[f"redacted_{part}" for part in ("file", "name", "media_type", "size", "sha256")])
        new = {"sha256": sha256, "name": row.redacted_name}
        audit.record(row.entity, row, "bring_redacted", by=by, old=old, new=new)
        index_evidence(row.entity, [row.pk])
        if before:
            storage = row.redacted_file.storage
            transaction.on_commit(lambda: storage.delete(before))
    return row


def classify_obstacles(evidence: Evidence, user) -> list[str]:
    """Why a person who may classify it cannot now: what was closed is planning's matter."""
    if user.has_perm("actionplans.report_on_behalf", evidence.entity) or not is_sealed(evidence):
        return []
    return ["Sirvió en un periodo que ya se cerró: pida el cambio a la oficina de planeación."]


def is_sealed(evidence: Evidence) -> bool:
    """Whether it serves a report of a period that is closed."""
    closed = Report.objects.filter(period__status=PeriodStatus.CLOSED)
    return (
        closed.filter(revisions__evidence=evidence).exists()
        or closed.filter(contributions__evidence=evidence).exists()
    )


def locked_to_classify(evidence: Evidence, by) -> Evidence:
    """The row as it is now, held, for who may say who sees it. Raises PermissionDenied, TransitionRefused."""
    row = Evidence.objects.select_related("entity").select_for_update(of=("self",)).get(pk=evidence.pk)
    if not by.has_perm(CLASSIFY, row):
        raise PermissionDenied(CLASSIFY)
    refuse(classify_obstacles(row, by))
    return row


def _one_at_a_time(entity, office) -> None:
    """Two tries of one upload do not make two rows; who refers to the locked row is not held up."""
    locked = office or entity
    type(locked).objects.select_for_update(no_key=True).get(pk=locked.pk)


def _refuse_who_may_not_bring(by, entity, office) -> None:
    if office is not None and office.entity_id != entity.pk:
        raise PermissionDenied(BRING)
    if not by.has_perm(BRING, office or entity):
        raise PermissionDenied(BRING)


def _refuse_long_description(description) -> None:
    if len(description.strip()) > Evidence._meta.get_field("description").max_length:
        raise TransitionRefused(["Lo que muestra la evidencia va en 250 letras o menos."])


def _ground(classification, ground) -> str:
    """The ground as it is kept: a public one has none."""
    if classification not in Classification.values:
        raise TransitionRefused(["Elija quién puede ver la evidencia: pública, reservada o con datos personales."])
    if classification == Classification.PUBLIC:
        return ""
    refuse([] if ground.strip() else [NO_GROUND])
    return ground.strip()


def _inspected(upload) -> tuple[Kind, str]:
    """What the file is and its SHA-256, or TransitionRefused naming the file."""
    name = f"«{upload.name}»" if upload.name else "El archivo"
    if upload.size > settings.EVIDENCE_MAX_MB * MEGABYTE:
        limit = f"el máximo son {settings.EVIDENCE_MAX_MB} MB: redúzcalo, o traiga su enlace."
        raise TransitionRefused([f"{name} pesa {megabytes(upload.size)} y {limit}"])
    try:
        kind = kind_of(upload)
    except NotEvidence as refusal:
        raise TransitionRefused([f"{name}: {refusal}" if upload.name else str(refusal)]) from None
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return kind, digest.hexdigest()


def _copy_flaws(row, sha256) -> list[str]:
    if row.is_public:
        return ["La evidencia es pública: no necesita una copia con lo reservado tachado."]
    if sha256 == row.sha256:
        return ["La copia es igual al original: no tacha nada."]
    return _withheld_elsewhere(row.entity, Classification.PUBLIC, sha256=sha256)


def _withheld_elsewhere(entity, classification, **same) -> list[str]:
    """Why what is to be public cannot be: the entity withholds the `same` file or link. It is not named: whoever
    brings this one may not be let to know of that one.
    """
    if classification != Classification.PUBLIC:
        return []
    twin = Evidence.objects.filter(entity=entity, **same).exclude(classification=Classification.PUBLIC).first()
    if twin is None:
        return []
    return [
        f"La entidad ya guarda esto mismo sin acceso público ({twin.get_classification_display()}): no puede "
        "publicarse así. Si ya no hay razón para reservarlo, pida a planeación que cambie quién puede verlo."
    ]


@contextmanager
def _kept_or_forgotten() -> Iterator[list]:
    """Files put in the list are removed where the block fails: a transaction takes rows back, not files."""
    kept = []
    try:
        yield kept
    except BaseException:
        for stored in kept:
            stored.storage.delete(stored.name)
        raise


def _record_arrival(row, by) -> None:
    told = {
        "name": row.name,
        "sha256": row.sha256,
        "size": row.size,
        "classification": row.classification,
        "office": str(row.office or ""),
    }
    audit.record(row.entity, row, "bring_evidence", by=by, new=told, comment=row.ground)
