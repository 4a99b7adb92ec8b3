"""Leaving: a browser that other people use keeps nothing of what was being written."""

from allauth.account.views import logout as sign_out


def logout(request, *args, **kwargs):
    """allauth's own page; once the session has ended the browser is told to forget what pages stored in it."""
    response = sign_out(request, *args, **kwargs)
    if request.method == "POST" and not request.user.is_authenticated:
        response["Clear-Site-Data"] = '"storage"'
    return response
