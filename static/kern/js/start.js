// Starts the small modules. Each one works on its own and every page works without them.
import * as concept from "./concept.js";
import * as palet from "./palet.js";
import * as thema from "./thema.js";
import * as toast from "./toast.js";
import * as toetsen from "./toetsen.js";
import * as wissel from "./wissel.js";

thema.start();
palet.start();
toetsen.start();
toast.start();
concept.start();
wissel.start((wortel) => {
  toast.start(wortel);
  concept.start(wortel);
});
document.querySelector("main .foutenlijst[data-focus]")?.focus();
