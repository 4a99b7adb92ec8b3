from .answers import Actor, InstitutionalPlan, PolicyLeadership
from .catalogue import Adoption, Dimension, InstitutionalPlanKind, ModelVersion, Policy
from .obligation import Obligation

__all__ = [
    "Actor",
    "Adoption",
    "Dimension",
    "InstitutionalPlan",
    "InstitutionalPlanKind",
    "ModelVersion",
    "Obligation",
    "Policy",
    "PolicyLeadership",
]
