/* Attendance with one key per person: a l m z n, x takes it back, arrows move. Without this the radios work as they are. */
const rooster = document.querySelector("[data-presentie]");

function rijen() {
  return [...rooster.querySelectorAll("fieldset")];
}

function naar(rij) {
  if (rij) (rij.querySelector("input:checked") ?? rij.querySelector("input"))?.focus();
  else rooster.querySelector("button")?.focus();
}

rooster?.addEventListener("keydown", (e) => {
  const rij = e.target.closest("fieldset");
  if (!rij || e.ctrlKey || e.metaKey || e.altKey) return;
  const alle = rijen();
  const plek = alle.indexOf(rij);
  const keuze = rij.querySelector(`input[data-toets="${CSS.escape(e.key.toLowerCase())}"]`);
  if (keuze) {
    keuze.checked = true;
    naar(alle[plek + 1]);
  } else if (e.key === "ArrowDown") naar(alle[plek + 1]);
  else if (e.key === "ArrowUp") naar(alle[plek - 1] ?? rij);
  else return;
  e.preventDefault();
  e.stopPropagation();
});

if (rooster) naar(rijen().find((rij) => rij.querySelector("input:checked")?.value === "") ?? rijen()[0]);
