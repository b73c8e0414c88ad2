// Makes what stands on the page like what was fetched, changing as little as possible: what somebody types in, has opened or
// stands on stays where it is.

/** Attributes that the reader or a script has set, not the server. */
const OWN = new Set(["open", "aria-busy", "data-sent"]);

const key = (node) => node.id || node.dataset?.liveKey || "";

const isTyped = (field) => (field.matches("[type=checkbox], [type=radio]") ? field.checked !== field.defaultChecked
  : field.matches("input:not([type=hidden]), textarea") && field.value !== field.defaultValue);

/** Whether somebody is using something of it. */
function inUse(node) {
  if (!(node instanceof Element)) return false;
  if (node.matches("details[open]") || node.querySelector("details[open]")) return true;
  const fields = [node, ...node.querySelectorAll("input, textarea, select")].filter((one) => one.matches("input, textarea, select"));
  return fields.some((field) => field === document.activeElement || isTyped(field));
}

/** What stands in a form that somebody has opened is theirs until it is sent: drawn anew it would be sent unseen. */
const isTheirs = (node) => node instanceof Element && node.matches("input, select, textarea") && node.matches("details[open] form *");

function attributes(was, want) {
  for (const { name, value } of want.attributes) if (!OWN.has(name) && was.getAttribute(name) !== value) was.setAttribute(name, value);
  for (const { name } of [...was.attributes]) if (!OWN.has(name) && !want.hasAttribute(name)) was.removeAttribute(name);
}

/** The node, from `at` on, that is to become `next`: by its key, or the next of its kind; words only where they stand. */
function counterpart(at, next) {
  if (next.nodeType !== Node.ELEMENT_NODE) return at?.nodeType === next.nodeType ? at : null;
  for (let node = at; node; node = node.nextSibling) if (node.nodeName === next.nodeName && key(node) === key(next)) return node;
  return null;
}

/** Gives `was` the children of `want`. */
export function morph(was, want) {
  const wanted = [...want.childNodes];
  const keys = new Set(wanted.map(key));
  for (const node of [...was.childNodes]) if (!keys.has(key(node)) && !inUse(node)) node.remove();
  let at = was.firstChild;
  for (const next of wanted) {
    const found = counterpart(at, next);
    if (!found) { was.insertBefore(next, at); continue; }
    for (let node = at; node !== found;) {
      const gone = node;
      node = node.nextSibling;
      if (key(gone) || inUse(gone)) continue;
      if (gone === at) at = node;
      gone.remove();
    }
    if (found === at) at = at.nextSibling;
    else was.insertBefore(found, at);
    if (found.isEqualNode(next) || isTheirs(found)) continue;
    if (found.nodeType === Node.ELEMENT_NODE) { attributes(found, next); morph(found, next); }
    else found.nodeValue = next.nodeValue;
  }
  while (at) {
    const gone = at;
    at = at.nextSibling;
    if (!inUse(gone)) gone.remove();
  }
}
