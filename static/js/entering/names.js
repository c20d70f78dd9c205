// A field that takes something on record proposes what is called so, by any of its names.

const page = document.querySelector(".entering");
const list = document.createElement("ul");
Object.assign(list, { id: "proposed-names", hidden: true, className: "names" });
list.setAttribute("role", "listbox");
let names; // of each kind, everything with all its names
let input = null; // the field that the list is for
let found = [];
let active = -1;

const plain = { ı: "i", ł: "l", ø: "o" };

function folded(text) {
  const bare = text.toLowerCase().normalize("NFKD").replace(/[\p{M}’ʼʿʾ']/gu, "");
  return bare.replaceAll("-", " ").replace(/[ıłø]/g, (letter) => plain[letter]);
}

async function read() {
  const answer = await fetch(page.dataset.namesUrl);
  if (!answer.ok) return;
  names = await answer.json();
  for (const things of Object.values(names)) {
    things.forEach((all, place) => {
      things[place] = { name: all[0], all, folded: all.map(folded) };
    });
  }
}

const separator = (field) => (field.dataset.several ? ";" : null);

// What is being typed: all of it, or what follows the last semicolon.
function typed(field) {
  const text = separator(field) ? field.value.split(";").at(-1) : field.value;
  return text.trim();
}

// Whether each word begins one of the name’s, in whatever order; or all do, written as one.
function isNamed(name, words) {
  const parts = words.split(/\s+/).filter(Boolean);
  const isThere = parts.every((one) => ` ${name}`.includes(` ${one}`));
  return isThere || name.replaceAll(" ", "").startsWith(parts.join(""));
}

function matches(field) {
  const words = folded(typed(field));
  const things = names?.[field.dataset.names] ?? [];
  if (!words) return things.slice(0, 40).map(({ name }) => ({ name, by: "" }));
  const first = [];
  const others = [];
  for (const one of things) {
    if (isNamed(one.folded[0], words)) first.push({ name: one.name, by: "" });
    else {
      const place = one.folded.findIndex((name) => isNamed(name, words));
      if (place > 0) others.push({ name: one.name, by: one.all[place] });
    }
  }
  return [...first, ...others].slice(0, 12);
}

function isKnown(field) {
  const words = folded(field.value.trim());
  return (names?.[field.dataset.names] ?? []).some((one) => one.folded.includes(words));
}

function close() {
  list.hidden = true;
  active = -1;
  input?.setAttribute("aria-expanded", "false");
  input?.removeAttribute("aria-activedescendant");
}

function option({ name, by, isNew }, place) {
  const item = document.createElement("li");
  item.id = `proposed-name-${place}`;
  item.setAttribute("role", "option");
  item.setAttribute("aria-selected", "false");
  item.textContent = isNew ? page.dataset.newPerson.replace("#", name) : name;
  if (by) {
    const other = document.createElement("bdi");
    other.textContent = by;
    item.append(" ", other);
  }
  return item;
}

function show() {
  found = matches(input);
  const words = typed(input);
  if (input.dataset.names === "person" && words && !isKnown(input)) {
    found.push({ name: words, by: "", isNew: true });
  }
  list.replaceChildren(...found.map(option));
  input.parentElement.append(list);
  list.hidden = found.length === 0;
  input.setAttribute("aria-expanded", String(!list.hidden));
  point(words && found.length ? 0 : -1);
}

function point(place) {
  list.children[active]?.setAttribute("aria-selected", "false");
  active = place;
  const item = list.children[active];
  if (item) {
    item.setAttribute("aria-selected", "true");
    item.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", item.id);
  } else {
    input.removeAttribute("aria-activedescendant");
  }
}

function newBox(field) {
  return document.getElementById(`${field.id}-is_new`);
}

function choose(place) {
  const { name, isNew } = found[place];
  const before = separator(input) ? input.value.split(";").slice(0, -1) : [];
  input.value = [...before.map((one) => one.trim()), name].join("; ");
  const box = newBox(input);
  if (box) box.checked = Boolean(isNew);
  close();
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

function setUp(field) {
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  field.setAttribute("aria-expanded", "false");
}

page.addEventListener("focusin", ({ target }) => {
  if (!target.matches("input[data-names]")) return;
  input = target;
  setUp(input);
  if (!names) read();
});

page.addEventListener("input", async ({ target }) => {
  if (!target.matches("input[data-names]")) return;
  const box = newBox(target);
  if (box) box.checked = false;
  if (!names) await read();
  if (target === input) show();
});

page.addEventListener("keydown", (event) => {
  if (event.target !== input || event.isComposing) return;
  const isOpen = !list.hidden;
  if (event.key === "ArrowDown" && !isOpen) {
    event.preventDefault();
    show();
  } else if (isOpen && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault();
    const step = event.key === "ArrowDown" ? 1 : -1;
    point((active + step + found.length) % found.length);
  } else if (event.key === "Escape" && isOpen) {
    event.preventDefault();
    close();
  } else if (event.key === "Enter" && isOpen && active >= 0) {
    event.preventDefault();
    choose(active);
  } else if (event.key === "Tab" && isOpen && active >= 0 && !found[active].isNew) {
    choose(active);
  }
});

page.addEventListener("focusout", ({ target }) => {
  if (target === input) close();
});
// Before the field loses the focus, which would close the list under the pointer.
list.addEventListener("pointerdown", (event) => event.preventDefault());
list.addEventListener("click", (event) => {
  const item = event.target.closest("[role=option]");
  if (item) choose([...list.children].indexOf(item));
});
// Somebody may have put a name on record in another tab.
window.addEventListener("focus", () => {
  if (names) read();
});
