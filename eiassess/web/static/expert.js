/* Saves an expert's page as ratings and comments are given. Without this script its buttons do the same.

   One request at a time, each with the revision that the page saw; "Saved" only after the answer. What was changed in
   another tab is never overwritten: the page's Save button then shows both. */

const form = document.querySelector("form[data-save]");
const status_ = form.querySelector(".rating-status");
const TIME_OUT = 10_000;
const WAITS = [5, 10, 20, 30]; // seconds between tries
const PAUSE = 800; // milliseconds without a key before a comment is sent

let sending = null; // the request under way
let timer = 0;
let tries = 0;
let stopped = false; // refused: only a button can go on
let kept = JSON.stringify(given()); // what the server has

function given() {
  const ratings = {};
  const comments = {};
  for (const [name, value] of new FormData(form)) {
    if (name.startsWith("rating-")) ratings[name.slice(7)] = value === "cannot-judge" ? null : Number(value);
    if (name.startsWith("comment-") && value.trim()) comments[name.slice(8)] = value;
  }
  return { ratings, comments };
}

/* Trouble stays in sight; "Saved" stands in its place and covers nothing. */
function say(text, trouble = false) {
  status_.textContent = text;
  status_.classList.toggle("rating-trouble", trouble);
}

const changed = () => JSON.stringify(given()) !== kept;

function post(state, keepalive = false) {
  return fetch(form.dataset.save, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": form.elements.csrf_token.value },
    body: JSON.stringify({ ...state, revision: Number(form.elements.revision.value) }),
    redirect: "error",
    keepalive,
    signal: AbortSignal.timeout(TIME_OUT),
  });
}

/* The link was opened once more: the same expert's page has another token now. */
async function renewToken() {
  const response = await fetch(location.href, { signal: AbortSignal.timeout(TIME_OUT) });
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html").querySelector("form[data-save]");
  if (fresh?.elements.expert.value !== form.elements.expert.value) return false;
  form.elements.csrf_token.value = fresh.elements.csrf_token.value;
  return true;
}

async function saveOnce() {
  const state = given();
  say("Saving");
  let response;
  let answer;
  try {
    response = await post(state);
    if (response.status === 401 && (await renewToken())) response = await post(state);
    answer = await response.json();
  } catch {
    return later();
  }
  if (!response.ok) return refused(answer.message ?? "Not saved yet.");
  form.elements.revision.value = answer.revision;
  form.elements.shown.value = answer.shown;
  kept = JSON.stringify(state);
  tries = 0;
  say(`Saved ${answer.saved_at}`);
  return true;
}

function later() {
  const wait = WAITS[Math.min(tries, WAITS.length - 1)];
  tries += 1;
  clearTimeout(timer);
  timer = setTimeout(run, wait * 1000);
  say(`Not saved yet. What you gave is kept on this page; trying again in ${wait} s.`, true);
  return false;
}

function refused(message) {
  stopped = true;
  say(`Not saved: ${message} Press Save to see what can be done.`, true);
  return false;
}

async function run() {
  clearTimeout(timer);
  if (sending || stopped) return;
  sending = (async () => { while (changed() && !stopped) if (!(await saveOnce())) break; })();
  await sending;
  sending = null;
}

form.addEventListener("change", run);
form.addEventListener("input", (event) => {
  if (event.target.tagName !== "TEXTAREA") return;
  clearTimeout(timer);
  timer = setTimeout(run, PAUSE);
});
form.addEventListener("submit", async (event) => {
  clearTimeout(timer);
  if (!sending) { kept = JSON.stringify(given()); return; } // the page itself takes everything along
  const { submitter } = event;
  event.preventDefault(); // its revision is about to change
  await sending;
  form.requestSubmit(submitter);
});
addEventListener("online", run);
addEventListener("pagehide", () => { if (changed() && !sending && !stopped) post(given(), true).catch(() => {}); });
