// After htmx has replaced a part: move the focus where the reader needs it, tell what changed.
export function start(naWissel) {
  document.addEventListener("htmx:afterSettle", (e) => {
    const deel = e.detail.elt;
    naWissel(document);
    const doel = deel.querySelector?.("[data-focus]") ?? (deel.matches?.("[data-focus]") ? deel : null);
    if (doel) doel.focus();
    const woorden = deel.querySelector?.("[data-aankondiging]")?.dataset.aankondiging ?? deel.dataset?.aankondiging;
    if (woorden) document.getElementById("aankondiging").textContent = woorden;
  });
  for (const soort of ["htmx:responseError", "htmx:sendError"]) {
    document.addEventListener(soort, () => {
      document.getElementById("aankondiging").textContent = "Dit lukte niet. Probeer het opnieuw.";
    });
  }
}
