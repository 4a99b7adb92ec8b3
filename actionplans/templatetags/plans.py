"""What plan pages say of states and events."""

from django import template

from actionplans.domain.event_names import event_name
from actionplans.enums import VersionStatus
from planning.badges import state

register = template.Library()
register.simple_tag(event_name)

TONES = {
    VersionStatus.DRAFT: ("none", "○"),
    VersionStatus.IN_REVIEW: ("warn", "▲"),
    VersionStatus.APPROVED: ("good", "●"),
    VersionStatus.SUPERSEDED: ("none", "–"),
}


@register.simple_tag
def version_state(version):
    """The badge of a version's state."""
    tone, shape = TONES[version.status]
    return state(tone, version.get_status_display(), shape)
