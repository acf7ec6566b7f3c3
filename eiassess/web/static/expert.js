/* Saves an expert's page as ratings and comments are given. Without this script its buttons do the same.

   One request at a time, each with the revision that the page saw; "Saved" only after the answer. Until then what was given
   lies in this browser, so that a closed tab loses nothing. What was changed in another tab is never overwritten: the page's
   Save button then shows both. */

import { Kept } from "./kept.js";
import { rateByNumber } from "./keys.js";

const form = document.querySelector("form[data-sitting]"); // a scenario's, or the review's
const sheet = document.querySelector("form[data-save]");
const status_ = sheet?.querySelector(".rating-status");
const finished = document.querySelector("[data-finished]");
const TIME_OUT = 10_000;
const WAITS = [5, 10, 20, 30]; // seconds between tries
const PAUSE = 800; // milliseconds without a key before a comment is sent
const UNHEARD = 30; // so many tries are remembered
const NEVER = [400, 404]; // what is sent again will be refused again

const kept = form && new Kept(form.dataset.sitting, form.dataset.until);

let sending = null; // the request under way
let timer = 0;
let tries = 0;
let stopped = false; // refused: only a button can go on
let stored = sheet && written(given()); // what the server has
let entry = null; // what lies in this browser of this page

function given(from = sheet) {
  const ratings = {};
  const comments = {};
  for (const [name, value] of new FormData(from)) {
    if (name.startsWith("rating-")) ratings[name.slice(7)] = value === "cannot-judge" ? null : Number(value);
    if (name.startsWith("comment-") && value.trim()) comments[name.slice(8)] = value;
  }
  return { ratings, comments };
}

function written({ ratings, comments }) {
  return JSON.stringify([ratings, comments].map((each) => Object.entries(each).sort()));
}

function show({ ratings, comments }) {
  for (const input of sheet.querySelectorAll("input[type=radio]")) {
    const rating = ratings[input.name.slice(7)];
    input.checked = rating !== undefined && input.value === (rating === null ? "cannot-judge" : String(rating));
  }
  for (const area of sheet.querySelectorAll("textarea")) {
    area.value = comments[area.name.slice(8)] ?? "";
    if (area.value) area.closest("details").open = true;
  }
}

/* Trouble stays in sight; "Saved" stands in its place and covers nothing. */
function say(text, trouble = false) {
  status_.textContent = text;
  status_.classList.toggle("rating-trouble", trouble);
}

const changed = () => written(given()) !== stored;

/* What is given lies in this browser until the server has it. */
function keep() {
  if (!changed()) return;
  entry ??= { scenario: sheet.dataset.scenario, url: sheet.dataset.save, sent: [] };
  Object.assign(entry, given(), { revision: Number(sheet.elements.revision.value) });
  kept.put(entry);
}

function send({ url, ratings, comments, revision }, keepalive = false) {
  return fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": form.elements.csrf_token.value },
    body: JSON.stringify({ ratings, comments, revision }),
    redirect: "error",
    keepalive,
    signal: AbortSignal.timeout(TIME_OUT),
  });
}

/* This page's newest state, remembered as one that the server may have, also if nobody hears of it. */
function post(state, keepalive = false) {
  keep();
  if (entry) {
    entry.sent = [...entry.sent, written(state)].slice(-UNHEARD);
    kept.put(entry);
  }
  return send({ url: sheet.dataset.save, ...state, revision: Number(sheet.elements.revision.value) }, keepalive);
}

/* The link was opened once more: the same expert's page has another token now. Or the server has what this page sent before
   without hearing of it: then that is no other tab's. */
async function renew() {
  const response = await fetch(location.href, { signal: AbortSignal.timeout(TIME_OUT) });
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html").querySelector("form[data-save]");
  if (fresh?.elements.expert.value !== sheet.elements.expert.value) return false;
  sheet.elements.csrf_token.value = fresh.elements.csrf_token.value;
  if (entry?.sent.includes(written(given(fresh)))) sheet.elements.revision.value = fresh.elements.revision.value;
  return true;
}

async function saveOnce() {
  const state = given();
  say("Saving");
  let response;
  let answer;
  try {
    response = await post(state);
    if ([401, 409].includes(response.status) && (await renew())) response = await post(state);
    answer = await response.json();
  } catch {
    return later();
  }
  if (!response.ok) return refused(answer.message ?? "Not saved yet.");
  sheet.elements.revision.value = answer.revision;
  sheet.elements.shown.value = answer.shown;
  stored = written(state);
  tries = 0;
  if (entry) { kept.drop(entry); entry = null; }
  keep(); // what was given meanwhile
  say(`Saved ${answer.saved_at}`);
  return true;
}

function later() {
  const wait = WAITS[Math.min(tries, WAITS.length - 1)];
  tries += 1;
  clearTimeout(timer);
  timer = setTimeout(run, wait * 1000);
  say(`Not saved yet. What you gave is kept in this browser; trying again in ${wait} s.`, true);
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

/* A page of this scenario was closed before the server had what was given there. */
function restore() {
  const left = kept.entries().find((each) => each.scenario === sheet.dataset.scenario);
  if (!left || document.querySelector(".error-summary")) return; // there the page itself shows what was not saved
  if (written(left) === stored) { kept.drop(left); return; }
  entry = left;
  show(left);
  sheet.elements.revision.value = left.revision;
  run();
}

/* What was left on pages of other scenarios is sent as it was; where it does not fit any more, that scenario's page says so. */
async function sendOthers() {
  const others = kept.entries().filter((each) => each.scenario !== sheet?.dataset.scenario);
  let saved = false;
  for (const each of others) {
    const response = await send(each).catch(() => null);
    if (response?.ok || NEVER.includes(response?.status)) kept.drop(each);
    saved ||= response?.ok;
  }
  if (saved && !sheet) location.reload(); // the review counts what was missing before
}

function begin() {
  rateByNumber(sheet);
  sheet.addEventListener("change", () => { keep(); run(); });
  sheet.addEventListener("input", (event) => {
    if (event.target.tagName !== "TEXTAREA") return;
    keep();
    clearTimeout(timer);
    timer = setTimeout(run, PAUSE);
  });
  sheet.addEventListener("submit", async (event) => {
    clearTimeout(timer);
    keep();
    if (!sending) { stored = written(given()); return; } // the page itself takes everything along
    const { submitter } = event;
    event.preventDefault(); // its revision is about to change
    await sending;
    sheet.requestSubmit(submitter);
  });
  addEventListener("online", run);
  addEventListener("pagehide", () => { if (changed() && !sending && !stopped) post(given(), true).catch(() => {}); });
  restore();
}

if (finished) new Kept(finished.dataset.finished).clear();
if (sheet) begin();
if (kept) sendOthers();
