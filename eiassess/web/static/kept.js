/* Answers that are not acknowledged yet, in this browser until they are: a closed tab loses nothing.

   Each lies under its sitting, so that nobody sees another person's, and names the moment at which the sitting's link ends.
   Every page of ours loads this script, which removes what has ended: a shared computer keeps nothing of a sitting that was
   finished elsewhere. No name, no address, no token is kept. */

const PREFIX = "eiassess:";
const A_MINUTE = 60_000;

const keys = (start = PREFIX) => Object.keys(localStorage).filter((key) => key.startsWith(start));

function read(key) {
  try { return JSON.parse(localStorage.getItem(key)); } catch { return null; }
}

/* Storage may be blocked or full: then the page alone has the answer, as long as it is open. */
function quietly(doing, otherwise) {
  try { return doing(); } catch { return otherwise; }
}

export class Kept {
  constructor(sitting, until) {
    this.start = `${PREFIX}${sitting}:`;
    this.until = until;
    this.page = Math.random().toString(36).slice(2); // two tabs that are open at once keep theirs apart
  }

  put(entry) {
    entry.key ??= `${this.start}${entry.scenario}:${this.page}`;
    quietly(() => localStorage.setItem(entry.key, JSON.stringify({ ...entry, until: this.until, at: Date.now() })));
  }

  drop(entry) { quietly(() => localStorage.removeItem(entry.key)); }

  /* The newest of each scenario; what an older page left waits until that is acknowledged. */
  entries() {
    const found = quietly(() => keys(this.start).map(read), []).sort((one, other) => one.at - other.at);
    return [...new Map(found.map((entry) => [entry.scenario, entry])).values()];
  }

  clear() { quietly(() => keys(this.start).forEach((key) => localStorage.removeItem(key))); }
}

function removeWhatHasEnded() {
  quietly(() => {
    for (const key of keys()) if (!(Date.parse(read(key)?.until) > Date.now())) localStorage.removeItem(key);
  });
}

removeWhatHasEnded();
setInterval(removeWhatHasEnded, A_MINUTE);
