// Demo only: choosing a person fills in the log-in form and sends it.
for (const knop of document.querySelectorAll("[data-gebruikersnaam]")) {
  knop.addEventListener("click", () => {
    const form = document.querySelector("form.formulier");
    form.elements.username.value = knop.dataset.gebruikersnaam;
    if (!knop.dataset.wachtwoord) return form.elements.password.focus();
    form.elements.password.value = knop.dataset.wachtwoord;
    form.requestSubmit();
  });
}
