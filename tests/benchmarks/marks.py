"""Marks on answers, for who watches several workers: which one answered, and whether it made the page anew."""

import os


class Worker:
    """Outermost: every answer says the worker's process."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response["X-Worker"] = str(os.getpid())
        return response


class Made:
    """Innermost: a kept page is answered before, so that what gets here is made anew."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response["X-Made"] = "1"
        return response
