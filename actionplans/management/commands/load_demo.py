"""Fill an installation to look around in: what all share, four entities of real documents, accounts, a year."""

from collections.abc import Iterator

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction

from actionplans.domain.documents import load_plan_document
from actionplans.imports import read_plan
from actionplans.imports.apply import content_of, office_names
from actionplans.management.examples.loading import load_example
from actionplans.management.shared import load_shared, tell
from actionplans.models import Responsibility
from mipg.documents import load_adoptions, load_management_model
from planning import audit
from planning.documents import Loaded, load_entities, load_framework, load_offices, read
from planning.enums import Role
from planning.mail import in_silence
from planning.management.refusal import Error
from planning.models import Entity, Membership, Office, User

PASSWORD = "demo-mipg-2024"  # noqa: S105 - printed in the manual; where demo accounts may exist, ALLOW_DEMO says so
ADMIN = "admin@portal.example"
FRAMEWORKS = ("cartago-marco", "candelaria-marco")
PLANS = ("cartago-f17", "concejo-plan", "cartagena-plan")
POSTS = (
    ("planeacion", "Profesional de planeación", Role.PLANNING),
    ("lider", "Líder de política", Role.LEADER),
    ("comite", "Comité de gestión y desempeño", Role.COMMITTEE),
    ("control", "Control interno", Role.AUDITOR),
)


class Command(BaseCommand):
    help = (
        "Carga el catálogo de MIPG, las entidades de los documentos con su contenido, las cuentas de demostración "
        "y un año de seguimiento de ejemplo. Se puede repetir: lo que ya existe no se toca."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--no-examples", action="store_true", help="Sin el año de ejemplo: solo documentos y cuentas."
        )

    def handle(self, *args, no_examples, **options):
        if not settings.ALLOW_DEMO:
            raise Error(
                "Las cuentas de demostración tienen una contraseña que todos conocen: no se cargan en un portal "
                "en servicio. En un equipo de prueba, repita la orden con ALLOW_DEMO=1."
            )
        with in_silence(), transaction.atomic():  # nobody is told of what nobody did
            results = [*_documents(), *_accounts(), *(() if no_examples else _examples())]
        tell(self.stdout.write, results)


def _documents() -> Iterator[Loaded]:
    yield from load_shared()
    yield from load_entities(read("entities.json"))
    yield from load_offices(read("offices.json"))
    yield from load_adoptions(read("adoptions.json"))
    for name in FRAMEWORKS:
        yield load_framework(read(f"documents/{name}.json"))
    management = read("documents/cartagena-mipg.json")
    yield load_management_model(Entity.objects.get(slug=management["entity"]), management)
    for name in PLANS:
        plan = read(f"documents/{name}.json")
        yield load_plan_document(Entity.objects.get(slug=plan["entity"]), plan, read_form=_read_form)


def _read_form(path, entity, year, title):
    reading = read_plan(path, year=year, offices=office_names(entity))
    if not reading.ok:
        raise Error(f"No se pudo leer {path.name}.")
    return content_of(reading, entity, title=title)


def _accounts() -> Iterator[Loaded]:
    yield _administrator()
    for row in read("entities.json")["entities"]:
        entity = Entity.objects.get(slug=row["slug"])
        for name, post, role in POSTS:
            yield _account(f"{name}@{entity.slug}.example", post, role, entity)


def _examples() -> Iterator[Loaded]:
    posts = {name: role for name, _, role in POSTS}
    for row in read("entities.json")["entities"]:
        yield load_example(Entity.objects.get(slug=row["slug"]), posts)


def _administrator() -> Loaded:
    known = User.objects.filter(email__iexact=ADMIN).first()
    if known:
        return Loaded(str(known), is_new=False)
    user = User.objects.create_superuser(ADMIN, PASSWORD, post="Administración del portal")
    audit.record(None, user, "add", by=None, new={"email": user.email, "post": user.post})
    return Loaded(str(user), is_new=True)


def _account(email, post, role, entity) -> Loaded:
    """An account with its membership; one that exists keeps its password, post and memberships."""
    known = User.objects.filter(email__iexact=email).first()
    if known:
        return Loaded(str(known), is_new=False)
    keeps_the_framework = role == Role.PLANNING  # offices and frameworks are edited in the admin
    user = User.objects.create_user(email, PASSWORD, post=post, is_staff=keeps_the_framework)
    membership = Membership.objects.create(user=user, entity=entity, role=role)
    offices = _responsible_offices(entity) if role == Role.LEADER else Office.objects.none()
    membership.offices.set(offices)
    said = {"email": email, "role": role, "offices": [office.name for office in offices]}
    audit.record(entity, membership, "add", by=None, new=said)
    return Loaded(str(user), is_new=True)


def _responsible_offices(entity):
    answers = Responsibility.objects.filter(activity_version__version__entity=entity)
    return entity.offices.filter(pk__in=answers.values("office"))
