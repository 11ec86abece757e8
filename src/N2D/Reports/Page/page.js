import { PointMap } from "./map.js";

const system = matchMedia("(prefers-color-scheme: dark)");
const button = document.getElementById("theme");
const maps = [];

function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen === undefined ? system.matches : chosen === "dark";
}

function followTheme() {
  button.setAttribute("aria-pressed", String(isDark()));
  for (const map of maps) map.setTheme(isDark());
}

/** Starts the maps. One that is not on the screen waits until the reader comes near. */
function startMaps() {
  const watcher = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue;
      watcher.unobserve(target);
      const map = new PointMap(target, target.id.replace(/-map$/, ""));
      target.map = map;
      maps.push(map);
      map.start(isDark());
    }
  }, { rootMargin: "600px" });
  for (const root of document.querySelectorAll(".map")) watcher.observe(root);
}

button.hidden = false;
button.addEventListener("click", () => {
  document.documentElement.dataset.theme = isDark() ? "light" : "dark";
  followTheme();
});
system.addEventListener("change", followTheme);
// Paper is white.
addEventListener("beforeprint", () => {
  for (const map of maps) map.setTheme(false);
  for (const details of document.querySelectorAll("details:not([open])")) {
    details.open = true;
    details.dataset.printed = "true";
  }
});
addEventListener("afterprint", () => {
  followTheme();
  for (const details of document.querySelectorAll("details[data-printed]")) {
    details.open = false;
    delete details.dataset.printed;
  }
});
startMaps();
