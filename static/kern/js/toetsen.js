// Shortcuts. Letters work only outside fields; without this file every page works too.
import { openPalet } from "./palet.js";

const VELD = "input, textarea, select, [contenteditable]";

export function start() {
  if (location.hash === "#notitie") document.querySelector("[data-notitie]")?.focus();
  addEventListener("keydown", (e) => {
    const typt = e.target instanceof Element && e.target.closest(VELD);
    const mod = e.ctrlKey || e.metaKey;
    if (mod && e.key === "Enter" && e.target instanceof HTMLTextAreaElement) {
      e.preventDefault();
      e.target.form?.requestSubmit();
      return;
    }
    if (mod && e.key.toLowerCase() === "k" && !e.shiftKey && !e.altKey) return doe(e, openPalet);
    if (typt || mod || e.altKey || document.querySelector("dialog[open]")) return;
    if (e.key === "/") doe(e, openPalet);
    else if (e.key === "n") notitie(e);
    else if (e.key === "?") doe(e, () => document.getElementById("toetsenhulp")?.showModal());
    else if (/^[1-9]$/.test(e.key)) kies(e);
    else if (e.key === "j" || e.key === "k") wandel(e, e.key === "j" ? 1 : -1);
    else if (/^[a-z]$/.test(e.key)) volg(e);
  });
  document.addEventListener("click", (e) => {
    const gekozen = e.target.closest?.("[data-wandel-opent] a");
    if (gekozen) {
      for (const link of document.querySelectorAll("[data-wandel-opent] a[aria-current]")) link.removeAttribute("aria-current");
      gekozen.setAttribute("aria-current", "true");
    }
    const opener = e.target.closest?.("[data-opent]");
    if (!opener) return;
    opener.closest("[popover]")?.hidePopover();
    document.getElementById(opener.dataset.opent)?.showModal();
  });
  for (const dialoog of document.querySelectorAll("dialog")) {
    dialoog.addEventListener("click", (e) => e.target === dialoog && dialoog.close());
  }
}

function doe(e, handeling) {
  e.preventDefault();
  handeling();
}

// Where there is no note box, the button of the person card leads to it.
function notitie(e) {
  const vak = document.querySelector("[data-notitie]");
  if (!vak) return volg(e);
  e.preventDefault();
  vak.focus();
  vak.scrollIntoView({ block: "nearest" });
}

// Another letter opens the link that says so.
function volg(e) {
  const link = document.querySelector(`a[aria-keyshortcuts="${e.key}"]`);
  if (link) doe(e, () => link.click());
}

// A digit presses the button of that number, in the row with the focus or else in the first row that has one.
function kies(e) {
  const rij = document.activeElement?.closest("[data-wandel]");
  const knop = (rij ?? document).querySelector(`[data-toets="${e.key}"]`);
  if (!knop) return;
  e.preventDefault();
  knop.click();
}

// j and k walk the rows of a list; the focus moves, so Enter opens what is chosen.
function wandel(e, stap) {
  const doelen = [...document.querySelectorAll("[data-wandel]")]
    .map((rij) => rij.querySelector("[data-wandel-doel]") ?? rij.querySelector("a"))
    .filter((doel) => doel?.checkVisibility());
  if (!doelen.length) return;
  e.preventDefault();
  const hier = doelen.findIndex((doel) => doel.closest("[data-wandel]").contains(document.activeElement));
  const nieuw = hier < 0 ? (stap > 0 ? 0 : doelen.length - 1) : hier + stap;
  const doel = doelen[Math.max(0, Math.min(doelen.length - 1, nieuw))];
  doel.focus();
  if (doel.closest("[data-wandel-opent]")) doel.click(); // beside the list: what is chosen opens at once
}
