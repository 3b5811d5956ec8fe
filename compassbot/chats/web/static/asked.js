// The dialog in which a form is asked: opens, counts, keeps, sends, and shows what is still needed.

import { counted } from "./speak.js";
import { complain, failed, refuseFiles, send } from "./sending.js";
import { refresh } from "./live.js";

const dialog = document.getElementById("asked");
const typed = new Map();
const PAUSE = 1200;
let opener = null;
let draft = 0;
let dirty = false;

export function open(html, from = null) {
  clearTimeout(draft);
  dialog.innerHTML = html;
  dirty = false;
  if (from) opener = { element: from, line: from.closest("li.line")?.id };
  const form = dialog.querySelector("form");
  putBack(form);
  wire(form);
  if (!dialog.open) dialog.showModal();
  for (const area of form.querySelectorAll("textarea")) grow(area);
  dialog.querySelector(".asked-body").scrollTop = 0;
  dialog.querySelector("h2").focus();
}

export function grow(area) {
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight + area.offsetHeight - area.clientHeight}px`;
}

function wire(form) {
  refuseFiles(form);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit(form);
  });
  form.addEventListener("input", (event) => {
    dirty = true;
    const question = event.target.closest("[data-question]");
    if (question) mark(question, "");
    if (event.target.matches("textarea")) grow(event.target);
    if (event.target.dataset.longest) count(event.target);
    clearTimeout(draft);
    if (form.dataset.keep) draft = setTimeout(() => keep(form), PAUSE);
  });
  form.querySelector("[data-close]").addEventListener("click", () => dialog.close());
  for (const field of form.querySelectorAll("[data-longest]")) count(field);
}

function count(field) {
  const counter = field.parentElement.querySelector("[data-counter]");
  if (!counter) return;
  const [length, longest] = [Array.from(field.value).length, Number(field.dataset.longest)];
  counter.hidden = length < longest * 0.8;
  counter.classList.toggle("over", length > longest);
  counter.textContent = length > longest ? counted("over", length - longest) : counted("left", longest - length);
}

async function submit(form) {
  clearTimeout(draft);
  const button = form.querySelector(".asked-foot button");
  complain(form, "");
  const result = await send(form);
  if (!result || !form.isConnected) return;
  if (failed(result)) {
    showFaults(form, result.body);
    return;
  }
  typed.delete(form.dataset.key);
  dirty = false;
  button.disabled = true;
  if (result.body.form) open(result.body.form);
  else await finish(result.body.card);
}

async function finish(card) {
  dialog.close();
  await refresh();
  if (card) show(card);
}

export function show(card) {
  const line = document.getElementById(`t${card}`) || document.getElementById(`m${card}`);
  if (!line) return;
  line.scrollIntoView({ block: "nearest" });
  line.focus({ preventScroll: true });
}

function showFaults(form, why) {
  const named = Array.from(form.querySelectorAll("[data-question]")).filter((one) => mark(one, why[one.dataset.question]));
  const known = new Set(named.map((one) => one.dataset.question));
  const loose = Object.entries(why).filter(([name, sentence]) => sentence && !known.has(name)).map(([, sentence]) => sentence);
  const summary = form.querySelector("[data-faults]");
  if (!named.length) {
    summary.hidden = true;
    complain(form, loose.join(" "));
    return;
  }
  summary.querySelector("h3").textContent = counted("faults", named.length);
  summary.querySelector("ul").replaceChildren(...loose.map((sentence) => item(sentence)), ...named.map((one) => item(why[one.dataset.question], one)));
  summary.hidden = false;
  summary.focus();
}

function mark(question, sentence) {
  const wrong = question.querySelector(".wrong");
  wrong.textContent = sentence || "";
  wrong.hidden = !sentence;
  question.classList.toggle("is-wrong", Boolean(sentence));
  for (const field of question.querySelectorAll("input:not([type=checkbox]):not([type=radio]), textarea, select")) {
    if (sentence) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
  }
  return Boolean(sentence);
}

function item(sentence, question = null) {
  const entry = document.createElement("li");
  if (!question) {
    entry.textContent = sentence;
    return entry;
  }
  const link = document.createElement("a");
  const label = question.querySelector("label, legend").firstChild.textContent.trim();
  link.href = "#";
  link.textContent = `${label}${/[?!.:]$/.test(label) ? "" : ":"} ${sentence}`;
  link.addEventListener("click", (event) => {
    event.preventDefault();
    question.querySelector("input, textarea, select").focus();
  });
  entry.append(link);
  return entry;
}

function keep(form) {
  clearTimeout(draft);
  const body = new FormData(form);
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  body.set("event", Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(""));
  return fetch("/do/draft", { method: "POST", body, keepalive: true }).catch(() => {});
}

function answers(form) {
  return Array.from(new FormData(form)).filter(([name]) => name.startsWith("answer."));
}

function putBack(form) {
  const kept = typed.get(form.dataset.key);
  if (!kept) return;
  dirty = true;
  for (const field of form.elements) {
    if (!field.name?.startsWith("answer.")) continue;
    const values = kept.filter(([name]) => name === field.name).map(([, value]) => value);
    if (field.type === "radio" || field.type === "checkbox") field.checked = values.includes(field.value);
    else field.value = values[0] ?? field.value;
  }
}

function closed() {
  const form = dialog.querySelector("form");
  clearTimeout(draft);
  if (form && dirty) {
    typed.set(form.dataset.key, answers(form));
    if (form.dataset.keep) keep(form);
  }
  dialog.replaceChildren();
  dirty = false;
  giveFocusBack();
}

function giveFocusBack() {
  if (opener?.element.isConnected) opener.element.focus();
  else if (opener?.line) document.getElementById(opener.line)?.focus();
  opener = null;
}

export function watchDialog() {
  dialog.addEventListener("close", closed);
  addEventListener("pagehide", () => {
    const form = dialog.querySelector("form");
    if (form?.dataset.keep && dirty) keep(form);
  });
}
