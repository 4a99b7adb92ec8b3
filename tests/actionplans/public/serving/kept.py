"""Addresses of pages that are kept, and which of some were rendered when they were asked for."""

OTHER_PLAN = "/cartago/planes/2024/otro/"
PLAN = "/cartago/planes/2024/plan-de-prueba/"


def pages_rendered(client, renders, *addresses) -> dict[str, bool]:
    found = {}
    for address in addresses:
        renders.clear()
        assert client.get(address).status_code == 200
        found[address] = bool(renders)
    return found


ANYTHING = ["/", "/sitemap.xml", "/glosario/", "/mapa-del-sitio/", "/cartago/mapa.xml", "/cartago/", PLAN]
"""Pages of everything that a page may depend on."""


OF_NO_ENTITY = ["/glosario/", "/accesibilidad/", "/privacidad/", "/terminos/", "/verificar/", "/api/docs"]
