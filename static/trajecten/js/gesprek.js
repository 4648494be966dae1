// One key leaves the talk, the same that opened it; without this file the link at the top does.
addEventListener("keydown", (e) => {
  const typt = e.target instanceof Element && e.target.closest("input, textarea, select");
  if (typt || e.ctrlKey || e.metaKey || e.altKey) return;
  if (e.key === "g" || e.key === "Escape") document.querySelector("[data-terug]")?.click();
});
