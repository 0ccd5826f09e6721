// Keys for everything that a page can do. A key presses what a person could press: every action is a link, a button,
// a checkbox or a summary on the page, marked by data-key (in the chosen entry first, else on the page).
"use strict";

const items = () => [...document.querySelectorAll("#main [data-item]")].filter((e) => e.offsetParent !== null && !e.parentElement.closest("[data-item]"));
const chosen = () => document.querySelector("#main [data-item].is-chosen");
const typing = (e) => e.target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");
let going = 0; // when "g" was pressed, in milliseconds
let place = -1; // which entry was chosen, kept when the page's middle is changed by a decision

function choose(step) {
  const all = items();
  if (!all.length) return;
  const now = all.indexOf(chosen());
  place = Math.min(Math.max((now < 0 ? (step > 0 ? -1 : all.length) : now) + step, 0), all.length - 1);
  mark(all[place]);
}

function mark(item) {
  document.querySelectorAll("#main .is-chosen").forEach((e) => e.classList.remove("is-chosen"));
  if (!item) return;
  item.classList.add("is-chosen");
  if (!item.hasAttribute("tabindex")) item.tabIndex = -1;
  item.focus({ preventScroll: true });
  item.scrollIntoView({ block: "nearest" });
}

function within(scope, key) {
  return [...scope.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].find((e) => e.offsetParent !== null);
}

function press(key) {
  const open = document.querySelector("#main details.menu[open]");
  const item = chosen();
  const found = (open && within(open, key)) || (item && within(item, key)) || outside(key);
  if (!found) return false;
  if (found.tagName === "SUMMARY") toggle(found);
  else found.click();
  return true;
}

// On the page at large, but not inside an entry that was not chosen, unless there is just one of the kind.
function outside(key) {
  const all = [...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].filter((e) => e.offsetParent !== null);
  const free = all.filter((e) => !e.closest("[data-item]"));
  return free[0] || (all.length === 1 || items().length === 1 ? all[0] : undefined);
}

function toggle(summary) {
  const details = summary.parentElement;
  document.querySelectorAll("#main details.menu[open]").forEach((d) => d !== details && (d.open = false));
  details.open = !details.open;
  if (details.open) (details.querySelector("textarea, input:not([type=hidden])") || details.querySelector("a, button"))?.focus();
}

function help() {
  const dialog = document.getElementById("keys");
  if (dialog && !dialog.open) dialog.showModal();
}

document.addEventListener("keydown", (e) => {
  if (e.ctrlKey || e.metaKey || e.altKey || document.querySelector("dialog[open]")) return;
  if (e.key === "Escape") {
    const open = document.querySelector("#main details.menu[open]");
    if (open) {
      open.open = false;
      open.querySelector("summary").focus();
    } else document.activeElement?.blur();
    return;
  }
  if (typing(e)) return;
  if (Date.now() - going < 1500) {
    going = 0;
    const link = document.querySelector(`[data-go="${CSS.escape(e.key)}"]`);
    if (link) {
      e.preventDefault();
      link.click();
    }
    return;
  }
  const acts = {
    g: () => (going = Date.now()),
    j: () => choose(1),
    k: () => choose(-1),
    "?": help,
    "/": () => document.querySelector('[data-focus="/"]')?.focus(),
    Enter: () => (e.target.closest("a, button, summary, label") ? false : chosen()?.querySelector("[data-open]")?.click() ?? false),
  };
  const act = acts[e.key];
  if (act ? act() !== false : /^[a-zA-Z0-9[\]]$/.test(e.key) && press(e.key)) e.preventDefault();
});

document.addEventListener("click", (e) => {
  if (e.target.closest("[data-help]")) help();
  const item = e.target.closest("#main [data-item]");
  if (item && !item.parentElement.closest("[data-item]")) place = items().indexOf(item);
  document.querySelectorAll("#main details.menu[open]").forEach((d) => d.contains(e.target) || (d.open = false));
});

// After a decision the middle of the page is new: the entry at the same place is chosen again, the next one where it is gone.
// Not before htmx knows the new forms: a key would send one the slow way.
document.addEventListener("htmx:afterSettle", () => {
  const all = items();
  const first = document.querySelector("#main [autofocus]");
  if (first) first.focus();
  else if (place >= 0 && all.length) mark(all[Math.min(place, all.length - 1)]);
});
document.addEventListener("htmx:sendError", () => say("The server does not answer; nothing was recorded. Is sayso serve still running?"));
document.addEventListener("htmx:beforeRequest", () => document.documentElement.classList.add("is-busy"));
document.addEventListener("htmx:afterRequest", () => document.documentElement.classList.remove("is-busy"));

function say(words) {
  let box = document.getElementById("say");
  if (!box) {
    box = document.createElement("div");
    box.id = "say";
    box.className = "fault";
    box.setAttribute("role", "alert");
    document.getElementById("main").prepend(box);
  }
  box.textContent = words;
}

// A form that nothing was filled in of leaves no trace in the address.
document.addEventListener("submit", (e) => {
  if (e.target.matches("form.filters[action]:not([method])")) {
    e.target.querySelectorAll("input, select").forEach((f) => (f.disabled = f.value === ""));
    setTimeout(() => e.target.querySelectorAll("input, select").forEach((f) => (f.disabled = false)));
  }
});
document.addEventListener("htmx:configRequest", (e) => {
  if (e.detail.verb === "get") for (const [name, value] of [...e.detail.formData.entries()]) if (value === "") e.detail.formData.delete(name);
});
