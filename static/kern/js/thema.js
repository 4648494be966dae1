// The choice system, light or dark in the user menu: at once in this browser, and on the account
// when the page gives an address for it.
export function start() {
  const keuze = document.querySelector("[data-thema-keuze]");
  if (!keuze) return;
  const nu = document.documentElement.dataset.thema ?? "systeem";
  for (const knop of keuze.querySelectorAll("input")) knop.checked = knop.value === nu;
  keuze.addEventListener("change", (e) => {
    const thema = e.target.value;
    if (thema === "systeem") delete document.documentElement.dataset.thema;
    else document.documentElement.dataset.thema = thema;
    try {
      localStorage.setItem("thema", thema);
    } catch {
      // No storage: the choice holds for this page.
    }
    if (keuze.dataset.themaUrl) {
      const kop = JSON.parse(document.body.getAttribute("hx-headers") ?? "{}");
      fetch(keuze.dataset.themaUrl, { method: "POST", headers: kop, body: new URLSearchParams({ thema }) });
    }
  });
}
