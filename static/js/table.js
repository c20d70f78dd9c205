// The table of rounds: sorted by any column, and copied with its sources, in whole or in part.

const table = () => document.getElementById("table");

// What it says, without the marks of its sources.
function words(element) {
  const copy = element?.cloneNode(true);
  copy?.querySelectorAll(".cite a, .printed").forEach((one) => one.remove());
  return copy?.textContent.replace(/\s+/g, " ").trim() ?? "";
}

// By date and number as by their value, otherwise as words.
const compare = (one, other) => one.localeCompare(other, document.documentElement.lang, { numeric: true });
const value = (row, column) => row.cells[column]?.dataset.sort ?? words(row.cells[column]);

function sort(heading) {
  const isUp = heading.getAttribute("aria-sort") !== "ascending";
  const column = heading.cellIndex;
  const body = table().tBodies[0];
  const rows = [...body.rows].sort((one, other) => compare(value(one, column), value(other, column)));
  body.append(...(isUp ? rows : rows.reverse()));
  for (const other of heading.parentElement.cells) other.removeAttribute("aria-sort");
  heading.setAttribute("aria-sort", isUp ? "ascending" : "descending");
}

function heading() {
  const title = document.createElement("h2");
  const page = document.createElement("p");
  title.textContent = words(document.querySelector(".sentence"));
  page.textContent = [words(document.getElementById("edition")), location.href].join(" ");
  return [title, page];
}

// What goes along into a text: whole addresses, numbers for marks, and no links of the page alone.
function portable(element) {
  const copy = element.cloneNode(true);
  for (const part of copy.querySelectorAll(".back, .rests, caption")) part.remove();
  for (const button of copy.querySelectorAll("th button")) button.replaceWith(button.textContent);
  for (const mark of copy.querySelectorAll(".cite")) {
    mark.textContent = [...mark.querySelectorAll("a")].map((link) => `[${link.textContent}]`).join("");
  }
  for (const link of copy.querySelectorAll("a[href]")) link.setAttribute("href", link.href);
  for (const part of [copy, ...copy.querySelectorAll("*")]) {
    for (const name of part.getAttributeNames()) {
      if (!["href", "lang", "dir", "colspan", "scope"].includes(name)) part.removeAttribute(name);
    }
  }
  return copy;
}

const asRows = (rows) => [...rows].map((row) => [...row.cells].map(words).join("\t")).join("\n");
const asNote = (note, number) => `[${number}] ${words(note)} ${note.querySelector("a").href}`;

function asText(rows, notes) {
  const sources = [...notes.querySelectorAll("li")].map((note, place) => asNote(note, place + 1));
  return [asRows(rows.rows), "", ...sources].join("\n");
}

// What is selected of the table, in as much of it as holds that together; null where nothing is,
// or where the table is only a part of what is selected.
function selected(range) {
  const [first, last] = [range.startContainer, range.endContainer].map((end) => table().contains(end));
  if (!first && !last) return null;
  const part = range.cloneRange();
  if (!first) part.setStart(table(), 0);
  if (!last) part.setEnd(table(), table().childNodes.length);
  let held = document.createElement("div");
  held.append(part.cloneContents());
  const { commonAncestorContainer: inner } = part;
  let around = inner.closest && !inner.closest("td, th") ? inner : null; // within a cell it is no table
  for (; around; around = around === table() ? null : around.parentElement) {
    const shell = around.cloneNode(false);
    shell.append(...held.childNodes);
    held = document.createElement("div");
    held.append(shell);
  }
  return held;
}

// The notes to which marks in it lead, each with the number that it has on the page.
function notesOf(part) {
  const marks = [...part.querySelectorAll(".cite a[href^='#']")];
  const ids = new Set(marks.map((mark) => mark.hash.slice(1)));
  return [...document.querySelectorAll("#sources li")].filter((note) => ids.has(note.id));
}

const numberOf = (note) => [...note.parentElement.children].indexOf(note) + 1;

// A passage that is copied by hand brings its notes as well.
document.addEventListener("copy", (event) => {
  const selection = getSelection();
  if (!table() || selection.isCollapsed) return;
  const ranges = Array.from({ length: selection.rangeCount }, (_, place) => selection.getRangeAt(place));
  const parts = ranges.map(selected).filter(Boolean);
  const notes = [...new Set(parts.flatMap(notesOf))].sort((one, other) => numberOf(one) - numberOf(other));
  if (!notes.length) return;
  const list = document.createElement("ol");
  for (const note of notes) {
    const item = portable(note);
    item.value = numberOf(note);
    list.append(item);
  }
  const copies = parts.map(portable);
  const texts = copies.map((copy) => (copy.querySelector("tr") ? asRows(copy.querySelectorAll("tr")) : words(copy)));
  const sources = [...list.children].map((note) => asNote(note, note.value));
  event.clipboardData.setData("text/plain", [...texts, "", ...sources].join("\n"));
  event.clipboardData.setData("text/html", [...copies, list].map((one) => one.outerHTML).join(""));
  event.preventDefault();
});

async function copy(status) {
  const list = document.querySelector("#sources ol");
  const rows = portable(table());
  const notes = list ? portable(list) : document.createElement("ol");
  const blob = (text, type) => new Blob([text], { type });
  try {
    await navigator.clipboard.write([
      new ClipboardItem({
        "text/html": blob([...heading(), rows, notes].map((one) => one.outerHTML).join(""), "text/html"),
        "text/plain": blob([...heading().map(words), "", asText(rows, notes)].join("\n"), "text/plain"),
      }),
    ]);
    status.textContent = status.dataset.done;
  } catch {
    // Not every browser lets a page write there; what is selected is copied by hand.
    getSelection().selectAllChildren(document.getElementById("results"));
    status.textContent = status.dataset.selected;
  }
}

export function setUp() {
  for (const heading of table().tHead.rows[0].cells) {
    if (heading.querySelector("button")) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    button.addEventListener("click", () => sort(heading));
    heading.append(button);
  }
  const button = document.querySelector("button.copy");
  button.hidden = false;
  button.onclick = () => copy(document.getElementById("copied"));
}
