"""Several at the same moment, each on its own connection."""

from concurrent.futures import ThreadPoolExecutor

from django.db import connection


def together(*calls):
    """Run the calls at once, each on its own connection; what each returned or raised."""

    def run(call):
        try:
            return call()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))
