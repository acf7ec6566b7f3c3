/* Sends answers until the server has acknowledged them. One request at a time, always the newest state.

   Each names the revision that the page saw, its own number, and what the page sent before without hearing of it: what the
   server has by one of these is the page's own and no conflict, and a repeat that comes late changes nothing. */

const TIME_OUT = 10_000;
const WAITS = [5, 10, 20, 30]; // seconds between tries
const UNHEARD = 30; // of so many tries the server is told

export const same = (one, other) => JSON.stringify(Object.entries(one).sort()) === JSON.stringify(Object.entries(other).sort());

/* Sends what this browser kept of a sitting whose time has ended, so that it is counted; gives back, in words, what was not
   taken. What was saved in time after all is forgotten. */
export async function sendLate(kept, token) {
  const refused = { message: "", late: [], unsent: false };
  for (const entry of kept.entries()) {
    const body = JSON.stringify({ ratings: entry.ratings, revision: entry.revision });
    const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
    const response = await fetch(entry.url, { method: "POST", headers, body, redirect: "error" }).catch(() => null);
    const answer = await response?.json().catch(() => null);
    if (!response) refused.unsent = true;
    else if (response.ok) kept.drop(entry);
    else if (answer?.late) { refused.message = answer.message; refused.late.push(...answer.late); }
  }
  return refused;
}

/* Entries are {scenario, number, url, ratings, revision, sent}; sent are the tries, {number, ratings}, that nobody answered. */
export class Queue {
  constructor(form, kept, { show, acknowledge, rest }) {
    Object.assign(this, { form, kept, show, acknowledge, rest });
    this.entries = new Map();
    this.tries = 0;
    this.timer = null;
    this.sending = null; // the body that is under way
    this.stopped = null; // why no retry helps
    this.held = null; // what was acknowledged while the page was being left
  }

  get unsaved() { return this.entries.size > 0; }

  add(entry) {
    this.entries.set(entry.scenario, entry);
    this.kept.put(entry);
    this.stopped = null;
    this.start();
  }

  /* The page is left, perhaps for good: the newest state, as a request that outlives the page. */
  farewell({ closing }) {
    for (const entry of this.entries.values()) {
      const isUnderWay = this.sending?.scenario === entry.scenario && same(this.sending.ratings, entry.ratings);
      if (!entry.conflict && (closing || !isUnderWay)) this.post(entry, this.body(entry), true).catch(() => {});
    }
  }

  drop(entry) {
    this.entries.delete(entry.scenario);
    if (this.held) this.held.push(entry);
    else this.kept.drop(entry);
  }

  /* The page is being left. The next one may have been made before what is acknowledged from now on was saved, so that must
     still be found there: sent again, it does no harm. */
  hold() {
    this.held ??= [];
    setTimeout(() => { // nobody left after all
      const held = this.held ?? [];
      this.held = null;
      held.filter((entry) => !this.entries.has(entry.scenario)).forEach((entry) => this.kept.drop(entry));
    }, TIME_OUT);
  }

  /* Somebody did something, or the network is back: try at once. */
  start() {
    this.tries = 0;
    this.run();
  }

  async run() {
    clearTimeout(this.timer);
    if (this.sending) return;
    let entry;
    while ((entry = [...this.entries.values()].find((each) => !each.conflict)) && !this.stopped) {
      this.show("saving");
      const body = this.body(entry);
      this.sending = { scenario: entry.scenario, ratings: body.ratings };
      const outcome = await this.send(entry, body);
      if (outcome.kind === "saved") this.saved(entry, body, outcome.answer);
      else if (outcome.kind === "conflict") this.conflict(entry, outcome.answer.saved);
      else if (outcome.kind === "refused") this.refused(entry, outcome.message);
      else { this.retryLater(outcome.message); break; }
    }
    this.sending = null;
    this.rest();
  }

  /* The same state has the same number, however often it is tried. */
  body(entry) {
    const last = entry.sent.at(-1);
    if (!last || !same(last.ratings, entry.ratings)) {
      entry.sent.push({ number: Math.max(entry.revision, last?.number ?? 0) + 1, ratings: entry.ratings });
      entry.sent = entry.sent.slice(-UNHEARD);
      this.kept.put(entry);
    }
    const sent = entry.sent.slice(0, -1).map((each) => each.ratings);
    return { ratings: entry.ratings, revision: entry.revision, number: entry.sent.at(-1).number, sent };
  }

  saved(entry, body, answer) {
    this.tries = 0;
    entry.revision = answer.revision;
    entry.savedAt = answer.saved_at;
    entry.sent = entry.sent.filter((each) => each.number > body.number);
    this.acknowledge(entry, body.ratings);
    if (same(body.ratings, entry.ratings)) this.drop(entry);
    else this.kept.put(entry);
  }

  conflict(entry, saved) {
    if (entry.sent.some((each) => same(each.ratings, saved.ratings))) { // a later try of this page came first
      Object.assign(entry, { revision: saved.revision, sent: [] });
      this.kept.put(entry);
      return;
    }
    entry.conflict = saved;
    this.show("conflict", entry);
  }

  /* Nothing that is sent again will ever be taken, so nothing of it stays in the browser. */
  refused(entry, { message, forGood, late }) {
    if (forGood) this.kept.drop(entry);
    this.stopped = message;
    if (late) this.show("late", { message, late });
    else this.show("refused", message);
  }

  retryLater(message) {
    const wait = WAITS[Math.min(this.tries, WAITS.length - 1)];
    this.tries += 1;
    this.timer = setTimeout(() => this.run(), wait * 1000);
    this.show("failed", `${message} Your answer is kept in this browser; trying again in ${wait} s.`);
  }

  async send(entry, body) {
    let response;
    try {
      response = await this.post(entry, body);
      if (response.status === 401 && (await this.renewToken())) response = await this.post(entry, body);
    } catch {
      return { kind: "failed", message: "Not saved yet." }; // offline, or no answer in time
    }
    const answer = await response.json().catch(() => null);
    if (response.ok && answer) return { kind: "saved", answer };
    if (response.status === 409 && answer?.saved) return { kind: "conflict", answer };
    if (response.status === 401) return { kind: "failed", message: answer?.message ?? "Not saved yet." };
    if (response.status >= 400 && response.status < 500 && answer?.message) {
      return { kind: "refused", message: { message: answer.message, forGood: response.status !== 410, late: answer.late } };
    }
    return { kind: "failed", message: "Not saved yet." };
  }

  post(entry, body, keepalive = false) {
    return fetch(entry.url, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": this.form.elements.csrf_token.value },
      body: JSON.stringify(body),
      redirect: "error",
      keepalive,
      signal: AbortSignal.timeout(TIME_OUT),
    });
  }

  /* The link was opened once more, so this browser has another session: if it is the same candidate's, take its token.
     The revision stays the one that this page saw. */
  async renewToken() {
    const response = await fetch(location.href, { signal: AbortSignal.timeout(TIME_OUT) });
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html").querySelector("form[data-queue]");
    if (fresh?.dataset.sitting !== this.form.dataset.sitting) return false;
    this.form.elements.csrf_token.value = fresh.elements.csrf_token.value;
    return true;
  }
}
