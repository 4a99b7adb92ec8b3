"""What control interno's pages ask for: the filters of the list, and the own value with its opinion."""

from __future__ import annotations

from decimal import Decimal

from django import forms

from actionplans.domain.following.reporting.reviewing import MOST_VERIFIED

from .review import LONGEST, ExactFigureField, ListFilters


class VerificationForm(forms.Form):
    """Control interno's own value and opinion."""

    value = ExactFigureField(
        label="Avance verificado del año hasta el corte, en porcentaje",
        least=Decimal(0),
        most=Decimal(MOST_VERIFIED),
        places=2,
        help_text="Pasa de 100 si se hizo más de lo prometido. Si lo deja vacío, queda solo el concepto.",
    )
    opinion = forms.CharField(
        label="Concepto",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="En qué se funda: qué revisó y qué encontró. Se publica junto al valor validado.",
    )


class VerificationFilters(ListFilters):
    """Of the activities of a period; `rows` are those of all its plans."""

    periodo = forms.ChoiceField(label="Periodo", required=False)
    plan = forms.ChoiceField(label="Plan", required=False)
    dependencia = forms.ChoiceField(label="Dependencia que reporta", required=False)
    estado = forms.ChoiceField(label="Verificación", required=False)

    def __init__(self, data, *, periods, period, rows):
        data = data.copy()
        data["periodo"] = str(period.pk)
        super().__init__(data)
        plans = {str(row.item.promise.version.plan_id): row.item.promise.version.title for row in rows}
        offices = {str(office.pk): office.name for row in rows if (office := row.item.promise.reporting_office)}
        self.offer("periodo", [(str(row.pk), str(row)) for row in periods])
        self.offer("plan", [("", "Todos los planes"), *sorted(plans.items(), key=lambda pair: pair[1])])
        self.offer(
            "dependencia", [("", "Todas las dependencias"), *sorted(offices.items(), key=lambda pair: pair[1])]
        )
        self.offer(
            "estado",
            [
                ("", "Todas las actividades"),
                ("sin-verificar", "Sin verificar"),
                ("verificadas", "Verificadas"),
                ("difieren", "Con valor distinto del validado"),
            ],
        )

    @property
    def narrows(self) -> bool:
        return any(self.asked(name) for name in ("plan", "dependencia", "estado"))

    def shows(self, row) -> bool:
        office = row.item.promise.reporting_office
        if (plan := self.asked("plan")) and plan != str(row.item.promise.version.plan_id):
            return False
        if (asked := self.asked("dependencia")) and (office is None or asked != str(office.pk)):
            return False
        state = self.asked("estado")
        return {
            "": True,
            "sin-verificar": row.verification is None,
            "verificadas": row.verification is not None,
            "difieren": row.differs,
        }[state]
