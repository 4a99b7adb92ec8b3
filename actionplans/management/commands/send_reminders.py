"""Remind by mail of the reports that are owed: to who answers for each office, and a summary to planning."""

import datetime

from django.core.management.base import BaseCommand
from django.utils import timezone

from actionplans.domain.following.reminding.reminders import deliver, letter, reminders
from planning.management.refusal import Error


class Command(BaseCommand):
    help = (
        "Recuerda por correo los reportes que faltan: 15, 7 y 1 días antes del último día para reportar, y 1, 7 y "
        "15 después. Se puede repetir: nadie recibe dos veces el mismo."
    )

    def add_arguments(self, parser):
        parser.add_argument("--today", metavar="FECHA", help="como si fuera ese día, por ejemplo 2024-04-08")
        parser.add_argument("--dry-run", action="store_true", help="solo dice a quién se escribiría")

    def handle(self, *args, **options):
        today = _day(options["today"])
        found = list(reminders(today))
        if options["dry_run"]:
            for reminder in found:
                self.stdout.write(f"{reminder.recipient.email}: {letter(reminder).subject}")
            self.stdout.write(f"Se escribirían {len(found)} recordatorios.")
            return
        failed = [reminder for reminder in found if not deliver(reminder)]
        self.stdout.write(f"{len(found) - len(failed)} recordatorios enviados.")
        if failed:
            who = ", ".join(sorted({reminder.recipient.email for reminder in failed}))
            raise Error(f"No salió el correo de {who}. Repita la orden cuando el correo funcione.")


def _day(text: str | None) -> datetime.date:
    if not text:
        return timezone.localdate()
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise Error(f"«{text}» no es una fecha. Escríbala así: 2024-04-08.") from None
