// Keeps what is on the page up to date: lists and sidebar only, never a dialog or what is being typed.

import { announce, connected, words } from "./speak.js";

const NEAR = 120;
let underway = null;
let again = false;

export function refresh() {
  if (underway) {
    again = true;
    return underway;
  }
  underway = fetchAndMerge().finally(() => {
    underway = null;
    if (again) {
      again = false;
      refresh();
    }
  });
  return underway;
}

async function fetchAndMerge() {
  const response = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!response.ok) return;
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
  document.title = fresh.title;
  for (const id of ["side-rooms", "clock-time"]) replaceInside(id, fresh);
  for (const holder of document.querySelectorAll("[data-lines]")) mergeLines(holder, fresh.getElementById(holder.id));
}

function replaceInside(id, fresh) {
  const [old, now] = [document.getElementById(id), fresh.getElementById(id)];
  if (!old || !now || old.innerHTML === now.innerHTML) return;
  const href = old.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
  old.innerHTML = now.innerHTML;
  if (href) old.querySelector(`[href="${CSS.escape(href)}"]`)?.focus();
}

function mergeLines(holder, fresh) {
  if (!fresh) return;
  const scroll = holder.closest("[data-scroll]");
  const atEnd = isAtEnd(scroll);
  const before = new Set(Array.from(holder.querySelectorAll("li[id]"), (item) => item.id));
  const [list, freshList] = [holder.querySelector("ol"), fresh.querySelector("ol")];
  if (list && freshList) {
    mergeItems(list, freshList);
    swapRest(holder, fresh, list, freshList);
  } else {
    holder.replaceChildren(...fresh.childNodes);
  }
  const added = Array.from(holder.querySelectorAll("li.line")).filter((item) => !before.has(item.id));
  tellAdded(added, scroll, atEnd);
}

function mergeItems(list, freshList) {
  const olds = new Map(Array.from(list.children, (item) => [item.id, item]));
  const wanted = Array.from(freshList.children, (item) => keepOrTake(olds.get(item.id), item));
  for (const item of Array.from(list.children)) if (!wanted.includes(item)) item.remove();
  wanted.forEach((item, at) => {
    if (list.children[at] !== item) list.insertBefore(item, list.children[at] || null);
  });
}

function keepOrTake(old, item) {
  if (!old) {
    item.classList.add("arrives");
    return item;
  }
  if (old.dataset.v === item.dataset.v) return old;
  const focused = old.contains(document.activeElement) ? Array.from(old.querySelectorAll("a, button")).indexOf(document.activeElement) : -2;
  old.replaceWith(item);
  item.classList.add("changes");
  if (focused >= -1) (item.querySelectorAll("a, button")[focused] || item).focus({ preventScroll: true });
  return item;
}

function swapRest(holder, fresh, list, freshList) {
  for (const node of Array.from(holder.children)) if (node !== list) node.remove();
  for (const node of Array.from(fresh.children)) {
    if (node === freshList) continue;
    if (node.compareDocumentPosition(freshList) & Node.DOCUMENT_POSITION_FOLLOWING) list.before(node);
    else holder.append(node);
  }
}

function tellAdded(added, scroll, atEnd) {
  if (!added.length) return;
  const others = added.filter((item) => !("mine" in item.dataset));
  if (atEnd || others.length < added.length) toEnd(scroll);
  else offerNew(scroll, true);
  if (others.length) announce(others.slice(-2).map((item) => item.querySelector(".said").innerText.replace(/\s+/g, " ").slice(0, 200)).join(". "));
}

export function isAtEnd(scroll) {
  return scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < NEAR;
}

export function toEnd(scroll) {
  scroll.scrollTop = scroll.scrollHeight;
  offerNew(scroll, false);
}

function offerNew(scroll, yes) {
  scroll.parentElement.querySelector("[data-to-new]").hidden = !yes;
}

export function watchScrolls() {
  for (const scroll of document.querySelectorAll("[data-scroll]")) {
    let atEnd = true;
    scroll.addEventListener("scroll", () => {
      atEnd = isAtEnd(scroll);
      if (atEnd) offerNew(scroll, false);
    }, { passive: true });
    scroll.addEventListener("load", () => { if (atEnd) toEnd(scroll); }, { capture: true });
    scroll.parentElement.querySelector("[data-to-new]").addEventListener("click", () => toEnd(scroll));
  }
}

let source = null;
let soon = 0;

// A browser allows six connections to one address: a page that nobody looks at gives its own back.
export function listen() {
  if (source) return;
  let lost = false;
  source = new EventSource(`/events?as=${encodeURIComponent(document.body.dataset.me)}`);
  source.addEventListener("changed", (event) => hear(JSON.parse(event.data)));
  source.addEventListener("open", () => {
    connected(true);
    lost = false;
    refresh(); // what changed between the making of this page and this moment was told to nobody
  });
  source.addEventListener("error", () => {
    lost = true;
    setTimeout(() => { if (lost && source) connected(false); }, 4000);
  });
}

export function rest() {
  source?.close();
  source = null;
}

function hear(notice) {
  clearTimeout(soon);
  soon = setTimeout(refresh, 80);
  if (notice.new && notice.place !== document.body.dataset.place) announce(words.elsewhere);
}
