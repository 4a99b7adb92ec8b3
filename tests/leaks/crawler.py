"""Everything that an anonymous visitor can reach from the portal's first page, followed address by address."""

import io
import json
import re
import subprocess
import zipfile
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from django.urls import Resolver404, resolve

FOLLOWED = {"a": "href", "link": "href", "form": "action", "script": "src", "img": "src"}
IN_XML = re.compile(r"<loc>([^<]+)</loc>|href=\"([^\"]+)\"")
IN_JSON = re.compile(r"\"(https?://[^\"\s]+|/[\w/.%?=&-]+)\"")
MOST = 3000  # addresses: more would be a loop of parameters


@dataclass
class Reached:
    """What was read: the words of each address, and the names of the addresses' patterns."""

    words: dict[str, str] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)

    def holding(self, marker: str) -> list[str]:
        return sorted(address for address, text in self.words.items() if marker in text)

    def matching(self, pattern: re.Pattern) -> list[str]:
        return sorted(address for address, text in self.words.items() if pattern.search(text))


class Links(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        if address := dict(attrs).get(FOLLOWED.get(tag, "")):
            self.found.append(address)


def crawl(client, *starts: str, hosts=("testserver",)) -> Reached:
    """Reads every address of the portal that a page, a feed, a map or an answer names, once each."""
    reached, queue, seen = Reached(), list(starts), set(starts)
    while queue:
        assert len(seen) < MOST, "the addresses do not end"
        address = queue.pop(0)
        response = client.get(address)
        if response.status_code in (301, 302):
            found = [response["Location"]]
        elif response.status_code != 200:
            continue
        else:
            content = b"".join(response.streaming_content) if response.streaming else response.content
            kind = response.get("Content-Type", "").partition(";")[0]
            words = _words(content, kind)
            reached.words[address] = words + str(dict(response.items()))
            reached.names.add(resolve(urlsplit(address).path).view_name)
            found = _links(words, kind)
        for link in found:
            target = _own(urljoin(address, link), hosts)
            if target and target not in seen:
                seen.add(target)
                queue.append(target)
    return reached


def _own(address: str, hosts) -> str | None:
    """The path and query, where the address is of the portal and not of a staff page."""
    parts = urlsplit(address)
    if parts.scheme not in ("", "http", "https") or (parts.netloc and parts.netloc not in hosts):
        return None
    if parts.path.startswith(("/static/", "/cuenta/", "/admin/")):
        return None
    try:
        resolve(parts.path)
    except Resolver404:
        return None
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _links(text: str, kind: str) -> list[str]:
    if kind == "text/html":
        parser = Links()
        parser.feed(text)
        return parser.found
    if kind.endswith("xml"):
        return [first or second for first, second in IN_XML.findall(text)]
    if kind.endswith("json"):
        return IN_JSON.findall(text)
    return re.findall(r"https?://[\w./-]+", text)  # files print addresses too


def _words(content: bytes, kind: str) -> str:
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    if kind == "application/pdf":
        return subprocess.run(
            ["pdftotext", "-", "-"], input=content, capture_output=True, check=False
        ).stdout.decode()
    if kind.endswith("json"):
        return json.dumps(json.loads(content), ensure_ascii=False)
    return content.decode("utf-8", "replace")
