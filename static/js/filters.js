// The filters work as a plain form. With htmx they apply at each change, so the button is
// not needed, and on wide screens they stand open beside the list.

const filters = document.getElementById("filters");
const wide = window.matchMedia("(min-width: 60rem)");

const openOnWideScreens = () => {
  filters.open = wide.matches;
};
wide.addEventListener("change", openOnWideScreens);
openOnWideScreens();
filters.classList.add("scripted");

// What takes away a name that the picture shows is loaded when it first shows one.
for (const shown of ["pointerover", "focusin"]) {
  document.body.addEventListener(shown, ({ target }) => {
    if (target.closest("#picture a")) import("./picture.js");
  });
}

// So is what copies, when something is unfolded that is made to be copied.
document.addEventListener(
  "toggle",
  ({ target }) => {
    if (target.querySelector("[data-copies]")) import("./copy.js");
  },
  { capture: true },
);

// A link to a round or milestone that is not on this page leads to the page that has it.
const leadOn = async () => {
  const place = location.hash.slice(1);
  if (!/^(round|milestone)-[\w-]+$/.test(place) || document.getElementById(place)) return;
  const { lead } = await import("./places.js");
  lead(place);
};
addEventListener("hashchange", leadOn);
leadOn();

// An empty field in the address says nothing, nor does what holds anyway.
const defaults = { match: "any", order: "newest" };
document.body.addEventListener("htmx:configRequest", ({ detail }) => {
  for (const [name, value] of [...detail.formData.entries()]) {
    if (value === "" || value === defaults[name]) detail.formData.delete(name);
  }
});

// What the reader unfolded or typed meanwhile outlasts the answer, which has fields anew.
let unfolded = new Set();
let typed = new Map();
const groups = () => [...filters.querySelectorAll(".group")];
const texts = () => [...filters.querySelectorAll("input:not([type=checkbox])")];
document.body.addEventListener("htmx:beforeSwap", () => {
  unfolded = new Set(groups().filter((group) => group.open).map((group) => group.id));
  typed = new Map(texts().map((input) => [input.id, input.value]));
});
const showTable = () => {
  if (document.getElementById("table")) import("./table.js").then((module) => module.setUp());
};
showTable();

document.body.addEventListener("htmx:afterSettle", () => {
  showTable();
  for (const group of groups()) group.open ||= unfolded.has(group.id);
  for (const input of texts()) input.value = typed.get(input.id) ?? input.value;
  typed.clear();
});

// The head follows too: it is what others read of the page.
document.body.addEventListener("htmx:beforeSwap", async ({ detail }) => {
  if (!detail.shouldSwap) return;
  const { follow } = await import("./head.js");
  follow(detail.xhr.responseText);
});

// The narrow picture stays folded or unfolded, so that what is read does not jump.
document.body.addEventListener("htmx:oobBeforeSwap", ({ detail }) => {
  const before = detail.target.querySelector("details.drawing");
  const after = detail.fragment.querySelector("details.drawing");
  if (before && after) after.open = before.open;
});

// Where no answer comes, the form is sent as without a script: then the browser says what is wrong.
for (const failure of ["htmx:sendError", "htmx:responseError"]) {
  document.body.addEventListener(failure, () => filters.querySelector("form").submit());
}

const find = document.getElementById("find-topic");
find.parentElement.hidden = false;
find.addEventListener("focus", () => import("./topics.js"), { once: true });

// Suggestions are loaded when somebody wants to search, to keep the first view small.
document.getElementById("search-box").addEventListener("focus", () => import("./search.js"), {
  once: true,
});

// On a narrow screen the filters stand before the rounds, and are folded again to show these.
filters.querySelector("form").addEventListener("submit", () => {
  if (wide.matches) return;
  filters.open = false;
  document.querySelector(".selection").scrollIntoView();
});
