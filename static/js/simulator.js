// Sends the phone's messages without leaving the page, then asks the live blocks for news. Without scripts the same forms post and redirect.
const blocks = () => document.querySelectorAll("[data-live]");
const news = () => { for (const block of blocks()) block.dispatchEvent(new CustomEvent("loket:refresh")); };

for (const form of document.querySelectorAll("form[data-sim]")) {
  form.addEventListener("submit", async (event) => {
    if (form.dataset.plain) return;
    event.preventDefault();
    const body = new FormData(form, event.submitter ?? undefined);
    try {
      const answer = await fetch(form.action, { method: "POST", body, credentials: "same-origin" });
      if (!answer.ok) throw new Error(String(answer.status));
    } catch {
      form.dataset.plain = "1";
      delete form.dataset.sent;
      form.requestSubmit(event.submitter);
      return;
    }
    form.reset();
    for (const open of form.querySelectorAll("details[open]")) open.open = false;
    delete form.dataset.sent;
    news();
    for (const wait of [300, 900]) setTimeout(news, wait);
  });
}

const field = document.querySelector("#pesan");
field?.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    if (field.value.trim() !== "") field.form.requestSubmit();
  }
});
