"""Finds the browser, opens pages at both widths, and asks axe whether everybody can use them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reintegratie.lokaal.paden import lokaal, maak_map

BREEDTES = {"bureau": (1440, 900), "telefoon": (390, 844)}
NAMEN = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
VLAGGEN = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
#: Only what is wrong is worked out in full: what is right costs most of the time on a large page.
AXE_REGELS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}


def vind_chromium() -> str | None:
    """Return the browser program: `CHROMIUM`, or the first that the system knows."""
    genoemd = os.environ.get("CHROMIUM")
    if genoemd:
        return genoemd if Path(genoemd).exists() else None
    return next((pad for naam in NAMEN if (pad := shutil.which(naam))), None)


@dataclass
class Scherm:
    """A page of the live site with what went wrong on it."""

    page: Any
    basis: str
    fouten: list[str] = field(default_factory=list)

    def ga(self, pad: str) -> Any:
        """Open a path of the site and return the answer."""
        return self.page.goto(f"{self.basis}{pad}")

    def breedte(self, naam: str) -> None:
        """Make the window as wide as a desk screen or a phone."""
        breed, hoog = BREEDTES[naam]
        self.page.set_viewport_size({"width": breed, "height": hoog})

    def axe(self, *breedtes: str, uitgezonderd: tuple[str, ...] = ()) -> None:
        """Fail on every violation that axe finds on the present page, at both widths unless named."""
        from axe_playwright_python.sync_playwright import Axe

        for naam in breedtes or tuple(BREEDTES):
            self.breedte(naam)
            uitslag = Axe().run(self.page, options=AXE_REGELS).response["violations"]
            mis = [v for v in uitslag if v["id"] not in uitgezonderd]
            assert not mis, f"axe op {self.page.url} ({naam}):\n" + "\n".join(map(beschrijf, mis))
            self.past()

    def past(self) -> None:
        """Fail when the page is wider than the window: nobody should have to scroll sideways."""
        maten = self.page.evaluate(
            "() => [document.scrollingElement.scrollWidth, document.scrollingElement.clientWidth]"
        )
        assert maten[0] <= maten[1] + 1, f"{self.page.url} is {maten[0]} px breed in een venster van {maten[1]} px."


def beschrijf(schending: dict[str, Any]) -> str:
    """Return one violation in a few lines: rule, help, and the first elements."""
    plekken = [f"    {n['html'][:200]}" for n in schending["nodes"][:4]]
    return "\n".join([f"{schending['id']} ({schending['impact']}): {schending['help']}", *plekken])


@contextmanager
def nieuw_scherm(browser: Any, basis: str, naam: str, **opties: Any) -> Iterator[Scherm]:
    """Open a fresh browser profile; errors in the console and of scripts fail the test afterwards."""
    breed, hoog = BREEDTES["bureau"]
    context = browser.new_context(viewport={"width": breed, "height": hoog}, locale="nl-NL", **opties)
    context.set_default_timeout(15_000)
    scherm = Scherm(context.new_page(), basis)
    scherm.page.on("pageerror", lambda fout: scherm.fouten.append(f"script: {fout}"))
    scherm.page.on("console", lambda b: scherm.fouten.append(f"console: {b.text}") if b.type == "error" else None)
    try:
        yield scherm
        assert not scherm.fouten, "\n".join(scherm.fouten)
    except BaseException:
        pad = maak_map(lokaal() / "schermfoto") / f"{naam}.png"
        try:
            scherm.page.screenshot(path=str(pad), full_page=True)
            print(f"Schermfoto: {pad}")
        except Exception as fout:  # the picture is a help, never the reason of a failure
            print(f"Geen schermfoto: {fout}")
        raise
    finally:
        context.close()
