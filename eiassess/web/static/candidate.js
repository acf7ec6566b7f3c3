/* Saves every answer as it is given, and keeps it until the server has acknowledged it.

   Without this script the page's own buttons do the same by posting the page. The rules:
   one request at a time; the same request until it is answered, then the newer state; each names the revision that it
   saw; "Saved" only after the answer; what is not acknowledged lies in sessionStorage, so that a reload loses nothing. */

import { Choices, textOf } from "./choices.js";

const PREFIX = "eiassess:";
const TIME_OUT = 10_000;
const WAITS = [5, 10, 20, 30]; // seconds between tries

const form = document.querySelector("form[data-queue]");
const status_ = document.querySelector(".save-status");
const sheet = document.querySelector("form[data-choices]"); // a scenario, also one for practice
const choices = sheet && new Choices(sheet);

/* ---- what is not acknowledged yet, by scenario ---- */

const storage = {
  key: (scenario) => `${PREFIX}${form.dataset.sitting}:${scenario}`,
  put(entry) {
    try { sessionStorage.setItem(this.key(entry.scenario), JSON.stringify(entry)); } catch { /* blocked or full: the page still has it */ }
  },
  drop(entry) {
    try { sessionStorage.removeItem(this.key(entry.scenario)); } catch { /* nothing was kept */ }
  },
  entries() {
    try {
      return Object.keys(sessionStorage).filter((key) => key.startsWith(this.key(""))).map((key) => JSON.parse(sessionStorage.getItem(key)));
    } catch { return []; }
  },
  clear() {
    try { Object.keys(sessionStorage).filter((key) => key.startsWith(PREFIX)).forEach((key) => sessionStorage.removeItem(key)); } catch { /* nothing was kept */ }
  },
};

/* ---- the queue: entries are {scenario, number, url, ratings, revision, sent}; sent is the body that was tried ---- */

const same = (one, other) => JSON.stringify(Object.entries(one).sort()) === JSON.stringify(Object.entries(other).sort());

class Queue {
  constructor(show) {
    this.entries = new Map();
    this.show = show;
    this.tries = 0;
    this.timer = null;
    this.sending = false;
    this.stopped = null; // why no retry helps
  }

  get unsaved() { return this.entries.size > 0; }

  add(entry) {
    this.entries.set(entry.scenario, entry);
    storage.put(entry);
    this.stopped = null;
    this.start();
  }

  /* The page is closed with something unsaved: the same once more, as a request that outlives the page. */
  farewell() {
    for (const entry of this.entries.values()) {
      entry.sent ??= { ratings: entry.ratings, revision: entry.revision };
      if (!entry.conflict) post(entry, true).catch(() => {});
    }
  }

  drop(entry) {
    this.entries.delete(entry.scenario);
    storage.drop(entry);
  }

  /* Somebody did something, or the network is back: try at once. */
  start() {
    this.tries = 0;
    this.run();
  }

  async run() {
    clearTimeout(this.timer);
    if (this.sending) return;
    this.sending = true;
    let entry;
    while ((entry = [...this.entries.values()].find((each) => !each.conflict)) && !this.stopped) {
      this.show("saving");
      entry.sent ??= { ratings: entry.ratings, revision: entry.revision };
      storage.put(entry);
      const outcome = await send(entry);
      if (outcome.kind === "saved") this.saved(entry, outcome.answer);
      else if (outcome.kind === "conflict") this.conflict(entry, outcome.answer);
      else if (outcome.kind === "refused") this.refused(entry, outcome.message);
      else { this.retryLater(outcome.message); break; }
    }
    this.sending = false;
    if (!page.blocked) this.show("saved");
  }

  saved(entry, answer) {
    const { ratings } = entry.sent;
    this.tries = 0;
    entry.revision = answer.revision;
    entry.savedAt = answer.saved_at;
    entry.sent = null;
    page.acknowledge(entry, ratings);
    if (same(ratings, entry.ratings)) this.drop(entry);
    else storage.put(entry);
  }

  conflict(entry, answer) {
    entry.conflict = answer.saved;
    this.show("conflict", entry);
  }

  refused(entry, message) {
    entry.sent = null;
    this.stopped = message;
    this.show("refused", message);
  }

  retryLater(message) {
    const wait = WAITS[Math.min(this.tries, WAITS.length - 1)];
    this.tries += 1;
    this.timer = setTimeout(() => this.run(), wait * 1000);
    this.show("failed", `${message} Your answer is kept on this page; trying again in ${wait} s.`);
  }
}

async function send(entry) {
  let response;
  try {
    response = await post(entry);
    if (response.status === 401 && (await renewToken())) response = await post(entry);
  } catch {
    return { kind: "failed", message: "Not saved yet." }; // offline, or no answer in time
  }
  const answer = await response.json().catch(() => null);
  if (response.ok && answer) return { kind: "saved", answer };
  if (response.status === 409 && answer?.saved) return { kind: "conflict", answer };
  if (response.status === 401) return { kind: "failed", message: answer?.message ?? "Not saved yet." };
  if (response.status >= 400 && response.status < 500 && answer?.message) return { kind: "refused", message: answer.message };
  return { kind: "failed", message: "Not saved yet." };
}

function post(entry, keepalive = false) {
  return fetch(entry.url, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": form.elements.csrf_token.value },
    body: JSON.stringify(entry.sent),
    redirect: "error",
    keepalive,
    signal: AbortSignal.timeout(TIME_OUT),
  });
}

/* The link was opened once more, so this browser has another session: if it is the same candidate's, take its token.
   The revision stays the one that this page saw. */
async function renewToken() {
  const response = await fetch(location.href, { signal: AbortSignal.timeout(TIME_OUT) });
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html").querySelector("form[data-queue]");
  if (fresh?.dataset.sitting !== form.dataset.sitting) return false;
  form.elements.csrf_token.value = fresh.elements.csrf_token.value;
  return true;
}

/* ---- what one sees ---- */

function localTime(iso, options) {
  return new Intl.DateTimeFormat("en-GB", options).format(new Date(iso));
}

const MINUTE = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
const DAY = { weekday: "long", day: "numeric", month: "long", year: "numeric", ...MINUTE, timeZoneName: "short" };

function sayLocalTimes() {
  for (const time of document.querySelectorAll("time[data-local]")) {
    time.textContent = localTime(time.dateTime, time.dataset.local === "day" ? DAY : MINUTE);
  }
}

function say(text, state = "", note = "") {
  text = [text, note].filter(Boolean).join(". ");
  status_.toggleAttribute("data-note", Boolean(note));
  if (status_.textContent !== text) status_.textContent = text;
  status_.dataset.state = state;
}

/* ---- the page of one scenario; on the review there is only the queue ---- */

const page = {
  scenario: form?.dataset.scenario,
  panel: document.getElementById("two-versions"),
  revision: 0,
  savedAt: null,
  note: "", // who lost a place or a pick by the last choice
  leaving: null, // the button that waits for the queue
  gone: false,

  begin() {
    this.revision = Number(form.elements.revision?.value);
    this.savedAt = status_.querySelector("time")?.dateTime;
    form.addEventListener("change", ({ target }) => this.changed(choices.take(target)));
    form.addEventListener("submit", (event) => this.submit(event));
    this.panel?.addEventListener("click", (event) => event.target.dataset.keep && this.keep(event.target.dataset.keep));
    addEventListener("beforeunload", (event) => this.blocked && !this.gone && event.preventDefault());
    addEventListener("pagehide", () => queue.farewell());
    addEventListener("pageshow", (event) => event.persisted && location.reload());
    addEventListener("online", () => queue.unsaved && queue.start());
    document.addEventListener("visibilitychange", () => document.hidden || (queue.unsaved && queue.start()));
    const early = choices?.early() ?? [];
    for (const entry of storage.entries()) {
      entry.conflict = null;
      if (entry.scenario === this.scenario) this.put(entry.ratings);
      queue.add(entry);
    }
    if (early.length) this.changed(early.map((input) => choices.take(input)).filter(Boolean).join(" "));
  },

  put(ratings) {
    choices.show(ratings);
    this.sayMissing();
  },

  /* Two versions of another scenario wait there; only handing in has to wait for them. */
  get blocked() {
    return [...queue.entries.values()].some((entry) => !entry.conflict || !this.scenario || entry.scenario === this.scenario);
  },

  entry() {
    return queue.entries.get(this.scenario);
  },

  changed(note = "") {
    this.leaving = null; // whoever goes on answering here has not left
    this.note = note;
    this.sayMissing();
    const ratings = choices.kept;
    const entry = this.entry() ?? {
      scenario: this.scenario, number: Number(form.dataset.number), url: form.dataset.save,
      revision: this.revision, sent: null, conflict: null,
    };
    entry.ratings = ratings;
    queue.add(entry);
    if (entry.conflict) this.showConflict(entry, false);
  },

  acknowledge(entry, ratings) {
    if (entry.scenario !== this.scenario) return;
    this.revision = entry.revision;
    this.savedAt = entry.savedAt;
    form.elements.revision.value = entry.revision;
    form.elements.shown.value = Object.keys(ratings).sort().map((option) => `${option}=${ratings[option]}`).join(" ");
  },

  sayMissing() {
    document.getElementById("missing")?.remove(); // it spoke of what was saved when the page was opened
  },

  submit(event) {
    if (this.gone) { event.preventDefault(); return; }
    // Refused for good: the page's own post shows the reason, and what to do.
    if (!this.blocked || queue.stopped) {
      this.gone = true;
      setTimeout(() => { this.gone = false; }, TIME_OUT); // or the reader has stopped the page from loading
      return;
    }
    event.preventDefault();
    if (this.entry()?.conflict) { this.showConflict(this.entry(), true); return; }
    this.leaving = event.submitter;
    queue.start();
  },

  goOn() {
    const button = this.leaving;
    this.leaving = null;
    if (button) form.requestSubmit(button);
  },

  showConflict(entry, move) {
    const differing = choices.differing(entry.ratings, entry.conflict.ratings);
    for (const list of this.panel.querySelectorAll("[data-version]")) {
      const { ratings } = list.dataset.version === "saved" ? entry.conflict : entry;
      list.replaceChildren(...differing.map((option) => line(option, ratings)));
    }
    this.panel.hidden = false;
    if (!move) return;
    this.panel.focus({ preventScroll: true }); // by itself it would show the end of a panel higher than the screen
    this.panel.scrollIntoView();
  },

  keep(which) {
    const entry = this.entry();
    const { ratings, revision } = entry.conflict;
    this.panel.hidden = true;
    this.note = "";
    Object.assign(entry, { revision, sent: null, conflict: null });
    if (which === "saved") { entry.ratings = ratings; this.put(ratings); }
    queue.add(entry);
    status_.scrollIntoView({ block: "nearest" });
    form.querySelector("fieldset input:checked, fieldset input")?.focus({ preventScroll: true });
  },
};

function line(option, ratings) {
  const item = document.createElement("li");
  const said = document.createElement("strong");
  said.textContent = choices.label(option, ratings);
  item.append(`${textOf(option)} `, said);
  return item;
}

let slow = null;
const queue = new Queue((what, detail) => {
  clearTimeout(slow);
  switch (what) {
    case "saving":
      if (status_.dataset.state !== "failed") say("", "saving");
      slow = setTimeout(() => say("Saving…", "saving"), 1000);
      break;
    case "saved":
      say(page.savedAt ? `Saved ${localTime(page.savedAt, MINUTE)}` : "", "saved", page.note);
      if (page.leaving) page.goOn();
      else if (!page.scenario) location.reload(); // the review counts what was missing before
      break;
    case "failed":
      say(detail, "failed");
      break;
    case "refused":
      page.leaving = null;
      say(`Not saved. ${detail}`, "failed");
      break;
    case "conflict":
      page.leaving = null;
      if (detail.scenario === page.scenario) { say("Not saved yet: please choose a version.", "failed"); page.showConflict(detail, true); }
      else say(`Scenario ${detail.number} has two versions of your answers. Go back to it to choose one.`, "failed");
      break;
  }
});

sayLocalTimes();
if (document.querySelector("[data-finished]")) storage.clear();
if (form) page.begin();
else if (sheet) { // practice: nothing is saved
  for (const input of choices.early()) choices.take(input);
  sheet.addEventListener("change", ({ target }) => say("", "", choices.take(target)));
}
