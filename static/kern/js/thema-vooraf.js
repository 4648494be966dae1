// Loaded before the first paint, so that a chosen theme does not flash. Not a module on purpose.
(function () {
  if ("themaVast" in document.documentElement.dataset) return; // chosen on the account
  try {
    const thema = localStorage.getItem("thema");
    if (thema === "licht" || thema === "donker") document.documentElement.dataset.thema = thema;
  } catch {
    // No storage: the system decides.
  }
})();
