"""The way of the workbook for work without internet: taken, sent, looked at, applied."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from actionplans.domain.contents.content import ActivityContent, ResponsibleContent
from actionplans.models import ReportDraft
from actionplans.months import MonthSet

from .filled_book import FilledBook


def activity(description, office, indicators=(), months=(2,)):
    who = (ResponsibleContent(text=office.name, office=office),)
    return ActivityContent(
        description=description,
        indicators=indicators,
        months=MonthSet(months),
        responsibles=who,
        deliverable="Acta",
    )


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
