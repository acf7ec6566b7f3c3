/* Number keys rate, or give a place, and move on to the next row; after the last one Enter goes on.

   They work only while the focus is on the page's content, and never where one writes, so that nobody who speaks to the
   computer, or types elsewhere, answers by accident. */

const NUMBER = /^[1-9]$/;

export function rateByNumber(sheet) {
  const rows = [...sheet.querySelectorAll("fieldset.rating")];
  const main = sheet.closest("main");
  if (!rows.length) return;
  document.querySelector("[data-keys]")?.removeAttribute("hidden");
  arrive(main.querySelector("h1"));
  main.addEventListener("keydown", (event) => {
    if (!NUMBER.test(event.key) || event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
    const row = rowAt(event.target) ?? nextOf(rows, event.target);
    const input = row?.querySelector(`input[value="${event.key}"]`);
    if (!input) return;
    event.preventDefault();
    input.click();
    moveOn(rows[rows.indexOf(row) + 1], sheet);
  });
}

/* An expert's row has more than ratings: a box for "cannot judge" and a comment. */
const rowAt = (element) => element.closest("fieldset.rating") ?? element.closest(".rated")?.querySelector("fieldset.rating");

const isGiven = (row) => row.form.elements[row.querySelector("input").name].value !== "";

/* Outside the rows: the first one that is open; if none is, the first, but not from a button, where all has been given. */
function nextOf(rows, focused) {
  return rows.find((row) => !isGiven(row)) ?? (focused.matches("button") ? null : rows[0]);
}

const isWriting = (element) => element.matches("textarea, select, input:not([type=radio])");

function moveOn(row, sheet) {
  const next = row?.querySelector(":checked") ?? row?.querySelector("input") ?? sheet.querySelector("button[type=submit]");
  next.focus({ preventScroll: true });
  (row ?? next).scrollIntoView({ block: "nearest" });
}

/* Where a page begins, for the keys and for a screen reader, unless something on it asks for attention. */
function arrive(heading) {
  if (document.activeElement !== document.body || location.hash) return;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}
