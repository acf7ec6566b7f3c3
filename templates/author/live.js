// Loads the preview anew when the bank was saved: the server says which state of it stands on the page.
let shown = null;

async function look() {
  try {
    const state = await (await fetch("/state", { cache: "no-store" })).text();
    if (shown !== null && state !== shown) location.reload();
    shown = state;
  } catch {
    // the server was stopped; the page stays as it is
  }
}

setInterval(look, 1000);
look();
