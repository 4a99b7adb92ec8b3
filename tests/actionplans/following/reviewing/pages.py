"""The queue of reports and the page of one: where they are, what they list, how one answers."""

from django.urls import reverse

LIST = reverse("review", args=["cartago"])


def activity(plan, position):
    return plan.activities.get(position=position)


def page_of(sent):
    return reverse("review_report", args=["cartago", sent.pk])


def answer(client, sent, action, **fields):
    return client.post(page_of(sent), {"number": sent.current.number, "action": action, **fields}, follow=True)


def text_of(response):
    return response.content.decode().replace("\xa0", " ")


def listed(response):
    return [row.report.pk for _, offices in response.context["groups"] for _, rows in offices for row in rows]
