from . import audit, entity, framework, people  # noqa: F401  registering is what importing them does
