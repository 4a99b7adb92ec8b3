"""The keys of the rows that addresses are about."""

from actionplans.models import (
    ActionPlan,
    Evidence,
    ImportRun,
    Job,
    OfflineUpload,
    PlanVersion,
    Report,
    ReportingPeriod,
)
from actionplans.reports.issued.plans import issued_plan
from planning.models import Office


def keys_of(draft):
    modified = PlanVersion.objects.get(plan__slug="modificado", number=2)
    published = PlanVersion.objects.select_related("plan__entity").get(plan__slug="publicado")
    return {
        "draft": draft.pk,
        "published": published.pk,
        "issued": issued_plan(published, "xlsx").code,
        "modified": modified.pk,
        "act": modified.approval_act_id,
        "job": Job.objects.get().pk,
        "plan": ActionPlan.objects.get(slug="publicado").pk,
        "period": ReportingPeriod.objects.get(ordinal=2).pk,
        "closed": ReportingPeriod.objects.get(ordinal=1).pk,
        "import": ImportRun.objects.get().pk,
        "report": Report.objects.get(period__ordinal=2).pk,
        "activity": Report.objects.get(period__ordinal=2).activity_id,
        "evidence": Evidence.objects.get().pk,
        "upload": OfflineUpload.objects.get().pk,
        "office": Office.objects.get(entity__slug="cartago").slug,
    }
