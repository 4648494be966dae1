/* Scoring with the digits: 1 to 5 fills in and jumps on, arrows move, Enter goes down. Without this the boxes work as they are. */
const blad = document.querySelector("[data-scoreblad]");

function rijen() {
  return [...blad.querySelectorAll("fieldset")];
}

function vakken(rij) {
  return rij ? [...rij.querySelectorAll("input[type=text]")] : [];
}

function naar(vak) {
  vak?.focus();
  vak?.select();
}

blad?.addEventListener("input", (e) => {
  if (!e.target.matches("[data-score]") || !/^[1-5]$/.test(e.target.value)) return;
  const alle = vakken(e.target.closest("fieldset"));
  naar(alle[alle.indexOf(e.target) + 1]);
});

blad?.addEventListener("keydown", (e) => {
  const rij = e.target.closest("fieldset");
  if (!rij || !e.target.matches("input[type=text]") || e.ctrlKey || e.metaKey || e.altKey) return;
  const alle = rijen();
  const plek = alle.indexOf(rij);
  const kolom = vakken(rij).indexOf(e.target);
  const eigen = e.target.matches("[data-score]");
  if (e.key === "ArrowDown") naar(vakken(alle[plek + 1])[kolom]);
  else if (e.key === "ArrowUp") naar(vakken(alle[plek - 1])[kolom]);
  else if (e.key === "Enter") naar(vakken(alle[plek + 1])[eigen ? kolom : 0]);
  else if (eigen && e.key === "ArrowRight") naar(vakken(rij)[kolom + 1]);
  else if (eigen && e.key === "ArrowLeft") naar(vakken(rij)[kolom - 1]);
  else return;
  e.preventDefault();
});
