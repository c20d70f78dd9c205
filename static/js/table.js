// The table of rounds: sorted by any column, and copied with its sources.

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

function asText(rows, notes) {
  const lines = [...rows.rows].map((row) => [...row.cells].map(words).join("\t"));
  const sources = [...notes.querySelectorAll("li")].map((note, place) => {
    return `[${place + 1}] ${words(note)} ${note.querySelector("a").href}`;
  });
  return [...lines, "", ...sources].join("\n");
}

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
