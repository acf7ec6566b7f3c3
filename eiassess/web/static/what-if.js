// Weights that are moved show at once: the part that follows them is asked for again, and the address goes along.
const form = document.getElementById("weights");
const keep = document.getElementById("keep");
const result = document.querySelector("[data-result]");
const said = document.querySelector("[data-said]");
const busy = document.querySelector("[data-busy]");
const FAILED = "This could not be worked out. Try “Show with these weights”; what stands below is of the weights before.";
const WAIT = 120;

let asking;

const inWords = () => {
  const weights = [...form.querySelectorAll("input:checked")].map((chosen) => {
    const name = chosen.closest("fieldset").querySelector("legend").firstChild.textContent.trim();
    return { name, weight: Number(chosen.value) };
  });
  const counting = weights.filter(({ weight }) => weight).sort((one, other) => other.weight - one.weight);
  if (!counting.length) return "nothing counts";
  const rest = counting.length < weights.length ? "; nothing else counts" : "";
  return counting.map(({ name, weight }) => `${name} ${weight}`).join(", ") + rest;
};

// what is kept are the weights that stand chosen on the page, also those that are not worked out yet
const bring = () => {
  for (const [name, weight] of new FormData(form)) keep.elements[name].value = weight;
  keep.querySelector("[data-kept]").textContent = inWords();
};

const arrived = (text, words) => {
  result.innerHTML = text;
  busy.textContent = "";
  said.textContent = result.querySelector("[data-lead]").textContent;
  history.replaceState(null, "", `${form.action}?${words}`);
};

const ask = async () => {
  const words = new URLSearchParams(new FormData(form)).toString();
  asking?.abort();
  const mine = (asking = new AbortController());
  busy.textContent = "Working it out";
  result.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(`${form.dataset.live}?${words}`, {
      credentials: "same-origin",
      redirect: "error",
      signal: mine.signal,
    });
    if (!answer.ok) throw new Error(answer.statusText);
    arrived(await answer.text(), words);
  } catch {
    if (mine.signal.aborted) return; // other weights were chosen meanwhile
    said.textContent = busy.textContent = FAILED;
  }
  result.removeAttribute("aria-busy");
};

// arrow keys pass over weights: only where they stay is worth asking for
let waiting;
form.addEventListener("change", () => {
  bring();
  clearTimeout(waiting);
  waiting = setTimeout(ask, WAIT);
});
keep.addEventListener("submit", bring);
bring(); // a browser that comes back restores what was chosen
