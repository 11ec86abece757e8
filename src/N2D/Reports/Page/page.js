import { element } from "./dom.js";
import { PointMap } from "./map.js";

const system = matchMedia("(prefers-color-scheme: dark)");
const button = document.getElementById("theme");
const maps = [];
const earlyMaps = 8;

function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen === undefined ? system.matches : chosen === "dark";
}

function followTheme() {
  button.setAttribute("aria-pressed", String(isDark()));
  for (const map of maps) map.setTheme(isDark());
}

/** Starts a map, once. A map that fails says so, and the others still start. */
async function start(root) {
  if (root.map !== undefined) return;
  root.map = null;
  try {
    root.map = new PointMap(root, root.id.replace(/-map$/, ""));
    maps.push(root.map);
    await root.map.start(isDark());
  } catch (error) {
    root.dataset.failed = "true";
    root.replaceChildren(element("p", {
      role: "alert",
      textContent: `The browser cannot draw the map (${error.message}). Use a current version. The tables below do not require the map.`,
    }));
  }
}

/**
 * Starts the maps: first those on the screen, then the others one by one. Browsers keep the graphics of 16 maps, so that those after the
 * first ones wait until the reader comes near.
 */
async function startMaps() {
  const roots = [...document.querySelectorAll(".map")];
  const watcher = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) if (isIntersecting) start(target);
  }, { rootMargin: "600px" });
  for (const root of roots) watcher.observe(root);
  for (const root of roots.slice(0, earlyMaps)) await start(root);
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
  for (const details of document.querySelectorAll("details:not([open], .selection details)")) {
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
