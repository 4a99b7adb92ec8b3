from .audit import AuditChain, AuditEvent
from .content import ContentVersion
from .entity import Entity, Office
from .framework import (
    Approach,
    Axis,
    FrameworkSection,
    Line,
    Objective,
    Pillar,
    Principle,
    Programme,
    Purpose,
    StrategicFramework,
    Value,
)
from .glossary import GlossaryTerm
from .lights import LightTone, TrafficLightBand, TrafficLightPreset
from .people import Membership, User

__all__ = [
    "Approach",
    "AuditChain",
    "AuditEvent",
    "Axis",
    "ContentVersion",
    "Entity",
    "FrameworkSection",
    "GlossaryTerm",
    "LightTone",
    "Line",
    "Membership",
    "Objective",
    "Office",
    "Pillar",
    "Principle",
    "Programme",
    "Purpose",
    "StrategicFramework",
    "TrafficLightBand",
    "TrafficLightPreset",
    "User",
    "Value",
]
