// What a form would make, drawn while it is typed: the form is sent with `action=lihat`, which keeps nothing, and the
// part of the answer that the form names takes the place of the one on the page. Without scripts a button does it.

const PAUSE = 500;

for (const form of document.querySelectorAll("form[data-preview]")) follow(form, form.dataset.preview);

function follow(form, id) {
  let wait = 0;
  let asked = null;
  form.addEventListener("input", (event) => {
    if (event.target.name === "try_line") return;
    clearTimeout(wait);
    wait = setTimeout(draw, PAUSE);
  });

  async function draw() {
    asked?.abort();
    asked = new AbortController();
    const body = new URLSearchParams(new FormData(form));
    body.set("action", "lihat");
    try {
      // The buttons of the form are called action too, and would stand in the place of its address.
      const answer = await fetch(form.getAttribute("action"), { method: "POST", body, signal: asked.signal });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById(id);
      if (fresh) document.getElementById(id)?.replaceChildren(...fresh.childNodes);
    } catch { /* the next key tries again */ }
  }
}
