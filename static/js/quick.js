// Picks a ready answer in the composer: by its button, or by typing "/" at the beginning. It only fills the field.

const list = document.getElementById("cepat");
const field = document.getElementById("pesan");
const opener = document.querySelector("[data-quick]");
const options = list ? [...list.children] : [];
let shown = [];
let at = -1;

function mark(next) {
  for (const option of options) option.setAttribute("aria-selected", "false");
  at = (next + shown.length) % shown.length;
  const option = shown[at];
  option.setAttribute("aria-selected", "true");
  option.scrollIntoView({ block: "nearest" });
  for (const one of [field, list]) one.setAttribute("aria-activedescendant", option.id);
}

function close() {
  list.hidden = true;
  opener.setAttribute("aria-expanded", "false");
  for (const one of [field, list]) one.removeAttribute("aria-activedescendant");
}

/** Shows the answers whose code begins with the words, or whose title holds them. */
function open(words) {
  const wanted = words.toLowerCase();
  shown = options.filter((option) => {
    const fits = option.dataset.code.startsWith(wanted) || option.dataset.title.toLowerCase().includes(wanted);
    option.hidden = !fits;
    return fits;
  });
  if (shown.length === 0) { close(); return; }
  list.hidden = false;
  opener.setAttribute("aria-expanded", "true");
  mark(0);
}

/** The answer takes the place of what was typed to find it, and comes behind anything else. */
function pick(option) {
  const typed = /^\/\S*$/.test(field.value) ? "" : field.value.trimEnd();
  field.value = typed === "" ? option.dataset.text : `${typed}\n${option.dataset.text}`;
  close();
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
  field.setSelectionRange(field.value.length, field.value.length);
}

function keys(event) {
  if (list.hidden || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key === "ArrowDown") mark(at + 1);
  else if (event.key === "ArrowUp") mark(at - 1);
  else if (event.key === "Enter" && !event.shiftKey) pick(shown[at]);
  else if (event.key === "Escape") close();
  else return;
  event.preventDefault();
  event.stopPropagation();
}

// A prepared answer is put into the field by its own button, wherever that stands.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-use]");
  const option = button && list && options.find((one) => one.dataset.code === button.dataset.use);
  if (!option || !field) return;
  event.preventDefault();
  pick(option);
});

if (list && field && opener) {
  for (const one of [field, list]) one.addEventListener("keydown", keys);
  field.addEventListener("input", () => {
    const typed = /^\/(\S*)$/.exec(field.value);
    if (typed) open(typed[1]);
    else close();
  });
  opener.addEventListener("click", () => {
    if (!list.hidden) { close(); return; }
    field.focus();
    open("");
  });
  // The field keeps the focus, so that typing goes on.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) pick(option);
  });
  document.addEventListener("click", (event) => {
    if (!list.contains(event.target) && !opener.contains(event.target) && event.target !== field) close();
  });
}
