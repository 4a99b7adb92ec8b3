"""Who may do what in this app. The catalogue is national: only who runs the installation edits it."""

import rules

from planning.rules import is_superuser, keeps_the_framework

rules.add_perm("mipg.edit_catalogue", is_superuser)
rules.add_perm("mipg.edit_leadership", keeps_the_framework)
