"""People who come and go."""

from django.urls import reverse

from tests.factories import PASSWORD


def sign_in(client, user):
    client.logout()
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
