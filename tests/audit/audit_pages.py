"""The demo's public pages before the Nu HTML checker and Lighthouse: prints a table, fails below the bars.

Called by `bin/audit-pages`, which brings the tools. The server is the real one: gunicorn, the
demo's data, DEBUG off.
"""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

BASE = Path(__file__).resolve().parents[2]
AUDIT = BASE / "var" / "audit"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
BAR = 95
MAIN_PAGES = {
    "inicio": "/",
    "transparencia": "/cartago/transparencia/",
    "plan": "/cartago/planes/2024/participacion-ciudadana/",
    "actividad": "/cartago/planes/2024/participacion-ciudadana/actividades/1/",
    "busqueda": "/cartago/buscar/?texto=participacion",
}
OTHER_PAGES = {
    "entidad": "/cartago/",
    "planes": "/cartago/planes/",
    "actividades": "/cartago/actividades/?estado=al-dia",
    "plataforma": "/cartago/plataforma-estrategica/",
    "mipg": "/cartago/mipg/",
    "plan-seguido": "/cartago/planes/2026/participacion-ciudadana-ejemplo/",
    "actividad-seguida": "/cartago/planes/2026/participacion-ciudadana-ejemplo/actividades/3/",
    "comparacion": "/cartago/planes/2026/participacion-ciudadana-ejemplo/comparar/1/2/",
    "politica": "/cartago/mipg/participacion-ciudadana/?vigencia=2026",
    "dimension": "/cartago/mipg/dimensiones/gestion-con-valores-para-resultados/?vigencia=2026",
    "eje": "/cartago/plataforma-estrategica/direccionamiento-2020-2023/ejes/1/",
    "dependencias": "/cartago/dependencias/",
    "dependencia": "/cartago/dependencias/oficina-gestion-y-desempeno-institucional/",
    "evidencia": "/cartago/evidencias/3/",
    "buscar": "/buscar/?texto=documental",
    "mapa-general": "/mapa-del-sitio/",
    "datos": "/cartago/datos/",
    "diccionario": "/cartago/datos/diccionario/",
    "accesibilidad": "/cartago/accesibilidad/",
    "privacidad": "/cartago/privacidad/",
    "terminos": "/cartago/terminos/",
    "mapa": "/cartago/mapa-del-sitio/",
    "preguntar": "/cartago/preguntar/?sobre=/cartago/transparencia/",
    "glosario": "/glosario/",
    "verificar": "/verificar/",
    "api": "/api/docs",
    "ingresar": "/cuenta/ingresar/",
}
CHROMIUM = "--headless=new --no-sandbox --disable-gpu --no-first-run --disable-background-networking"


def main() -> int:
    with demo() as address:
        flawed = check_html(address, MAIN_PAGES | OTHER_PAGES)
        low = run_lighthouse(address, MAIN_PAGES)
    return 1 if flawed or low else 0


@contextmanager
def demo():
    """The address of a demo portal that is served until the end of the block."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    env = os.environ | {
        "DATABASE_URL": f"sqlite:///{AUDIT / 'demo.sqlite3'}",
        "MEDIA_ROOT": str(AUDIT / "media"),
        "STATIC_ROOT": str(AUDIT / "static"),
        "SITE_URL": address,
        "HTTPS": "0",
        "ALLOW_DEMO": "1",
    }
    for command in (["migrate", "-v0"], ["load_demo"], ["collectstatic", "--noinput", "-v0"]):
        subprocess.run(
            [sys.executable, "manage.py", *command], cwd=BASE, env=env, check=True, stdout=subprocess.DEVNULL
        )
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}", "--log-level", "error"],
        cwd=BASE,
        env=env,
    )
    try:
        wait_for(f"{address}/salud/")
        yield address
    finally:
        server.terminate()
        server.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(address: str) -> None:
    for _ in range(100):
        try:
            urllib.request.urlopen(address)
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit(f"El portal no respondió en {address}.")


def check_html(address: str, pages: dict[str, str]) -> int:
    """How many messages the Nu checker has of the pages, errors and warnings alike."""
    folder = AUDIT / "html"
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for name, path in pages.items():
        file = folder / f"{name}.html"
        file.write_bytes(urllib.request.urlopen(address + path).read())
        files.append(str(file))
    jar = AUDIT / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    answer = subprocess.run(
        ["java", "-jar", str(jar), "--format", "json", "--exit-zero-always", *files],
        capture_output=True,
        text=True,
        check=True,
    )
    messages = json.loads(answer.stderr)["messages"]
    (AUDIT / "nu.json").write_text(json.dumps(messages, indent=1, ensure_ascii=False))
    for message in messages:
        place = Path(message.get("url", "")).stem
        print(f"  {message['type']} {place}:{message.get('lastLine', '?')}: {message['message']}")
    print(f"Nu HTML checker: {len(files)} páginas, {len(messages)} observaciones\n")
    return len(messages)


def run_lighthouse(address: str, pages: dict[str, str]) -> list[str]:
    """The pages under the bar; each one's report is kept beside the others."""
    low = []
    print(f"{'Lighthouse (teléfono)':24}{''.join(f'{category:>16}' for category in CATEGORIES)}{'KB':>8}")
    for name, path in pages.items():
        report = AUDIT / f"lighthouse-{name}.json"
        subprocess.run(
            [
                str(AUDIT / "node_modules" / ".bin" / "lighthouse"),
                address + path,
                "--quiet",
                "--output=json",
                f"--output-path={report}",
                f"--only-categories={','.join(CATEGORIES)}",
                f"--chrome-flags={CHROMIUM}",
            ],
            env=os.environ | {"CHROME_PATH": "/usr/bin/chromium"},
            check=True,
        )
        said = json.loads(report.read_text())
        scores = {category: round(100 * (said["categories"][category]["score"] or 0)) for category in CATEGORIES}
        weight = said["audits"]["total-byte-weight"]["numericValue"] / 1024
        print(f"{name:24}{''.join(f'{scores[category]:>16}' for category in CATEGORIES)}{weight:>8.0f}")
        for audit in said["audits"].values():
            if (audit.get("score") or 1) < 0.9 or audit.get("score") == 0:
                print(f"    {audit['id']}: {audit['score']} {audit.get('displayValue', '')}")
        if min(scores.values()) < BAR:
            low.append(name)
    return low


if __name__ == "__main__":
    sys.exit(main())
