// The try-out page: sends a request to the API of this installation and shows exactly what comes back.
function maak(soort, tekst, ...kinderen) {
  const element = document.createElement(soort);
  if (tekst) element.textContent = tekst;
  element.append(...kinderen);
  return element;
}

function blok(kop, tekst) {
  const pre = maak("pre", tekst);
  pre.tabIndex = 0;
  pre.setAttribute("role", "region");
  pre.setAttribute("aria-label", kop);
  return [maak("h3", kop), pre];
}

// What the answer means: the verdict, or the fault with the page that explains it.
function uitleg(inhoud) {
  if (inhoud && inhoud.type) {
    const link = maak("a", inhoud.code);
    link.href = new URL(inhoud.type).pathname;
    return [maak("p", "", `${inhoud.title}. ${inhoud.detail || ""} Meer over `, link, ".")];
  }
  if (!inhoud || typeof inhoud.geldig !== "boolean") return [];
  const fouten = inhoud.invalidParams.length;
  const zin = inhoud.geldig
    ? "Geldig: zo zouden we deze aanmelding aannemen om te beoordelen."
    : `Niet geldig: ${fouten} ${fouten === 1 ? "fout" : "fouten"}. Verbeter alles en stuur opnieuw.`;
  const lijst = maak("ul", "", ...inhoud.invalidParams.map((f) => maak("li", "", maak("code", f.name), ` ${f.reason}`)));
  return fouten ? [maak("p", zin), lijst] : [maak("p", zin)];
}

async function token(vorm) {
  const eigen = vorm.querySelector("#p-token").value.trim();
  if (eigen) return eigen;
  const gegevens = new FormData();
  gegevens.set("bron", vorm.dataset.bron);
  const antwoord = await fetch(vorm.dataset.token, {
    method: "POST",
    body: gegevens,
    headers: { "X-CSRFToken": vorm.querySelector("[name=csrfmiddlewaretoken]").value },
  });
  const inhoud = await antwoord.json();
  if (!antwoord.ok) throw new Error(inhoud.fout);
  return inhoud.token;
}

async function verstuur(vorm, vak) {
  const sleutel = await token(vorm);
  const inhoud = vorm.querySelector("#p-inhoud").value;
  const antwoord = await fetch(vorm.dataset.adres, {
    method: "POST",
    body: inhoud,
    credentials: "omit",
    headers: { Authorization: `Bearer ${sleutel}`, "Content-Type": "application/json", Accept: "application/json" },
  });
  const tekst = await antwoord.text();
  let gelezen = null;
  try {
    gelezen = JSON.parse(tekst);
  } catch {
    gelezen = null;
  }
  const koppen = [...antwoord.headers].map(([naam, waarde]) => `${naam}: ${waarde}`);
  const regel = `POST ${vorm.dataset.adres}\nAuthorization: Bearer ${sleutel.slice(0, 12)}…\nContent-Type: application/json\nAccept: application/json`;
  vak.replaceChildren(
    maak("p", "", maak("b", `${antwoord.status} ${antwoord.statusText}`.trim())),
    ...uitleg(gelezen),
    ...blok("Wat we terugkregen", gelezen ? JSON.stringify(gelezen, null, 2) : tekst),
    ...blok("Koppen van het antwoord", koppen.join("\n")),
    ...blok("Koppen van het verzoek", regel),
  );
}

const vorm = document.querySelector("form[data-proberen]");
const vak = document.querySelector("[data-uitkomst]");
vorm?.addEventListener("submit", async (gebeurtenis) => {
  gebeurtenis.preventDefault();
  const knop = vorm.querySelector("button");
  knop.disabled = true;
  try {
    await verstuur(vorm, vak);
  } catch (fout) {
    vak.replaceChildren(maak("p", fout.message || "Het verzoek kwam niet aan. Probeer het opnieuw."));
  } finally {
    knop.disabled = false;
  }
});
