"""What a browser transfers for a page, headers and all, as Chromium counts it."""


def transferred(chromium, site: str, before: str, address: str) -> tuple[float, float]:
    """Kilobytes of a first visit, and of a visit after the page `before` of the same site."""
    return _visit(chromium, site, [address]), _visit(chromium, site, [before, address])


def _visit(chromium, site: str, addresses: list[str]) -> float:
    """Those of the last of the addresses, with whatever it loads."""
    context = chromium.new_context()
    try:
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        counted = []
        session.on("Network.loadingFinished", lambda event: counted.append(event["encodedDataLength"]))
        for address in addresses:
            counted.clear()
            page.goto(site + address, wait_until="networkidle")
        return sum(counted) / 1000
    finally:
        context.close()
