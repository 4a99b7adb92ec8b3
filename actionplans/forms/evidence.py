"""Who may see an evidence, and the copy that stands in for what is withheld."""

from __future__ import annotations

from django import forms

from actionplans.domain.following.evidence.bringing import help_words
from actionplans.domain.following.evidence.kinds import SUFFIXES

from .report_evidence import CLASS_WORDS


class ClassificationForm(forms.Form):
    classification = forms.ChoiceField(label="¿Quién la puede ver?", choices=CLASS_WORDS, widget=forms.RadioSelect)
    ground = forms.CharField(
        label="¿Por qué?",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Si no es pública, la norma que lo permite y qué contiene: esto se publica junto a ella. "
        "Si ahora es pública, por qué ya se puede publicar: esto queda en la auditoría.",
    )


class WithdrawalForm(forms.Form):
    """Why the copy is taken from who could read it."""

    reason = forms.CharField(
        label="¿Por qué se quita?",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Por ejemplo: «Deja leer una cédula». Queda en la auditoría: no copie aquí lo reservado.",
        error_messages={"required": "Escriba por qué se quita la copia: queda en la auditoría."},
    )

    use_required_attribute = False


class RedactedForm(forms.Form):
    file = forms.FileField(
        label="Copia con lo reservado tachado",
        widget=forms.FileInput(attrs={"accept": ",".join(SUFFIXES)}),
        error_messages={"empty": "El archivo está vacío: elija otro."},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = help_words()
