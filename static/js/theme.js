// Runs before the first paint: the reader's choice of light or dark, and the mark that scripts run. Not a module, so that it blocks.
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  try {
    const theme = localStorage.getItem("loket-theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  } catch {
    // Storage may be closed; the system's choice then stands.
  }
})();
