"""The head and foot of a form: what the entity says of itself, with the form's identity."""

from __future__ import annotations

from planning.enums import EntityKind

from .plan.sheet import Letterhead

TERRITORY = {
    EntityKind.MUNICIPALITY: "MUNICIPIO DE",
    EntityKind.DISTRICT: "DISTRITO DE",
    EntityKind.GOVERNORATE: "DEPARTAMENTO DE",
}


def letterhead(entity, version) -> Letterhead:
    own = bool(version.form_code or version.form_version or version.form_approval_date)
    identity = version if own else entity
    return Letterhead(
        crest=_crest(entity.label.upper()),
        lines=_lines(entity.letterhead) or _own_letterhead(entity),
        code=identity.form_code,
        version=identity.form_version,
        approval_date=identity.form_approval_date,
        footer=_lines(entity.form_footer) or _own_footer(entity),
        signatures=tuple(
            (label, name)
            for label, name in (
                ("Elaboró", entity.prepared_by),
                ("Revisó", entity.reviewed_by),
                ("Aprobó", entity.approved_by),
            )
            if name
        ),
        notice=entity.example_notice,
    )


def _crest(name: str) -> tuple[str, ...]:
    """A name in two lines, the first one before its first «DE»: «ALCALDÍA», «DE CARTAGO»."""
    first, of, rest = name.partition(" DE ")
    return (first, f"DE {rest}") if of else (name,)


def _own_letterhead(entity) -> tuple[str, ...]:
    territory = TERRITORY.get(entity.kind)
    place = entity.department if entity.kind == EntityKind.GOVERNORATE else entity.municipality
    name = f"{territory} {place.upper()}" if territory and place else entity.name.upper()
    return tuple(filter(None, [name, entity.department.upper(), f"Nit: {entity.nit}" if entity.nit else ""]))


def _own_footer(entity) -> tuple[str, ...]:
    website = entity.website.partition("://")[2].strip("/")
    postal_code = f"Código Postal: {entity.postal_code}" if entity.postal_code else ""
    return tuple(filter(None, [website, *entity.address.split(", ", 1), postal_code]))


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
