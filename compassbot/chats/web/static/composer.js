// Where a message is typed: grows with it, keeps it until it is sent, and completes commands.

import { announce, counted } from "./speak.js";
import { complain, failed, refuseFiles, send } from "./sending.js";
import { refresh } from "./live.js";
import { grow, open, show } from "./asked.js";

export function compose(form) {
  const area = form.querySelector("textarea");
  const completion = new Completion(form, area);
  const place = `typed:${document.body.dataset.me}:${form.elements.in.value}:${form.elements.thread.value}`;
  area.value = area.value || sessionStorage.getItem(place) || "";
  grow(area);
  area.addEventListener("input", () => {
    sessionStorage.setItem(place, area.value);
    grow(area);
    completion.look();
  });
  area.addEventListener("keydown", (event) => {
    if (completion.key(event) || event.isComposing) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
  refuseFiles(form);
  form.querySelector("[data-ask]").addEventListener("click", () => completion.turn());
  area.addEventListener("blur", () => setTimeout(() => completion.close(), 150));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    completion.close();
    if (area.value.trim()) await say(form, area, place);
  });
}

async function say(form, area, place) {
  complain(form, "");
  const sent = area.value;
  const result = await send(form);
  if (!result) return;
  if (failed(result)) {
    const { again, ...why } = result.body;
    form.elements.sure.value = again ? sent : "";
    complain(form, Object.values(why).join(" "));
    return;
  }
  form.elements.sure.value = "";
  if (area.value === sent) area.value = "";
  sessionStorage.removeItem(place);
  grow(area);
  if (result.body.form) open(result.body.form, area);
  await refresh();
  if (result.body.card) show(result.body.card);
}

class Completion {
  constructor(form, area) {
    this.area = area;
    this.list = form.querySelector("[role=listbox]");
    this.options = Array.from(this.list.children);
    this.at = -1;
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.take(event.target.closest("[role=option]")));
  }

  get shown() {
    return this.options.filter((option) => !option.hidden);
  }

  look() {
    const line = this.area.value.toLowerCase();
    if (!line.startsWith("/") || line.includes("\n")) return this.close();
    for (const option of this.options) option.hidden = !matches(option.dataset.command, line);
    if (this.shown.length) this.show();
    else this.close();
  }

  turn() {
    const wasOpen = !this.list.hidden;
    this.area.focus();
    if (wasOpen) return this.close();
    if (!this.area.value.trim()) this.area.value = "/";
    for (const option of this.options) option.hidden = false;
    this.show();
  }

  show() {
    const n = this.shown.length;
    if (this.list.hidden || this.seen !== n) announce(counted("found", n));
    this.seen = n;
    this.list.hidden = false;
    this.point(-1);
  }

  point(at) {
    this.at = at;
    this.shown.forEach((option, index) => option.setAttribute("aria-selected", String(index === at)));
    const option = this.shown[at];
    if (option) {
      this.area.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else this.area.removeAttribute("aria-activedescendant");
  }

  key(event) {
    if (this.list.hidden) return false;
    const n = this.shown.length;
    if (event.key === "ArrowDown") this.point((this.at + 1) % n);
    else if (event.key === "ArrowUp") this.point((this.at - 1 + n) % n);
    else if (event.key === "Escape") this.close();
    else if ((event.key === "Enter" || event.key === "Tab") && this.at >= 0) this.take(this.shown[this.at]);
    else return false;
    event.preventDefault();
    return true;
  }

  take(option) {
    if (!option) return;
    this.area.value = `${option.dataset.command} `;
    this.area.dispatchEvent(new Event("input"));
    this.close();
    this.area.focus();
  }

  close() {
    this.list.hidden = true;
    this.point(-1);
  }
}

function matches(command, line) {
  const name = command.toLowerCase();
  return name.startsWith(line) || name.replace("/kompas ", "/").startsWith(line) || name.startsWith(line.replace("/compass", "/kompas"));
}
