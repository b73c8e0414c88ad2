// One stream of server-sent events for all tabs of this browser: whoever holds the lock keeps it and tells the others. It is
// closed while no tab is looked at, and opened again, more slowly each time, after it broke.

const FIRST = 1000;
const LONGEST = 60000;
/** After a newer stream of this session took the place, and so the browser has too many. */
const REPLACED = 300000;

/** Calls `hear(word, data)` for "siap", "segarkan", "berubah", and "putus" when nothing is heard any more. */
export function listen(href, hear) {
  const path = href.split("?")[0];
  const others = new BroadcastChannel(`loket ${path}`);
  let address = href;
  let source = null;
  let wait = FIRST;
  let timer = 0;
  let leave = null;
  let queued = null;

  const say = (word, data) => { others.postMessage({ word, data }); hear(word, data); };
  others.addEventListener("message", ({ data }) => hear(data.word, data.data));

  const shut = () => { clearTimeout(timer); source?.close(); source = null; };
  const later = (pause) => {
    shut();
    say("putus");
    timer = setTimeout(open, pause * (0.75 + Math.random() / 2));
    wait = Math.min(wait * 2, LONGEST);
  };

  function open() {
    shut();
    source = new EventSource(address);
    // Whoever comes back has missed something, so the server says "segarkan" to an address that does not say since when.
    address = path;
    for (const word of ["siap", "segarkan", "berubah"]) {
      source.addEventListener(word, (event) => { wait = FIRST; say(word, JSON.parse(event.data)); });
    }
    source.addEventListener("penuh", () => later(REPLACED));
    source.addEventListener("error", () => later(wait));
  }

  function begin() {
    if (leave || queued) return;
    if (!navigator.locks) { leave = shut; open(); return; }
    queued = new AbortController();
    navigator.locks.request(`loket ${path}`, { signal: queued.signal }, () => new Promise((done) => {
      queued = null;
      leave = () => { shut(); done(); };
      open();
    })).catch(() => { /* it was not waited for any longer */ });
  }

  function end() {
    queued?.abort();
    leave?.();
    queued = leave = null;
    hear("putus");
  }

  const look = () => {
    if (document.hidden) end();
    else begin();
  };
  document.addEventListener("visibilitychange", look);
  addEventListener("pagehide", end);
  addEventListener("pageshow", (event) => { if (event.persisted) look(); });
  look();
}
