// Counts follow by themselves: a small part of the page is asked for every 20 seconds while somebody looks.
const live = document.querySelector("[data-live]");
const EVERY = 20000;

const refresh = async () => {
  if (document.hidden || live.contains(document.activeElement)) return;
  try {
    const answer = await fetch(live.dataset.live, { credentials: "same-origin", redirect: "error" });
    if (answer.ok) live.innerHTML = await answer.text();
  } catch {
    // no connection, or signed out: what is shown stays, and the next page says so
  }
};

setInterval(refresh, EVERY);
