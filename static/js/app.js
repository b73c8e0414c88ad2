// What scripts add to pages that already work without them: keys, dialogs, copying, drafts of this tab, live blocks.

import { live } from "./live.js";

const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

/** Light or dark, kept on this device. */
function themeToggle() {
  for (const button of $$("[data-theme-toggle]")) {
    button.addEventListener("click", () => {
      const root = document.documentElement;
      const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
      const next = (root.dataset.theme ?? system) === "dark" ? "light" : "dark";
      root.dataset.theme = next;
      try { localStorage.setItem("loket-theme", next); } catch { /* the choice then lasts for this page */ }
    });
  }
}

const typing = (target) => target instanceof Element && target.closest("input, textarea, select, [contenteditable]") !== null;

/** j and k move between rows; Enter is the link's own. */
function step(by) {
  const rows = $$("[data-row]");
  if (rows.length === 0) return;
  const at = rows.indexOf(document.activeElement?.closest("[data-row]"));
  const next = rows[Math.min(rows.length - 1, Math.max(0, at < 0 ? 0 : at + by))];
  next.focus();
  next.scrollIntoView({ block: "nearest" });
}

/** Presses what the key stands for: in the row that has the focus, otherwise the first on the page. A panel that opens takes the focus. */
function press(key) {
  const able = $$(`[data-key="${CSS.escape(key)}"]:not(:disabled)`).filter((one) => one.checkVisibility());
  const row = document.activeElement?.closest("[data-row]");
  const one = able.find((candidate) => row?.contains(candidate)) ?? able[0];
  if (!one) return false;
  if (one.matches("textarea")) { one.focus(); one.scrollIntoView({ block: "nearest" }); return true; }
  one.click();
  if (one.matches("summary")) $("input:not([type=hidden]), select, textarea, button", one.nextElementSibling)?.focus();
  return true;
}

function keys() {
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      const open = $$("details.pop[open]").pop();
      if (open) { open.open = false; $("summary", open).focus(); }
      return;
    }
    if (event.ctrlKey || event.metaKey) {
      if (event.key === "Enter" && event.target.matches("textarea")) event.target.form.requestSubmit();
      return;
    }
    if (event.altKey || typing(event.target) || $("dialog[open]")) return;
    if (event.key === "?") $("#pintasan")?.showModal();
    else if (event.key === "/") {
      const field = $("[data-search]");
      if (field?.checkVisibility()) { event.preventDefault(); field.focus(); field.select(); }
    } else if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else if (!event.shiftKey && press(event.key.toLowerCase())) event.preventDefault();
  });
}

/** A panel closes when one clicks beside it. */
function pops() {
  document.addEventListener("click", (event) => {
    for (const open of $$("details.pop[open]")) if (!open.contains(event.target)) open.open = false;
  });
}

/** A button with data-opens shows the dialog of that name; a click beside the dialog closes it. */
function dialogs() {
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-opens]");
    if (opener) {
      opener.closest("details.pop")?.removeAttribute("open");
      document.getElementById(opener.dataset.opens)?.showModal();
    } else if (event.target instanceof HTMLDialogElement) event.target.close();
  });
}

/** How many letters are left; said aloud only when few are. */
function left() {
  for (const note of $$("[data-left]")) {
    const field = document.getElementById(note.dataset.left);
    const count = () => {
      const rest = field.maxLength - field.value.length;
      note.textContent = `Sisa ${rest} huruf`;
      if (rest < 20) note.setAttribute("role", "status");
      else note.removeAttribute("role");
    };
    field.addEventListener("input", count);
    count();
  }
}

function copying() {
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const word = $("span", button);
    const before = word.textContent;
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
      word.textContent = "Tersalin";
    } catch {
      word.textContent = "Tidak dapat disalin";
    }
    setTimeout(() => { word.textContent = before; }, 2000);
  });
}

const DRAFT = "loket-draft-";

/** Unsent words stay in this tab only, and go when they are sent, at signing out, or when the tab closes. */
function drafts() {
  const keep = (act) => { try { return act(); } catch { return null; /* storage may be closed */ } };
  const restore = (root) => {
    for (const field of $$("[data-draft]", root)) {
      if (field.value === "") field.value = keep(() => sessionStorage.getItem(DRAFT + field.dataset.draft)) ?? "";
    }
  };
  restore(document);
  document.addEventListener("loket:fresh", (event) => restore(event.target));
  const save = ({ target }) => {
    if (target.matches("[data-draft]")) keep(() => sessionStorage.setItem(DRAFT + target.dataset.draft, target.value));
  };
  // What empties a field without typing tells of a change only; a fresh block would bring the old words back.
  for (const kind of ["input", "change"]) document.addEventListener(kind, save);
  document.addEventListener("submit", ({ target }) => {
    for (const field of $$("[data-draft]", target)) keep(() => sessionStorage.removeItem(DRAFT + field.dataset.draft));
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-leaves]")) return;
    try {
      for (const key of Object.keys(sessionStorage)) if (key.startsWith(DRAFT)) sessionStorage.removeItem(key);
    } catch { /* then there are none */ }
  });
  document.addEventListener("click", (event) => {
    const quick = event.target.closest("[data-insert]");
    const field = quick?.form?.elements.namedItem("text");
    if (!field) return;
    event.preventDefault();
    field.value = field.value === "" ? quick.dataset.insert : `${field.value}\n${quick.dataset.insert}`;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  });
}

/** A filter sends itself when it changes. */
function filters() {
  for (const form of $$("form[data-autosubmit]")) form.addEventListener("change", () => form.requestSubmit());
}

/** A form is sent once, however often it is pressed. */
function once() {
  document.addEventListener("submit", (event) => {
    if (event.target.method !== "post") return;
    if (event.target.dataset.sent) { event.preventDefault(); return; }
    event.target.dataset.sent = "1";
    const button = event.defaultPrevented ? null : event.submitter;
    const busy = setTimeout(() => button?.setAttribute("aria-busy", "true"), 300);
    const rest = () => {
      clearTimeout(busy);
      button?.removeAttribute("aria-busy");
      delete event.target.dataset.sent;
    };
    setTimeout(rest, 4000);
    // Coming back by the browser's own button finds the page as it was left.
    addEventListener("pageshow", rest, { once: true });
  });
}

for (const part of [themeToggle, keys, pops, dialogs, left, copying, drafts, filters, live, once]) part();
