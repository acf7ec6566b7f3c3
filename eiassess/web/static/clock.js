/* How much time is left, by the server's clock: the page names both its moment and the end, and this counts on from there.

   The eye has it each minute. It is read out when it matters: at a half, a quarter, ten, five and one minute, and at the end. */

const SPOKEN = [30, 15, 10, 5, 1];
const GRACE = 60_000; // milliseconds for what is on its way

const words = (minutes) => (minutes < 1 ? "Less than a minute left" : minutes === 1 ? "1 minute left" : `${minutes} minutes left`);

/* `ended` is called once what was on its way has had its minute. */
export function countDown(ended) {
  const line = document.querySelector("[data-clock]");
  if (!line) return;
  const [shown, said] = [line.querySelector("[data-clock-left]"), document.querySelector("[data-clock-said]")];
  const left = Date.parse(line.dataset.until) - Date.parse(line.dataset.now);
  const started = performance.now();
  let [before, isOver] = [Infinity, false];
  const tick = () => {
    const rest = left - (performance.now() - started);
    const minutes = Math.max(0, Math.floor(rest / 60_000));
    shown.textContent = rest > 0 ? words(minutes) : "Your time has ended";
    line.toggleAttribute("data-near", minutes < 5);
    const due = SPOKEN.find((each) => minutes <= each && each < before);
    if (due !== undefined && before !== Infinity) said.textContent = `${words(minutes)}.`;
    if (rest <= 0 && !isOver) {
      isOver = true;
      line.querySelector("[data-clock-until]").remove();
      said.textContent = "Your time has ended. What you gave is being saved.";
    }
    before = minutes;
    if (rest <= -GRACE) { ended(); return; }
    setTimeout(tick, rest > 0 ? Math.min(15_000, rest + 50) : 5000);
  };
  tick();
}
