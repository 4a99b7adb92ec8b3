from .audit import AuditChain, AuditEvent
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
from .lights import LightTone, TrafficLightBand, TrafficLightPreset
from .people import Membership, User

__all__ = [
    "Approach",
    "AuditChain",
    "AuditEvent",
    "Axis",
    "Entity",
    "FrameworkSection",
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
