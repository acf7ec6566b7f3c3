"""Whether words about saving lie over a choice or a text: asked in every scroll position of a page."""

COVERED = """
() => {
  const found = [];
  const saved = [...document.querySelectorAll("[role=status], .note")].filter((each) => each.textContent.trim());
  const whole = document.scrollingElement.scrollHeight - innerHeight;
  let positions = 0;
  for (let top = 0; ; top = Math.min(top + 40, whole)) {
    positions += 1;
    scrollTo(0, top);
    for (const each of document.querySelectorAll("main :is(label, legend, p, h1, button, a, [data-text])")) {
      if (saved.some((one) => one === each || each.contains(one)) || each.closest("[aria-hidden=true]:empty")) continue;
      for (const box of each.getClientRects()) {
        for (const x of [box.left + 2, (box.left + box.right) / 2, box.right - 2]) {
          for (const y of [box.top + 2, (box.top + box.bottom) / 2, box.bottom - 2]) {
            const there = document.elementFromPoint(x, y);
            if (saved.some((one) => one.contains(there))) found.push(`${top}: ${each.textContent.trim()}`);
          }
        }
      }
    }
    if (top === whole) return { found, saved: saved.length, positions };
  }
}
"""
