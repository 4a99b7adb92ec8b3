"""Where the files of the published plan are, and a code that none of them has."""

PUBLISHED = "/cartago/planes/2024/plan-de-prueba/descargar."
CODE = "7K3M-9QXT-2RVB"
