"""Nobody is told by mail of what nobody did: the example year is loaded in silence."""

from io import StringIO

import pytest
from django.core import mail
from django.core.management import call_command

from actionplans.models import Report

pytestmark = pytest.mark.django_db(transaction=True)  # mails leave after commit


def test_loading_the_examples_sends_no_mail():
    call_command("load_demo", stdout=StringIO())
    assert Report.objects.filter(status="returned").exists()
    assert mail.outbox == []
