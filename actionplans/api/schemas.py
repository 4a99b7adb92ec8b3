"""What the API takes and gives, as types: those of its tables are made from their fields."""

from __future__ import annotations

import datetime
import re
from typing import Annotated, Literal

from ninja import Path, Schema
from pydantic import BeforeValidator, Field, create_model
from pydantic_core import PydanticCustomError

from actionplans.opendata.table import Field as Column
from actionplans.opendata.table import Table

MOST_A_PAGE = 500
USUAL_PAGE = 100
LAST_PAGE = 1_000_000
FIRST_YEAR, LAST_YEAR = 1990, 2100
SLUG_PATTERN = "^[-a-zA-Z0-9_]+$"
TYPES = {
    "string": str,
    "integer": int,
    "number": float,
    "boolean": bool,
    "date": datetime.date,
    "datetime": datetime.datetime,
    "year": Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR)],
}
READ = {"integer": int, "year": int, "number": float, "boolean": lambda text: text == "true"}


def _digits(value):
    """Only digits are a number in an address: not «1.0», « 1» nor «1_0»."""
    if isinstance(value, str) and not re.fullmatch("[0-9]{1,9}", value):
        raise PydanticCustomError("int_parsing", "no es un entero")
    return value


Digits = Annotated[int, BeforeValidator(_digits)]
EntitySlug = Annotated[
    str,
    Path(
        max_length=50,
        pattern=SLUG_PATTERN,
        description="Identificador de la entidad: la primera parte de la dirección de sus páginas.",
        examples=["cartago"],
    ),
]
Year = Annotated[
    int,
    BeforeValidator(_digits),
    Path(ge=FIRST_YEAR, le=LAST_YEAR, description="Vigencia: el año de los datos.", examples=[2024]),
]


class Paging(Schema):
    pagina: Digits = Field(
        1, ge=1, le=LAST_PAGE, title="Página", description="Qué página, desde la 1.", examples=[1]
    )
    por_pagina: Digits = Field(
        USUAL_PAGE,
        ge=1,
        le=MOST_A_PAGE,
        title="Filas por página",
        description="Cuántas filas trae cada página.",
        examples=[100],
    )

    @property
    def start(self) -> int:
        return (self.pagina - 1) * self.por_pagina


class PagingOfPlan(Paging):
    plan: str | None = Field(
        None,
        max_length=120,
        pattern=SLUG_PATTERN,
        description="Solo las filas de este plan, por su identificador.",
        examples=["plan-de-participacion-ciudadana"],
    )


class EntityRow(Schema):
    """Una entidad del portal."""

    entidad: str = Field(description="Identificador de la entidad en las direcciones.", examples=["cartago"])
    nombre: str = Field(description="Nombre oficial.", examples=["Alcaldía de Cartago"])
    nombre_corto: str | None = Field(description="Cómo se la llama.")
    tipo: str = Field(description="Qué clase de entidad es.", examples=["alcaldia"])
    nit: str | None = Field(title="NIT", description="NIT con dígito de verificación.", examples=["891.900.493-2"])
    departamento: str | None = Field(description="Departamento.", examples=["Valle del Cauca"])
    municipio: str | None = Field(description="Municipio.", examples=["Cartago"])
    divipola: str | None = Field(title="DIVIPOLA", description="Código DIVIPOLA.", examples=["76147"])
    licencia: str = Field(description="Licencia de sus datos, por su nombre SPDX.", examples=["CC-BY-4.0"])
    datos_de_ejemplo: bool = Field(description="Si muestra datos de ejemplo, que nadie reportó.")
    pagina: str = Field(
        title="Página", description="Dirección de su página.", examples=["https://portal.example/cartago/"]
    )
    vigencias: str = Field(
        description="Dirección de sus vigencias en esta API.",
        examples=["https://portal.example/api/v1/entidades/cartago/vigencias/"],
    )


class TableLink(Schema):
    """Una tabla de una vigencia."""

    tabla: str = Field(description="Nombre de la tabla.", examples=["planes"])
    titulo: str = Field(description="Cómo se llama para las personas.", examples=["Planes de acción"])
    descripcion: str = Field(description="Qué trae cada fila.")
    filas: str = Field(
        description="Dirección de sus filas en esta API.",
        examples=["https://portal.example/api/v1/entidades/cartago/2024/planes/"],
    )


class YearRow(Schema):
    """Una vigencia de la que la entidad publica datos."""

    vigencia: Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR, description="El año.", examples=[2024])]
    tablas: list[TableLink] = Field(description="Sus tablas.")


class Years(Schema):
    """Las vigencias de una entidad, la más nueva primero."""

    entidad: str = Field(description="Identificador de la entidad.", examples=["cartago"])
    licencia: str = Field(description="Licencia de los datos, por su nombre SPDX.", examples=["CC-BY-4.0"])
    resultados: list[YearRow] = Field(description="Una por vigencia.")


class PageOfRows(Schema):
    total: int = Field(ge=0, description="Cuántas filas hay en todas las páginas.", examples=[1])
    pagina: int = Field(ge=1, title="Página", description="Qué página es esta.", examples=[1])
    por_pagina: int = Field(
        ge=1,
        le=MOST_A_PAGE,
        title="Filas por página",
        description="Cuántas filas trae cada página.",
        examples=[100],
    )
    siguiente: str | None = Field(description="Dirección de la página que sigue; nada en la última.")
    anterior: str | None = Field(description="Dirección de la página de antes; nada en la primera.")


class EntityPage(PageOfRows):
    """Una página de entidades."""

    resultados: list[EntityRow] = Field(description="Las entidades de esta página.")


class TablePage(PageOfRows):
    licencia: str = Field(description="Licencia de los datos, por su nombre SPDX.", examples=["CC-BY-4.0"])


def page_of(table: Table) -> type[Schema]:
    """The type of a page of a table."""
    name = "".join(word.capitalize() for word in table.name.split("-"))
    columns = {column.name: (_type(column), _described(column)) for column in table.fields}
    row = create_model(f"Fila{name}", __base__=Schema, __doc__=table.description, **columns)
    rows = (list[row], Field(description="Las filas de esta página."))
    return create_model(
        f"Pagina{name}", __base__=TablePage, __doc__=f"Una página de «{table.title}».", resultados=rows
    )


def _type(column: Column):
    kind = Literal[column.values] if column.values else TYPES[column.kind]
    return kind if column.is_required else kind | None


def _described(column: Column):
    examples = [READ.get(column.kind, str)(column.example)] if column.example else None
    return Field(title=column.title, description=column.description, examples=examples)
