"""The public entity and its offices."""

from django.core.exceptions import ValidationError
from django.core.validators import FileExtensionValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from planning.colour import DEFAULT_BRAND, carries_white_text
from planning.enums import DataLicence, EntityKind, OfficeKind
from planning.fields import WebAddressField
from planning.nit import has_valid_check_digit

# First parts of addresses that the portal itself uses: an entity with one of these slugs could not be reached.
RESERVED_SLUGS = (
    "accesibilidad", "admin", "api", "auditoria", "buscar", "cuenta", "datos", "gestion", "glosario",
    "mapa-del-sitio", "media", "privacidad", "robots.txt", "salud", "seguimiento", "sitemap.xml", "static",
    "terminos", "verificar",
)  # fmt: skip

EXAMPLE_NOTICE = (
    "Datos de ejemplo: los planes marcados «(ejemplo)» y sus cifras de avance no son reales. Se cargaron para "
    "mostrar cómo funciona el portal."
)


def validate_slug_is_free(slug: str) -> None:
    if slug in RESERVED_SLUGS:
        raise ValidationError(f"«{slug}» es una dirección del portal; elija otra.")


def validate_nit(nit: str) -> None:
    if not has_valid_check_digit(nit):
        raise ValidationError("El NIT o su dígito de verificación no es correcto: revíselo.")


def validate_brand(colour: str) -> None:
    if not carries_white_text(colour):
        raise ValidationError("Sobre este color no se lee el texto blanco (contraste menor de 4,5:1).")


def refuse_office_of_another_entity(office, entity_id, field: str = "office") -> None:
    """What a row of an entity names must be an office of that entity."""
    if office and office.entity_id != entity_id:
        raise ValidationError({field: "Elija una dependencia de la misma entidad."})


class EntityQuerySet(models.QuerySet):
    def get_by_natural_key(self, slug):
        return self.get(slug=slug)

    def visible_to(self, user):
        """Entities in whose records the person may work; everybody reads every entity's public pages."""
        if user.is_superuser:
            return self
        return self.filter(pk__in=user.entity_ids()) if user.is_authenticated else self.none()


class Entity(models.Model):
    """A public entity with the identity that Resolución 1519 de 2020 (anexo 2) asks a footer to show."""

    slug = models.SlugField(
        "dirección", unique=True, validators=[validate_slug_is_free], help_text="Parte de la dirección web."
    )
    name = models.CharField("nombre", max_length=200)
    short_name = models.CharField("nombre corto", max_length=80, blank=True)
    kind = models.CharField("tipo", max_length=20, choices=EntityKind.choices)
    nit = models.CharField(
        "NIT",
        max_length=20,
        blank=True,
        validators=[validate_nit],
        help_text="Con dígito de verificación, por ejemplo 891.900.493-2.",
    )
    department = models.CharField("departamento", max_length=80, blank=True)
    municipality = models.CharField("municipio", max_length=80, blank=True)
    divipola_code = models.CharField(
        "código DIVIPOLA", max_length=5, blank=True, validators=[RegexValidator(r"^\d{2}(\d{3})?$")]
    )
    address = models.CharField("dirección física", max_length=200, blank=True)
    postal_code = models.CharField("código postal", max_length=6, blank=True)
    opening_hours = models.CharField("horario de atención", max_length=200, blank=True)
    phone = models.CharField("conmutador", max_length=60, blank=True)
    toll_free = models.CharField("línea gratuita", max_length=60, blank=True)
    anticorruption_line = models.CharField("línea anticorrupción", max_length=60, blank=True)
    email = models.EmailField("correo institucional", blank=True)
    judicial_email = models.EmailField("correo de notificaciones judiciales", blank=True)
    website = WebAddressField("sitio web", blank=True)
    pqrsd_url = WebAddressField("canal de PQRSD", blank=True)
    privacy_url = WebAddressField("política de tratamiento de datos", blank=True)
    logo = models.ImageField(
        "logo", upload_to="logos/", blank=True, validators=[FileExtensionValidator(["png", "jpg", "jpeg"])]
    )
    colour = models.CharField(
        "color institucional",
        max_length=7,
        default=DEFAULT_BRAND,
        validators=[RegexValidator(r"^#[0-9A-Fa-f]{6}$", "Escriba el color como #RRGGBB."), validate_brand],
    )

    data_licence = models.CharField(
        "licencia de los datos abiertos",
        max_length=20,
        choices=DataLicence.choices,
        default=DataLicence.CC_BY,
        help_text="Con qué condiciones se pueden usar los datos que la entidad publica.",
    )

    form_code = models.CharField(
        "código",
        max_length=40,
        blank=True,
        help_text="De los planes que no traen el suyo; por ejemplo, MESG-AS-F17.",
    )
    form_version = models.CharField("versión", max_length=20, blank=True)
    form_approval_date = models.DateField("fecha de aprobación", null=True, blank=True)
    letterhead = models.TextField(
        "membrete", blank=True, help_text="Una línea por renglón. Si se deja vacío: municipio, departamento y NIT."
    )
    form_footer = models.TextField(
        "pie de página", blank=True, help_text="Una línea por renglón. Si se deja vacío: sitio web y dirección."
    )
    prepared_by = models.CharField("elaboró", max_length=200, blank=True, help_text="Nombre y cargo.")
    reviewed_by = models.CharField("revisó", max_length=200, blank=True, help_text="Nombre y cargo.")
    approved_by = models.CharField("aprobó", max_length=200, blank=True, help_text="Nombre y cargo.")

    allows_self_validation = models.BooleanField(
        "planeación valida lo que ella misma reporta",
        default=False,
        help_text="Solo para oficinas de una persona: la página lo dice junto a cada cifra.",
    )

    has_example_data = models.BooleanField(
        "muestra datos de ejemplo",
        default=False,
        editable=False,
        help_text="Reportes y cifras que nadie reportó: todas sus páginas y archivos lo dicen.",
    )

    objects = EntityQuerySet.as_manager()

    class Meta:
        verbose_name = "entidad"
        verbose_name_plural = "entidades"
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=~Q(slug__in=RESERVED_SLUGS), name="entity_slug_not_reserved"),
            models.CheckConstraint(condition=Q(kind__in=EntityKind.values), name="entity_kind_known"),
            models.CheckConstraint(
                condition=Q(data_licence__in=DataLicence.values), name="entity_data_licence_known"
            ),
        ]

    def __str__(self):
        return self.name

    def natural_key(self):
        return (self.slug,)

    @property
    def entity(self):
        """Rules ask every object for its entity; this one is its own."""
        return self

    @property
    def label(self):
        return self.short_name or self.name

    @property
    def example_notice(self) -> str:
        """What all its pages and files say while it shows example data; else empty."""
        return EXAMPLE_NOTICE if self.has_example_data else ""


class OfficeQuerySet(models.QuerySet):
    def get_by_natural_key(self, entity, slug):
        return self.get(entity__slug=entity, slug=slug)

    def visible_to(self, user):
        return self.filter(entity__in=Entity.objects.visible_to(user))

    def in_force(self, on=None):
        """Offices that exist on the day `on` (today when not said)."""
        on = on or timezone.localdate()
        return self.filter(Q(valid_from=None) | Q(valid_from__lte=on), Q(valid_to=None) | Q(valid_to__gte=on))


class Office(models.Model):
    """A dependencia, committee or corporation that can be responsible for something."""

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="offices", verbose_name="entidad")
    slug = models.SlugField("identificador", max_length=120)
    name = models.CharField("nombre", max_length=200)
    abbreviation = models.CharField("sigla", max_length=40, blank=True)
    aliases = models.TextField(
        "otros nombres", blank=True, help_text="Uno por línea: así la reconoce el importador."
    )
    kind = models.CharField("tipo", max_length=20, choices=OfficeKind.choices)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="depende de"
    )
    valid_from = models.DateField("existe desde", null=True, blank=True)
    valid_to = models.DateField("existió hasta", null=True, blank=True)
    successor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name="la reemplaza",
    )

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = "dependencia"
        ordering = ["entity", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["entity", "slug"],
                name="office_slug_once_per_entity",
                violation_error_message="La entidad ya tiene una dependencia con ese identificador.",
            ),
            models.UniqueConstraint(
                fields=["entity", "name"],
                name="office_name_once_per_entity",
                violation_error_message="La entidad ya tiene una dependencia con ese nombre.",
            ),
            models.CheckConstraint(condition=Q(kind__in=OfficeKind.values), name="office_kind_known"),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="office_ends_after_it_begins",
                violation_error_message="La fecha «existió hasta» es anterior a «existe desde».",
            ),
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("id")),
                name="office_not_its_own_parent",
                violation_error_message="Una dependencia no puede depender de sí misma.",
            ),
        ]

    def __str__(self):
        return self.name

    def natural_key(self):
        return (self.entity.slug, self.slug)

    def content_topics(self, event: str) -> tuple[str, ...] | None:
        """Every page may show an office; how the importer recognises it, none."""
        return () if event == "remember_alias" else None

    @property
    def alias_list(self) -> list[str]:
        return [alias.strip() for alias in self.aliases.splitlines() if alias.strip()]

    def clean(self):
        for field in ("parent", "successor"):
            refuse_office_of_another_entity(getattr(self, field), self.entity_id, field)
        self._refuse_cycle()

    def _refuse_cycle(self):
        above, seen = self.parent, {self.pk}
        while above:
            if above.pk in seen:
                raise ValidationError({"parent": "Una dependencia no puede depender de sí misma."})
            seen.add(above.pk)
            above = above.parent
