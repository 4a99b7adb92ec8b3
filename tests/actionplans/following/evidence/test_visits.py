"""Links that no longer open are found, and the own network is never visited."""

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from actionplans.domain.following.evidence import visits as link_visits
from actionplans.domain.following.evidence.visits import OPENS, visit, visit_links
from actionplans.models import Evidence
from planning.management.refusal import REFUSED


def link(house, url, **fields):
    """A row as it stands; nobody may bring a link to the own network, where the site of these tests is."""
    said = {"entity": house.entity, "office": house.office, "by": house.leader, "classification": "publica"}
    return Evidence.objects.create(url=url, name=url, **said, **fields)


class Site(BaseHTTPRequestHandler):
    """Answers by the path: a number is the code; «head» knows no HEAD; «to» and what follows turns elsewhere."""

    asked = []

    def do_HEAD(self):
        self._answer()

    def do_GET(self):
        self._answer()

    def _answer(self):
        self.asked.append((self.command, self.path))
        word, _, rest = self.path.strip("/").partition("/")
        code = 405 if word == "head" and self.command == "HEAD" else int(word) if word.isdecimal() else 200
        if word == "to":
            self.send_response(302)
            self.send_header("Location", rest)
        elif word == "round":
            self.send_response(302)
            self.send_header("Location", "/round")
        else:
            self.send_response(code)
        self.end_headers()

    def log_message(self, *args):
        pass


@pytest.fixture(scope="module")
def site():
    server = HTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/200", OPENS),
        ("/head", OPENS),
        ("/acta de comité.pdf?año=2024#p1", OPENS),
        ("/to//200", OPENS),
        ("/404", "No se encuentra (404)"),
        ("/410", "Fue retirado (410)"),
        ("/401", link_visits.ASKS_TO_SIGN_IN),
        ("/403", link_visits.ASKS_TO_SIGN_IN),
        ("/500", "El sitio responde con un error (500)"),
        ("/round", link_visits.TOO_MANY_TURNS),
        ("/to/file:///etc/passwd", link_visits.TOO_MANY_TURNS),
    ],
)
def test_what_a_link_answers_is_said_in_words(site, path, words):
    assert visit(site + path, allow_private=True) == words


def test_a_head_is_enough_where_it_opens(site):
    Site.asked.clear()
    visit(f"{site}/200", allow_private=True)
    assert Site.asked == [("HEAD", "/200")]
    visit(f"{site}/head", allow_private=True)
    assert Site.asked[1:] == [("HEAD", "/head"), ("GET", "/head")]


def test_the_own_network_is_never_visited(site):
    Site.asked.clear()
    assert visit(f"{site}/200") == link_visits.NOT_VISITED
    assert visit(site.replace("127.0.0.1", "localhost") + "/200") == link_visits.NOT_VISITED
    assert Site.asked == []


def test_a_site_that_turns_to_the_own_network_is_not_followed(site, monkeypatch):
    """The first machine stands for a public one; the second is the own network by its address."""
    real = link_visits._connect
    monkeypatch.setattr(
        link_visits,
        "_connect",
        lambda host, port, timeout, allow: real(host, port, timeout, host == "127.0.0.1"),
    )
    Site.asked.clear()
    target = site.replace("127.0.0.1", "localhost")
    assert visit(f"{site}/to/{target}/200") == link_visits.NOT_VISITED
    assert Site.asked == [("HEAD", f"/to/{target}/200")]


def test_a_name_that_leads_to_one_private_address_among_others_is_not_visited(monkeypatch):
    mixed = [(2, 1, 6, "", ("8.8.8.8", 80)), (2, 1, 6, "", ("10.0.0.1", 80))]
    monkeypatch.setattr(link_visits.socket, "getaddrinfo", lambda *args, **kwargs: mixed)
    assert visit("http://ejemplo.example/") == link_visits.NOT_VISITED


def test_a_site_that_is_not_there_is_said_so(site, monkeypatch):
    assert visit("http://127.0.0.1:9/", allow_private=True) == link_visits.NO_ANSWER
    monkeypatch.setattr(link_visits, "SECONDS", 0.2)

    def nobody(*args, **kwargs):
        raise link_visits.socket.gaierror(-2, "no")

    monkeypatch.setattr(link_visits.socket, "getaddrinfo", nobody)
    assert visit("http://no-hay.example/", allow_private=True) == link_visits.NOT_FOUND
    assert visit("http://" + "a" * 70 + ".example/", allow_private=True) == link_visits.NOT_FOUND


def test_a_page_that_asks_to_sign_in_does_not_open(site, monkeypatch):
    monkeypatch.setattr(link_visits, "_SIGN_IN_HOSTS", ("127.0.0.1",))
    assert visit(f"{site}/200", allow_private=True) == link_visits.ASKS_TO_SIGN_IN


@pytest.mark.django_db
def test_each_visit_is_written_on_its_row(site, house):
    good, bad = link(house, f"{site}/200"), link(house, f"{site}/404")
    assert [row.pk for row in visit_links([good, bad], allow_private=True)] == [good.pk, bad.pk]
    states = dict(Evidence.objects.values_list("pk", "link_status"))
    assert states == {good.pk: OPENS, bad.pk: "No se encuentra (404)"}
    assert not Evidence.objects.filter(link_checked_at=None).exists()


@pytest.mark.django_db
def test_the_command_says_which_do_not_open_oldest_visits_first(house, neighbour, monkeypatch):
    visited = []

    def answer(url, *, allow_private=False):
        visited.append(url)
        return OPENS if url.endswith("bien") else link_visits.NO_ANSWER

    monkeypatch.setattr(link_visits, "visit", answer)
    link(house, "https://a.example/bien", link_checked_at=timezone.now(), link_status=OPENS)
    link(house, "https://a.example/mal")
    link(neighbour, "https://b.example/mal")
    out = StringIO()
    call_command("check_links", entity=house.entity.slug, limit=1, stdout=out)
    assert visited == ["https://a.example/mal"]
    assert out.getvalue().splitlines() == [
        f"cartago\t{house.office}\t{link_visits.NO_ANSWER}\thttps://a.example/mal",
        "Enlaces visitados: 1. No abren: 1.",
    ]
    call_command("check_links", stdout=out)
    assert visited[1:] == ["https://b.example/mal", "https://a.example/bien", "https://a.example/mal"]


@pytest.mark.django_db
def test_the_command_refuses_what_it_cannot_do(house):
    with pytest.raises(CommandError, match="No hay una entidad") as refused:
        call_command("check_links", entity="no-hay")
    assert refused.value.returncode == REFUSED
    with pytest.raises(CommandError, match="uno o más"):
        call_command("check_links", limit=0)


@pytest.mark.django_db
@pytest.mark.parametrize("many", [1, 3])
def test_planning_reads_those_that_do_not_open(house, neighbour, client, django_assert_num_queries, many):
    for number in range(many):
        said = {"link_status": "No se encuentra (404)", "link_checked_at": timezone.now()}
        link(house, f"https://a.example/{number}", **said)
    link(house, "https://a.example/bien", link_status=OPENS, link_checked_at=timezone.now())
    link(house, "https://a.example/nueva")
    link(neighbour, "https://b.example/mal", link_status="mal", link_checked_at=timezone.now())
    client.force_login(house.planning)
    with django_assert_num_queries(9):
        answer = client.get(reverse("evidence_links", args=["cartago"]))
    html = answer.content.decode()
    assert {row.url for row in answer.context["page"]} == {f"https://a.example/{n}" for n in range(many)}
    assert f"de {many + 1} visitados" in html
