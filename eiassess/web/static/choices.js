/* The choices on a page, in every format: what is given, as option -> number, and that a place or a pick is given once.

   Where something can be given once only, a new choice takes it from whoever had it. Arrow keys choose on their way past,
   so that must not cost anything: as long as one stays with the same choice, only what it stands at now is taken, and all
   that it took before is given back. */

const WORDS_OF_AN_EXCERPT = 6;
const QUOTES = /^["'“”‘’]+|["'“”‘’]+$/g;
const LAST_STOPS = /[\s"'“”‘’.,:;!?]+$/;

const holder = (input) => input.closest("[data-option]");
const optionOf = (input) => holder(input).dataset.option;
const answerOf = (input) => Number(input.dataset.answer ?? input.value);

export class Choices {
  constructor(form) {
    this.form = form;
    this.once = form.dataset.once; // what is given once, "choice" or "place"; undefined where options are rated
    this.kept = this.read((input) => input.defaultChecked);
    this.turn = null; // the group that is being changed, and how all was before
  }

  get inputs() { return [...this.form.querySelectorAll("[data-option] input[type=radio]")]; }

  input(option, answer) { return this.inputs.find((each) => optionOf(each) === option && answerOf(each) === answer); }

  read(which = (input) => input.checked) {
    return Object.fromEntries(this.inputs.filter(which).map((input) => [optionOf(input), answerOf(input)]));
  }

  put(answers) {
    this.kept = answers;
    for (const input of this.inputs) input.checked = answers[optionOf(input)] === answerOf(input);
  }

  /* Show an answer that comes from elsewhere. */
  show(answers) {
    this.turn = null;
    this.put(answers);
  }

  /* Given before this script had come. */
  early() { return this.inputs.filter((input) => input.checked && !input.defaultChecked); }

  /* Something was chosen: say in words who has lost what by it. */
  take(input) {
    input.checked = true;
    if (!this.once) { this.kept = this.read(); return ""; }
    if (this.turn?.name !== input.name) this.turn = { name: input.name, before: this.kept };
    const option = optionOf(input);
    const answer = answerOf(input);
    const before = Object.entries(this.turn.before);
    const taken = before.filter(([each, given]) => each === option || given === answer);
    this.put({ ...Object.fromEntries(before.filter((entry) => !taken.includes(entry))), [option]: answer });
    return taken.map(([each, given]) => this.input(each, given)).filter((each) => each && each.name !== input.name)
      .map((lost) => this.words(lost)).join(" ");
  }

  words(lost) {
    if (this.once === "place") return `“${this.excerpt(lost)}” has no place now.`;
    const { said } = lost.dataset;
    return `${said[0].toUpperCase()}${said.slice(1)} is free again: choose another for it.`;
  }

  excerpt(input) {
    const words = textOf(holder(input)).replace(QUOTES, "").split(/\s+/);
    if (words.length <= WORDS_OF_AN_EXCERPT) return words.join(" ");
    return `${words.slice(0, WORDS_OF_AN_EXCERPT).join(" ").replace(LAST_STOPS, "")}…`;
  }

  /* The options to which two answers give something else. */
  differing(one, other) {
    return [...this.form.querySelectorAll("[data-option]")].filter(({ dataset: { option } }) => one[option] !== other[option]);
  }

  /* What an answer gives to an option, in words. */
  label(element, answers) {
    const input = this.input(element.dataset.option, answers[element.dataset.option]);
    if (!input) return this.form.dataset.nothing;
    return input.dataset.said ?? input.nextElementSibling.textContent.trim().replace(/\s+/, ", ").toLowerCase();
  }
}

export function textOf(element) {
  return element.querySelector("legend, [data-text]").textContent.trim();
}
