// The choice system, light or dark in the user menu; kept in this browser only.
export function start() {
  const keuze = document.querySelector("[data-thema-keuze]");
  if (!keuze) return;
  const nu = document.documentElement.dataset.thema ?? "";
  for (const knop of keuze.querySelectorAll("input")) knop.checked = knop.value === nu;
  keuze.addEventListener("change", (e) => {
    const thema = e.target.value;
    if (thema) document.documentElement.dataset.thema = thema;
    else delete document.documentElement.dataset.thema;
    try {
      if (thema) localStorage.setItem("thema", thema);
      else localStorage.removeItem("thema");
    } catch {
      // No storage: the choice holds for this page.
    }
  });
}
