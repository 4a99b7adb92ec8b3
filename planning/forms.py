"""What the pages of this app ask for."""

from django import forms


class LinkForm(forms.Form):
    """Why a sign-in link is made."""

    reason = forms.CharField(
        label="Motivo",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Por ejemplo: «No recibe correo y olvidó su contraseña; lo pidió por teléfono el 3 de abril».",
        error_messages={"required": "Escriba por qué crea el enlace: queda en la auditoría de la entidad."},
    )
