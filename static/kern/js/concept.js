// Drafts: a form with data-concept-url saves what is typed by POST, on the server (nothing
// about people stays in the browser). The answer 204 means saved.
const WACHT = 1_500;

export function start(wortel = document) {
  for (const form of wortel.querySelectorAll("form[data-concept-url]:not([data-loopt])")) {
    form.dataset.loopt = "";
    const stand = form.querySelector("[data-concept-stand]");
    let klok;
    let bezig = Promise.resolve();
    form.addEventListener("input", () => {
      clearTimeout(klok);
      klok = setTimeout(() => (bezig = bezig.then(bewaar)), WACHT);
    });
    form.addEventListener("submit", () => clearTimeout(klok));

    async function bewaar() {
      try {
        const antwoord = await fetch(form.dataset.conceptUrl, { method: "POST", body: new FormData(form) });
        if (!antwoord.ok || antwoord.redirected) throw new Error(String(antwoord.status));
        const nu = new Date().toLocaleTimeString("nl-NL", { hour: "2-digit", minute: "2-digit" }).replace(":", ".");
        if (stand) stand.textContent = `Concept bewaard om ${nu} uur.`;
      } catch {
        if (stand) stand.textContent = "Concept niet bewaard. Je tekst staat nog hier.";
      }
    }
  }
}
