// Toasts go away by themselves after 30 seconds (8 without something to undo). The clock stops
// while someone points at one or has the focus in it; errors stay until they are closed.
const MET_HERSTEL = 30_000;
const ZONDER = 8_000;

export function start(wortel = document) {
  for (const toast of wortel.querySelectorAll("[data-toast]:not([data-loopt])")) {
    toast.dataset.loopt = "";
    const sluit = toast.querySelector("[data-toast-sluit]");
    sluit.hidden = false;
    sluit.addEventListener("click", () => weg(toast));
    if (!("toastBlijft" in toast.dataset)) tel(toast, toast.querySelector("form") ? MET_HERSTEL : ZONDER);
  }
}

function tel(toast, rest) {
  let begin, klok;
  const loop = () => {
    begin = Date.now();
    klok = setTimeout(() => weg(toast), rest);
  };
  const stop = () => {
    clearTimeout(klok);
    rest = Math.max(2_000, rest - (Date.now() - begin));
  };
  toast.addEventListener("pointerenter", stop);
  toast.addEventListener("pointerleave", loop);
  toast.addEventListener("focusin", stop);
  toast.addEventListener("focusout", loop);
  loop();
}

function weg(toast) {
  const haddeFocus = toast.contains(document.activeElement);
  toast.remove();
  if (haddeFocus) document.getElementById("inhoud")?.focus({ preventScroll: true });
}
