// A dense table by keyboard: j and k or arrow keys move between rows, x chooses; the number of chosen is said.
const form = document.getElementById("candidates");
const boxes = [...form.querySelectorAll('input[name="c"]')];
const links = boxes.map((box) => box.closest("tr").querySelector("th a"));
const status = document.querySelector("[data-chosen]");

form.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const column = [boxes, links].find((each) => each.includes(event.target));
  const next = step && column?.[column.indexOf(event.target) + step];
  if (next) {
    event.preventDefault();
    next.focus();
  }
});

const say = () => {
  const n = boxes.filter((box) => box.checked).length;
  status.textContent = n === 0 ? "Choose 2 to 6 in the table" : n > 6 ? `${n} chosen; at most 6` : `${n} chosen`;
};
form.addEventListener("change", say);
if (status) say();

// Single letters can be turned off: speech input would press them by accident.
const keys = document.querySelector("[data-keys]");
const OFF = "list-keys-off";
const stored = () => {
  try {
    return localStorage.getItem(OFF) === "yes";
  } catch {
    return false;
  }
};
let off = stored();

const row = () => Math.max(links.indexOf(document.activeElement), boxes.indexOf(document.activeElement));
const move = (step) => links[Math.min(Math.max(row() + step, 0), links.length - 1)].focus();
const choose = () => boxes[row()]?.click();
const DO = { j: () => move(1), k: () => move(-1), x: choose };

const isElsewhere = (target) => target.matches("input:not([type=checkbox]), select, textarea") || target.isContentEditable;

document.addEventListener("keydown", (event) => {
  const does = DO[event.key];
  if (off || !does || event.ctrlKey || event.metaKey || event.altKey || isElsewhere(event.target)) return;
  event.preventDefault();
  does();
});

if (keys) {
  const button = keys.querySelector("[data-keys-switch]");
  const help = keys.querySelector("[data-keys-help]");
  const show = () => {
    help.hidden = off;
    button.textContent = off ? "Turn keys on" : "Turn keys off";
  };
  button.addEventListener("click", () => {
    off = !off;
    try {
      localStorage.setItem(OFF, off ? "yes" : "no");
    } catch {
      // for this page only, then
    }
    show();
  });
  keys.hidden = false;
  show();
}
