// A dense table by keyboard: arrow keys move between rows, and the number of chosen candidates is said.
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
