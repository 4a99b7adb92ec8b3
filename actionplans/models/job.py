"""Long work that somebody asked for: how far it is, and what came of it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from actionplans.enums import OPEN_JOBS, JobStatus
from planning.models import Entity


def new_key() -> str:
    return uuid.uuid4().hex


def result_path(job, file_name: str = "") -> str:
    """Where this attempt keeps its file: nobody guesses the name, and no two attempts write the same one."""
    return job.result_path_of(job.attempts)


class JobQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The jobs that the person asked for, in the entities where the person still has a part."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(requested_by=user, entity__in=Entity.objects.visible_to(user))

    def open(self):
        return self.filter(status__in=OPEN_JOBS)

    def held(self, job):
        """The job's row while this attempt holds it: empty when somebody else took it over."""
        return self.filter(pk=job.pk, status=JobStatus.RUNNING, attempts=job.attempts)


class Job(models.Model):
    """A piece of work done outside the request; `kind` names its row in `actionplans.jobs.kinds`.

    `attempts` counts how often somebody began it and tells the attempts apart. `beat_at` is the last sign
    of life: of the queue while it waits, of the process while it runs.
    """

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="jobs", verbose_name="entidad")
    kind = models.CharField("clase", max_length=40)
    title = models.CharField("qué se hace", max_length=250)
    params = models.JSONField("parámetros", default=dict, blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="jobs", verbose_name="lo pidió"
    )
    status = models.CharField("estado", max_length=10, choices=JobStatus.choices, default=JobStatus.WAITING)
    done = models.PositiveIntegerField("hecho", default=0)
    total = models.PositiveIntegerField("de", default=0)
    step = models.CharField("paso", max_length=200, blank=True)
    result_key = models.CharField(max_length=32, default=new_key, editable=False)
    result = models.FileField("resultado", upload_to=result_path, max_length=250, blank=True)
    result_name = models.CharField("nombre del archivo", max_length=250, blank=True)
    result_type = models.CharField("tipo de archivo", max_length=120, blank=True)
    result_size = models.PositiveBigIntegerField("tamaño en bytes", default=0)
    result_address = models.CharField("página del resultado", max_length=500, blank=True)
    message = models.TextField("qué pasó", blank=True)
    attempts = models.PositiveSmallIntegerField("intentos", default=0)
    task_id = models.CharField("en la cola", max_length=40, blank=True, editable=False)
    created_at = models.DateTimeField("pedido", default=timezone.now)
    started_at = models.DateTimeField("empezó", null=True, blank=True)
    beat_at = models.DateTimeField("última señal", default=timezone.now)
    finished_at = models.DateTimeField("terminó", null=True, blank=True)
    cancel_asked_at = models.DateTimeField("se pidió cancelar", null=True, blank=True)
    result_removed_at = models.DateTimeField("archivo retirado", null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = "trabajo"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=JobStatus.values), name="job_status_known"),
            models.CheckConstraint(
                condition=Q(status__in=OPEN_JOBS, finished_at=None)
                | (~Q(status__in=OPEN_JOBS) & Q(finished_at__isnull=False)),
                name="job_ended_has_its_moment",
            ),
        ]
        indexes = [
            models.Index(fields=["requested_by", "entity", "-created_at"], name="job_of_a_person"),
            models.Index(fields=["status", "beat_at"], name="job_by_sign_of_life"),
        ]

    def __str__(self):
        return f"{self.title} (trabajo n.º {self.pk})"

    def result_path_of(self, attempt: int) -> str:
        return f"trabajos/{self.entity.slug}/{self.result_key}-{attempt}"

    @property
    def is_open(self) -> bool:
        return self.status in OPEN_JOBS

    @property
    def is_cancelling(self) -> bool:
        """Somebody asked to stop it and it has not noticed yet."""
        return self.is_open and self.cancel_asked_at is not None

    @property
    def percent(self) -> int | None:
        """Whole percent done; None where nobody knows how much there is to do."""
        return min(100, self.done * 100 // self.total) if self.total else None
