"""Types answers into a workbook with LibreOffice itself: run by the Python that has `uno`, outside the tests' own.

Arguments: pipe name, workbook, where to save it, and a JSON of {cell: text or number}. Prints the cells that
LibreOffice holds as locked, in which nothing is typed.
"""

import json
import os
import sys
import time

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException


def connected(pipe):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(120):
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            time.sleep(0.5)
    raise SystemExit("LibreOffice did not start.")


def setting(name, value):
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


def main(pipe, source, target, answers):
    context = connected(pipe)
    desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    hidden = (setting("Hidden", True),)
    book = desktop.loadComponentFromURL(uno.systemPathToFileUrl(source), "_blank", 0, hidden)
    sheet = book.Sheets.getByIndex(0)
    refused = []
    for place, said in json.loads(answers).items():
        cell = sheet.getCellRangeByName(place)
        if sheet.isProtected() and cell.CellProtection.IsLocked:
            refused.append(place)
        elif isinstance(said, str):
            cell.String = said
        else:
            cell.Value = said
    as_xlsx = (setting("FilterName", "Calc MS Excel 2007 XML"),)
    book.storeToURL(uno.systemPathToFileUrl(target), as_xlsx)
    book.close(True)
    print(json.dumps(refused), flush=True)
    desktop.terminate()
    os._exit(0)  # the bridge is gone under this process: to take it down once more may crash


if __name__ == "__main__":
    main(*sys.argv[1:])
