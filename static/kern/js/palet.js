// The command palette: a dialog with a combobox. The server sends groups of options as HTML;
// an empty question gives recent people and actions. Without this file the field searches.
const WACHT = 120;

let dialoog, invoer, lijst, stand, klok, verzoek;
let gekozen = -1;

export function start() {
  dialoog = document.getElementById("palet");
  if (!dialoog) return;
  invoer = dialoog.querySelector("[role=combobox]");
  lijst = dialoog.querySelector("[role=listbox]");
  stand = dialoog.querySelector("[data-palet-stand]");
  invoer.addEventListener("input", () => {
    clearTimeout(klok);
    klok = setTimeout(haal, WACHT);
  });
  invoer.addEventListener("keydown", toets);
  dialoog.addEventListener("close", () => verzoek?.abort());
  const veld = document.querySelector("[data-palet-open] input");
  veld?.addEventListener("pointerdown", (e) => {
    e.preventDefault();
    openPalet();
  });
  veld?.addEventListener("input", () => {
    openPalet(veld.value);
    veld.value = "";
  });
}

export function openPalet(tekst = "") {
  if (!dialoog) return document.getElementById("zoek")?.focus();
  if (!dialoog.open) dialoog.showModal();
  if (tekst) invoer.value = tekst;
  invoer.focus();
  if (!tekst) invoer.select();
  haal();
}

async function haal() {
  verzoek?.abort();
  verzoek = new AbortController();
  const url = `${dialoog.dataset.paletUrl}?q=${encodeURIComponent(invoer.value.trim())}`;
  try {
    const antwoord = await fetch(url, { signal: verzoek.signal, headers: { "HX-Request": "true" } });
    if (antwoord.redirected || !antwoord.ok) throw new Error(String(antwoord.status));
    lijst.innerHTML = await antwoord.text();
    const aantal = opties().length;
    stand.textContent = aantal === 1 ? "1 uitkomst" : `${aantal} uitkomsten`;
    kies(invoer.value.trim() && aantal ? 0 : -1);
  } catch (fout) {
    if (fout.name === "AbortError") return;
    lijst.textContent = "";
    const regel = lijst.appendChild(document.createElement("p"));
    regel.className = "palet__leeg";
    regel.textContent = "Zoeken lukt nu niet. Druk op Enter voor de gewone zoekpagina.";
    stand.textContent = regel.textContent;
  }
}

const opties = () => [...lijst.querySelectorAll("[role=option]")];

function kies(nummer) {
  const alle = opties();
  alle.forEach((optie, i) => optie.setAttribute("aria-selected", String(i === nummer)));
  gekozen = nummer;
  invoer.setAttribute("aria-expanded", String(alle.length > 0));
  if (alle[nummer]) {
    invoer.setAttribute("aria-activedescendant", alle[nummer].id);
    alle[nummer].scrollIntoView({ block: "nearest" });
  } else {
    invoer.removeAttribute("aria-activedescendant");
  }
}

function toets(e) {
  const aantal = opties().length;
  if (e.key === "ArrowDown" && aantal) kies((gekozen + 1) % aantal);
  else if (e.key === "ArrowUp" && aantal) kies((gekozen - 1 + aantal) % aantal);
  else if (e.key === "Enter" && gekozen >= 0) opties()[gekozen]?.click();
  else return;
  e.preventDefault();
}
