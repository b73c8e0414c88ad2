// Blocks that are fetched again when what they show has changed. Markup says everything: data-live (the page's address; none: it
// stands still), data-live-block (which of its blocks), data-live-topic (what it shows), data-live-gap (seconds between two
// looks), data-live-name and data-live-noun (what is said aloud when rows are new), data-stick="end" (read from its foot),
// data-live-still (left alone while somebody writes in it).
// A block of the simulator has no name: its address gives it alone, every data-every seconds.

import { listen } from "./stream.js";
import { morph } from "./morph.js";

const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

/** Seconds between two looks: while changes are told, only so that waiting times go on; without being told, rather slowly. */
const TOLD = 60;
const UNTOLD = 20;
const TOGETHER = 120;

const looked = new Map();
const wanted = new Set();
let told = false;
let timer = 0;
let fetching = false;

const blocks = () => $$("[data-live]").filter((block) => block.dataset.live !== "");
const period = (block) => Number(block.dataset.every) || (told ? TOLD : UNTOLD);
const since = (block) => Date.now() - (looked.get(block) ?? 0);
const atEnd = (block) => block.scrollHeight - block.scrollTop - block.clientHeight < 60;
const keysIn = (block) => new Set($$("[data-live-key], .bubble[id]", block).map((one) => one.dataset.liveKey ?? one.id));

/** Wants blocks anew; all of a page that are wanted within a moment are fetched at once. */
function want(some) {
  for (const block of some) wanted.add(block);
  if (timer || wanted.size === 0 || document.hidden) return;
  const left = [...wanted].map((block) => (Number(block.dataset.liveGap) || 0) * 1000 - since(block));
  timer = setTimeout(() => { timer = 0; fetchWanted(); }, Math.max(TOGETHER, Math.min(...left)));
}

async function fetchWanted() {
  if (fetching || document.hidden) { want([]); return; }
  fetching = true;
  const due = [...wanted].filter((block) => since(block) >= (Number(block.dataset.liveGap) || 0) * 1000);
  for (const block of due) { wanted.delete(block); looked.set(block, Date.now()); }
  const places = new Set(due.map((block) => block.dataset.live));
  await Promise.all([...places].map((href) => fetchBlocks(href, due.filter((block) => block.dataset.live === href))));
  fetching = false;
  want([]);
}

async function fetchBlocks(href, some) {
  const names = some.map((block) => block.dataset.liveBlock).filter(Boolean);
  let page;
  try {
    const headers = { Accept: "text/html", "X-Loket-Block": names.join(" ") || "semua" };
    const answer = await fetch(href, { headers, credentials: "same-origin", redirect: "error" });
    if (!answer.ok) return;
    page = new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch { return; }
  for (const block of some) {
    const name = block.dataset.liveBlock;
    const fresh = name ? $(`[data-block="${CSS.escape(name)}"]`, page) : page.body;
    if (fresh) show(block, fresh);
  }
}

/** Puts a block in place. Focus, scroll and words being typed stay; what is new is said, not read out. */
function show(block, fresh) {
  const active = document.activeElement;
  // Whoever writes is not disturbed; the next look will do.
  if ("liveStill" in block.dataset && block.contains(active) && active.matches("textarea")) return;
  const before = keysIn(block);
  const end = atEnd(block);
  morph(block, fresh);
  if (active !== document.activeElement && block.contains(active)) active.focus({ preventScroll: true });
  const fresher = [...keysIn(block)].filter((one) => !before.has(one)).length;
  if (block.dataset.stick === "end") {
    if (end) block.scrollTop = block.scrollHeight;
    else if (fresher > 0) newer(block, fresher);
  }
  if (fresher > 0 && block.dataset.liveNoun) announce(block, fresher);
  block.dispatchEvent(new CustomEvent("loket:fresh", { bubbles: true }));
}

function announce(block, count) {
  const said = $("[data-said]");
  if (!said) return;
  // The same words twice would not be said a second time.
  said.textContent = "";
  setTimeout(() => { said.textContent = `${block.dataset.liveName} diperbarui: ${count} ${block.dataset.liveNoun} baru`; }, 50);
}

/** Messages came while the reader is further up: a button leads to them. */
function newer(block, count) {
  const note = block.parentElement.querySelector("[data-newer]");
  if (!note) return;
  const all = Number(note.dataset.newer || 0) + count;
  note.dataset.newer = String(all);
  $("span", note).textContent = `${all} pesan baru`;
  note.hidden = false;
}

function sticking(block) {
  block.scrollTop = block.scrollHeight;
  const note = block.parentElement.querySelector("[data-newer]");
  if (!note) return;
  note.addEventListener("click", () => { block.scrollTop = block.scrollHeight; });
  block.addEventListener("scroll", () => {
    if (!atEnd(block)) return;
    note.hidden = true;
    note.dataset.newer = "";
  }, { passive: true });
}

/** Which blocks show something of what has changed. */
function concerned(changed) {
  const topics = new Set();
  for (const kind of ["permohonan", "percakapan"]) {
    for (const id of changed[kind]) topics.add(kind).add(`${kind}:${id}`);
  }
  if (changed.angka) topics.add("angka");
  return blocks().filter((block) => (block.dataset.liveTopic ?? "").split(" ").some((topic) => topics.has(topic)));
}

function hear(word, data) {
  told = word !== "putus";
  if (word === "segarkan") want(blocks());
  else if (word === "berubah") want(concerned(data));
}

/** Begins to keep the page's blocks as they are on the server. */
export function live() {
  for (const block of $$("[data-stick=end]")) sticking(block);
  if (blocks().length === 0) return;
  for (const block of blocks()) {
    looked.set(block, Date.now());
    block.addEventListener("loket:refresh", () => want([block]));
  }
  const href = $("[data-stream]")?.dataset.stream;
  if (href && blocks().some((block) => block.dataset.liveTopic)) listen(href, hear);
  document.addEventListener("visibilitychange", () => want(blocks()));
  setInterval(() => want(blocks().filter((block) => since(block) >= period(block) * 1000)), 1000);
}
