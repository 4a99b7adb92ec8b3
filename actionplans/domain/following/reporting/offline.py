"""A workbook filled without internet: kept for its preview, then made drafts, all or none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from actionplans.domain.following.reporting.drafts import save_draft
from actionplans.enums import ReportOrigin
from actionplans.models import ActivityVersion, OfflineUpload, ReportDraft, ReportingPeriod

LONGEST_NAME = OfflineUpload._meta.get_field("name").max_length


@dataclass(frozen=True)
class Filled:
    """The answers for one activity; `revision` is the draft's that the person saw in the preview."""

    promise: ActivityVersion
    answers: dict
    revision: int | None
    is_on_behalf: bool = False


def keep_upload(period: ReportingPeriod, *, name: str, content: bytes, by) -> OfflineUpload:
    """The person's workbook for the period, in the place of an earlier one. It changes nothing yet."""
    row, _ = OfflineUpload.objects.update_or_create(
        period=period,
        by=by,
        defaults={"entity": period.entity, "name": name[-LONGEST_NAME:], "content": content},
    )
    return row


def apply_upload(upload: OfflineUpload, filled: Iterable[Filled], *, by) -> list[ReportDraft]:
    """Make drafts of what was chosen of a workbook, which is not kept any longer.

    Raises what `save_draft` raises, and then nothing of it is written.
    """
    with transaction.atomic():
        drafts = [
            save_draft(
                row.promise,
                upload.period,
                row.answers,
                by=by,
                revision=row.revision,
                on_behalf=row.is_on_behalf,
                origin=ReportOrigin.WORKBOOK,
            )
            for row in filled
        ]
        upload.delete()
    return drafts
