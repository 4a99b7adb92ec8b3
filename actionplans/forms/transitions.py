"""What a step of the workflow asks for."""

from django import forms


class StepForm(forms.Form):
    """A comment where the transition needs one; nothing but the confirmation otherwise."""

    def __init__(self, *args, transition, **kwargs):
        super().__init__(*args, **kwargs)
        if transition.needs_comment:
            self.fields["comment"] = forms.CharField(
                label="Motivo",
                widget=forms.Textarea(attrs={"rows": 4}),
                help_text="Lo leerá quien formuló el plan.",
            )
