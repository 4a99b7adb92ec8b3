"""The shape that every page has, whatever it is about."""

import json
import re
from itertools import pairwise


def check_frame(page: str) -> None:
    assert '<html lang="es-CO">' in page
    assert page.count("<h1") == 1
    assert page.count("<main") == 1
    assert 'href="#contenido"' in page
    assert 'href="https://www.gov.co"' in page
    assert re.search(r"<title>[^<]{8,}</title>", page)
    assert re.search(r'<meta name="description" content="[^"]{20,}">', page)
    data = r'<script type="application/ld\+json">([^<]+)</script>'  # which no browser runs
    assert all(json.loads(block)["@graph"] for block in re.findall(data, page))
    assert not re.search(r"""<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)""", re.sub(data, "", page))
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    levels = [int(level) for level in re.findall(r"<h([1-6])", page)]
    assert all(below - above <= 1 for above, below in pairwise(levels))
    assert re.findall(r'(?:href|src)="(https?:)?//(?!www\.gov\.co|127\.0\.0\.1:8000/)', page) == []
