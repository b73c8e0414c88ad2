// Zoom and rotate of the file viewer: only classes change, the policy allows no inline style.
const viewer = document.querySelector("[data-viewer]");

if (viewer) {
  const state = { zoom: 1, turn: 0 };
  const show = () => {
    for (const n of [2, 3]) viewer.classList.toggle(`is-zoom-${n}`, state.zoom === n);
    for (const n of [1, 2, 3]) viewer.classList.toggle(`is-turn-${n}`, state.turn === n);
  };
  const zoom = () => { state.zoom = (state.zoom % 3) + 1; show(); };
  const turn = () => { state.turn = (state.turn + 1) % 4; show(); };
  document.querySelector("[data-zoom]")?.addEventListener("click", zoom);
  document.querySelector("[data-turn]")?.addEventListener("click", turn);
  viewer.addEventListener("keydown", (event) => {
    if (event.key === "+") zoom();
    else if (event.key === "r") turn();
  });
}
