"""What every page of an entity needs."""

from django.db.models import Max
from django.urls import reverse

from actionplans.models import PlanVersion


def entity_context(entity, section: str, *crumbs: tuple[str, str], **context) -> dict:
    """The context that `entity_base.html` asks for, with the page's own; the last crumb is the page itself."""
    return {
        "entity": entity,
        "section": section,
        "crumbs": [(entity.label, entity_address(entity)), *crumbs] if crumbs else [],
        "updated_at": last_publication(entity),
        **context,
    }


def entity_address(entity) -> str:
    return reverse("entity", args=[entity.slug])


def last_publication(entity):
    """When the newest of the entity's plans in force was published; None without plans."""
    published = PlanVersion.objects.published().filter(entity=entity)
    return published.aggregate(newest=Max("published_at"))["newest"]
