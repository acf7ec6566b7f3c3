/* Saves every answer as it is given, and keeps it in the browser until the server has acknowledged it.

   Without this script the page's own buttons do the same by posting the page. "Saved" is said only after the answer. */

import { Choices, textOf } from "./choices.js";
import { countDown } from "./clock.js";
import { Kept } from "./kept.js";
import { rateByNumber } from "./keys.js";
import { Queue, sendLate } from "./queue.js";

const PAUSE = 1500; // milliseconds of rest before "Saved" is read out
const LOADING = 10_000; // milliseconds after which a page that did not load was stopped

const form = document.querySelector("form[data-queue]");
const status_ = document.querySelector(".save-status");
const sheet = document.querySelector("form[data-choices]"); // a scenario, also one for practice
const choices = sheet && new Choices(sheet);
const finished = document.querySelector("[data-finished]");

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

/* The one place that a screen reader listens to. "Saved" comes there once, when one has come to rest; the eye has it at
   once, where one rates. */
let resting = null;

function say(text, state = "", note = "") {
  clearTimeout(resting);
  text = [text, note].filter(Boolean).join(". ");
  status_.toggleAttribute("data-note", Boolean(note));
  if (status_.textContent !== text) status_.textContent = text;
  status_.dataset.state = state;
}

function sayAtRest(...words) {
  clearTimeout(resting);
  resting = setTimeout(() => say(...words), PAUSE);
}

/* Beside the last choice. */
function write(text, state) {
  for (const note of document.querySelectorAll(".note")) {
    const here = note === page.note;
    note.textContent = here ? text : "";
    note.dataset.state = here ? state : "";
  }
}

/* ---- the page of one scenario; on the review there is only the queue ---- */

const page = {
  scenario: form?.dataset.scenario,
  panel: document.getElementById("two-versions"),
  revision: 0,
  savedAt: null,
  lost: "", // who lost a place or a pick by the last choice
  note: null, // the place for words beside the last choice
  leaving: null, // the button that waits for the queue
  gone: false,

  begin() {
    this.revision = Number(form.elements.revision?.value);
    this.savedAt = status_.querySelector("time")?.dateTime;
    form.addEventListener("change", ({ target }) => this.changed(choices.take(target), target));
    form.addEventListener("submit", (event) => this.submit(event));
    this.panel?.addEventListener("click", (event) => event.target.dataset.keep && this.keep(event.target.dataset.keep));
    addEventListener("beforeunload", (event) => {
      queue.hold();
      if (this.blocked && !this.gone) event.preventDefault();
    });
    addEventListener("pagehide", () => queue.farewell({ closing: true }));
    addEventListener("pageshow", (event) => event.persisted && location.reload());
    addEventListener("online", () => queue.unsaved && queue.start());
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) queue.farewell({ closing: false }); // a phone may end a page that it does not show
      else if (queue.unsaved) queue.start();
    });
    const early = choices?.early() ?? [];
    for (const entry of kept.entries()) {
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

  changed(lost = "", input = null) {
    this.leaving = null; // whoever goes on answering here has not left
    this.lost = lost;
    this.note = input?.closest("[data-option]").querySelector(".note");
    this.sayMissing();
    const ratings = choices.kept;
    const entry = this.entry() ?? {
      scenario: this.scenario, number: Number(form.dataset.number), url: form.dataset.save,
      revision: this.revision, sent: [], conflict: null,
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
      setTimeout(() => { this.gone = false; }, LOADING); // or the reader has stopped the page from loading
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
    this.lost = "";
    Object.assign(entry, { revision, sent: [], conflict: null });
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

function saved(words) {
  write(words, "saved");
  sayAtRest(words, "saved", page.lost);
}

let slow = null;
function show(what, detail) {
  clearTimeout(slow);
  switch (what) {
    case "saving":
      if (status_.dataset.state !== "failed") { say("", "saving"); write("", "saving"); }
      slow = setTimeout(() => { say("Saving…", "saving"); write("Saving…", "saving"); }, 1000);
      break;
    case "failed":
      say(detail, "failed");
      write("Not saved yet", "failed");
      break;
    case "refused":
      page.leaving = null;
      say(`Not saved. ${detail}`, "failed");
      write("Not saved", "failed");
      break;
    case "late":
      page.leaving = null;
      say("Your time has ended. This was not taken.", "failed");
      write("Not taken", "failed");
      showLate(document.getElementById("too-late"), detail);
      break;
    case "conflict":
      page.leaving = null;
      write("Not saved yet", "failed");
      if (detail.scenario === page.scenario) { say("Not saved yet: please choose a version.", "failed"); page.showConflict(detail, true); }
      else say(`Scenario ${detail.number} has two versions of your answers. Go back to it to choose one.`, "failed");
      break;
  }
}

function rest() {
  if (page.blocked) return;
  clearTimeout(slow);
  saved(page.savedAt ? `Saved ${localTime(page.savedAt, MINUTE)}` : "");
  if (page.leaving) page.goOn();
  else if (!page.scenario) location.reload(); // the review counts what was missing before
}

/* What came too late stays in sight, in words that can be copied. */
function showLate(panel, { message, late }) {
  if (!panel) return;
  panel.querySelector("[data-late-message]").textContent = message;
  panel.querySelector("textarea").value = late.join("\n");
  panel.hidden = false;
  panel.focus({ preventScroll: true });
  panel.scrollIntoView();
}

/* The sitting is over. What this browser still holds is sent once, to be counted, and shown; then only its days end it. */
async function settle(sitting) {
  const leftover = new Kept(sitting);
  const panel = document.getElementById("not-taken-here");
  const token = document.querySelector("input[name=csrf_token]")?.value;
  const refused = panel && token && leftover.entries().length ? await sendLate(leftover, token) : { late: [] };
  if (refused.late.length) showLate(panel, refused);
  else if (finished && !refused.unsent) leftover.clear();
}

sayLocalTimes();
countDown(() => {
  if (!queue?.unsaved) location.reload(); // the server says what is next; what was not taken stays in sight
});
if (finished) settle(finished.dataset.finished);
const ended = document.querySelector("[data-ended]");
if (ended) settle(ended.dataset.ended);
const kept = form && new Kept(form.dataset.sitting, form.dataset.until);
const queue = form && new Queue(form, kept, { show, acknowledge: (...what) => page.acknowledge(...what), rest });
if (sheet) rateByNumber(sheet);
if (form) page.begin();
else if (sheet) { // practice: nothing is saved
  for (const input of choices.early()) choices.take(input);
  sheet.addEventListener("change", ({ target }) => say("", "", choices.take(target)));
}
