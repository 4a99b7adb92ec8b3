"""The pages of imports: where they are, what is sent to them, what they say."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.messy_workbook import DELIVERABLE, HEADINGS, messy_workbook

LIST = reverse("imports", kwargs={"entity": "cartago"})


def address(run, name="import_preview"):
    return reverse(name, kwargs={"entity": "cartago", "pk": run.pk})


def send(client, content=b"", name="plan.xlsx", **fields):
    files = {"file": SimpleUploadedFile(name, content)} if content else {}
    return client.post(LIST, {**files, **fields})


def text_of(answer):
    return answer.content.decode()


def clean_rows(number=3):
    return [
        [n, f"Actividad {n}", "Acta", "Secretaría de Hacienda", None, None, None, "Actas"]
        for n in range(1, number + 1)
    ]


def clean_workbook(number=3, title="PLAN DE ACCIÓN DE ARCHIVO 2025"):
    headings = [name if name != DELIVERABLE else "PRODUCTO" for name in HEADINGS]
    return messy_workbook(clean_rows(number), headings, title)
