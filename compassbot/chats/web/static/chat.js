// Brings the page to life. Without it everything can be read; with it, it can be done.

import { failed, send } from "./sending.js";
import { listen, refresh, rest, toEnd, watchScrolls } from "./live.js";
import { open, show, watchDialog } from "./asked.js";
import { compose } from "./composer.js";

const sure = document.getElementById("sure");

async function press(form, button) {
  if (button.dataset.confirm && !(await isSure(button))) return;
  const result = await send(form);
  if (!result) return;
  if (failed(result)) {
    complainUnder(form, Object.values(result.body).join(" "));
    return;
  }
  complainUnder(form, "");
  if (result.body.form) open(result.body.form, button);
  await refresh();
  if (result.body.card) show(result.body.card);
}

function complainUnder(form, sentence) {
  const buttons = form.closest(".buttons") || form;
  buttons.parentElement.querySelector(":scope > .wrong")?.remove();
  if (!sentence) return;
  const wrong = document.createElement("p");
  wrong.className = "wrong";
  wrong.setAttribute("role", "alert");
  wrong.textContent = sentence;
  buttons.after(wrong);
}

function isSure(button) {
  document.getElementById("sure-why").textContent = button.dataset.confirm;
  sure.querySelector("[data-yes]").textContent = button.textContent.trim();
  sure.returnValue = "no";
  sure.showModal();
  return new Promise((resolve) => {
    sure.addEventListener("close", () => resolve(sure.returnValue === "yes"), { once: true });
  });
}

async function hide(form) {
  const line = form.closest("li");
  const next = line.nextElementSibling || line.previousElementSibling;
  const result = await send(form);
  if (!result || failed(result)) return;
  await refresh();
  next?.focus();
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches("[data-press]")) {
    event.preventDefault();
    press(form, event.submitter || form.querySelector("button"));
  } else if (form.matches("[data-hide]")) {
    event.preventDefault();
    hide(form);
  }
});

function watchMenu() {
  const button = document.querySelector("[data-menu]");
  const side = document.getElementById("side");
  const turn = (shown) => {
    document.body.classList.toggle("side-open", shown);
    button.setAttribute("aria-expanded", String(shown));
    document.getElementById("main").inert = shown;
    if (shown) side.querySelector("button, a").focus();
    else button.focus();
  };
  const isOpen = () => document.body.classList.contains("side-open");
  button.addEventListener("click", () => turn(!isOpen()));
  document.querySelector("[data-menu-close]").addEventListener("click", () => turn(false));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && isOpen() && !document.querySelector(":popover-open")) turn(false);
  });
}

function watchWelcome() {
  const panel = document.querySelector("[data-welcome]");
  panel?.querySelector("[data-welcome-close]").addEventListener("click", () => {
    document.cookie = "welcome=read; path=/; max-age=31536000; samesite=lax";
    panel.remove();
    document.querySelector("#say textarea").focus();
  });
}

function watchVisibility() {
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return rest();
    listen();
    refresh();
  });
}

function start() {
  watchDialog();
  watchMenu();
  watchWelcome();
  watchScrolls();
  watchVisibility();
  for (const form of document.querySelectorAll("[data-composer]")) compose(form);
  document.querySelectorAll("[data-scroll]").forEach(toEnd);
  listen();
  document.body.dataset.ready = "yes";
}

start();
