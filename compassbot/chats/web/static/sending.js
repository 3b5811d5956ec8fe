// Sends one form of the page. A second click while the first is on its way does nothing, and a second
// try after a lost answer carries the same event id, so that the office hears it once.

import { words } from "./speak.js";

const busy = new WeakSet();

export async function send(form, address = form.getAttribute("action")) {
  if (busy.has(form)) return null;
  busy.add(form);
  form.setAttribute("aria-busy", "true");
  try {
    return await answer(form, address);
  } catch {
    return { status: 0, body: { "": words.lost } };
  } finally {
    busy.delete(form);
    form.removeAttribute("aria-busy");
  }
}

async function answer(form, address) {
  const response = await fetch(address, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } });
  const body = await read(response);
  if (response.ok || response.status === 422) renew(form);
  return { status: response.status, body };
}

async function read(response) {
  if (response.status === 204) return {};
  try {
    return await response.json();
  } catch {
    return { "": words.lost };
  }
}

function renew(form) {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  form.elements.event.value = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function failed(result) {
  return result.status < 200 || result.status >= 300;
}

// A picture or a file is refused with the reason, however it comes: nobody can see who is in it.
export function refuseFiles(form) {
  const refuse = (event, carried) => {
    if (!carried?.files.length) return;
    event.preventDefault();
    complain(form, words.noFiles);
  };
  form.addEventListener("paste", (event) => refuse(event, event.clipboardData));
  form.addEventListener("drop", (event) => refuse(event, event.dataTransfer));
  form.addEventListener("dragover", (event) => { if (event.dataTransfer?.types.includes("Files")) event.preventDefault(); });
}

export function complain(form, sentence) {
  const place = form.querySelector("[data-wrong]");
  if (!place) return;
  place.textContent = sentence || "";
  place.hidden = !sentence;
}
