// Suggests while typing: a combobox whose list opens below the search box of the header.
// Without this module the box is a plain form.

const form = document.querySelector("form.search-box");
const input = form.querySelector("input");
const status = form.querySelector("[role=status]");
const list = document.createElement("ul");
let timer;
let active = -1;
let shown = ""; // the words that the list is for
let latest = new AbortController();

function setUp() {
  Object.assign(list, { id: "search-suggestions", hidden: true });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.labels[0].textContent);
  form.append(list);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");
}

function close() {
  list.hidden = true;
  active = -1;
  input.setAttribute("aria-expanded", "false");
  input.removeAttribute("aria-activedescendant");
}

function option({ title, kind, url }, place) {
  const item = document.createElement("li");
  const name = document.createElement("span");
  const what = document.createElement("span");
  item.id = `search-suggestion-${place}`;
  item.setAttribute("role", "option");
  item.dataset.url = url;
  item.setAttribute("aria-selected", "false");
  name.textContent = title;
  what.textContent = kind;
  what.className = "what";
  item.append(name, " ", what);
  return item;
}

function show(suggestions, words) {
  close();
  shown = words;
  list.replaceChildren(...suggestions.map(option));
  list.hidden = suggestions.length === 0;
  input.setAttribute("aria-expanded", String(!list.hidden));
  status.textContent = list.hidden ? status.dataset.none : status.dataset.some;
}

async function suggest() {
  latest.abort();
  latest = new AbortController();
  const words = input.value.trim();
  // Shown anew, the list would lose what the visitor has chosen meanwhile.
  if (words === shown && !list.hidden) return;
  if (words.length < 2) {
    close();
    status.textContent = "";
    return;
  }
  try {
    const address = `${form.dataset.suggest}?q=${encodeURIComponent(words)}`;
    const response = await fetch(address, { signal: latest.signal });
    if (response.ok) show((await response.json()).suggestions, words);
  } catch {
    // Asked again meanwhile, or offline: the form still works.
  }
}

function choose(place) {
  const options = [...list.children];
  options[active]?.setAttribute("aria-selected", "false");
  active = place;
  const chosen = options[active];
  if (chosen) {
    chosen.setAttribute("aria-selected", "true");
    chosen.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", chosen.id);
  } else {
    input.removeAttribute("aria-activedescendant");
  }
}

// From the box down to the first, from the last back to the box.
function move(step) {
  const places = list.children.length + 1;
  choose(((active + 1 + step + places) % places) - 1);
}

function forget() {
  clearTimeout(timer);
  latest.abort();
  close();
}

function press(event) {
  if (event.isComposing) return;
  if (event.key === "Escape" && !list.hidden) {
    event.preventDefault();
    forget();
  } else if (!list.hidden && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault();
    move(event.key === "ArrowDown" ? 1 : -1);
  } else if (event.key === "ArrowDown") {
    suggest();
  } else if (event.key === "Enter" && active >= 0) {
    event.preventDefault();
    location.assign(list.children[active].dataset.url);
  }
}

setUp();
input.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(suggest, 150);
});
input.addEventListener("keydown", press);
input.addEventListener("blur", forget);
// Before the blur, which would close the list under the pointer.
list.addEventListener("pointerdown", (event) => event.preventDefault());
list.addEventListener("click", (event) => {
  const chosen = event.target.closest("[role=option]");
  if (chosen) location.assign(chosen.dataset.url);
});

// Loaded late, the module may have missed what was typed already.
if (input.value) suggest();
