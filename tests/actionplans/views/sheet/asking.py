"""What the sheet's page and its script ask for."""

import json

from django.urls import reverse

AS_SCRIPT = {"headers": {"accept": "application/json"}}


def address(version, name="sheet", *more):
    return reverse(name, args=[version.entity.slug, version.pk, *more])


def save(client, version, **body):
    return client.post(
        address(version, "sheet_cells"), json.dumps(body), content_type="application/json", **AS_SCRIPT
    )


def edit(client, version, key=1, revision=1, **values):
    return save(client, version, edits=[{"id": "a", "key": key, "revision": revision, "values": values}])
