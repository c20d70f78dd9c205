// Rows of the page of a round: added by a button or a tick, removed, folded with what they hold.

const page = document.querySelector(".entering");

const own = (part, selector) =>
  [...part.querySelectorAll(selector)].find((one) => one.closest("[data-prefix]") === part);
const totalOf = (part) => own(part, `[name="${part.dataset.prefix}-TOTAL_FORMS"]`);
const templateOf = (part) =>
  [...part.querySelectorAll("template:not([data-line])")].find(
    (one) => one.closest("[data-prefix]") === part,
  );

function addRow(part, into, values = {}) {
  const { prefix } = part.dataset;
  const total = totalOf(part);
  const place = total.value;
  total.value = Number(place) + 1;
  const copy = document.createElement("template");
  copy.innerHTML = templateOf(part)
    .innerHTML.replaceAll(`${prefix}-__prefix__`, `${prefix}-${place}`)
    .replaceAll(`${prefix}-empty`, `${prefix}-${place}`);
  const row = copy.content.firstElementChild;
  into.append(row);
  for (const [name, value] of Object.entries(values)) {
    row.querySelector(`[name="${prefix}-${place}-${name}"]`).value = value;
  }
  for (const within of row.querySelectorAll("[data-first]")) {
    const { firstElementChild } = within.querySelector(".rows");
    const first = firstElementChild ?? addRow(within, within.querySelector(".rows"));
    first.querySelector(`[name$="-${within.dataset.first}"]`).checked = true;
  }
  row.dispatchEvent(new CustomEvent("rowadded", { bubbles: true }));
  return row;
}

const removal = (row) => row.querySelector(`[name="${row.id}-DELETE"]`);

// A row that was never saved leaves its place, which the server is told to pass over.
function mark(row, isRemoved) {
  removal(row).checked = isRemoved;
  row.classList.toggle("removed", isRemoved);
}

function tick(box) {
  const cell = box.closest(".cell");
  const row = cell.querySelector(".row");
  if (row) mark(row, !box.checked);
  else if (box.checked) addRow(box.closest("[data-prefix]"), cell, fieldsOf(cell));
}

function fieldsOf(cell) {
  const given = Object.entries(cell.dataset).filter(([name]) => name.startsWith("field"));
  return Object.fromEntries(
    given.map(([name, value]) => [name.slice("field".length).toLowerCase(), value]),
  );
}

function addTopic(input) {
  const name = input.value.trim();
  const part = input.closest("[data-prefix]");
  const rows = [...part.querySelectorAll(".topic")];
  let line = rows.find((one) => one.querySelector("th").textContent === name);
  if (!line) {
    const template = part.querySelector("template[data-line]");
    line = template.content.firstElementChild.cloneNode(true);
    line.querySelector("th").textContent = name;
    for (const cell of line.querySelectorAll(".cell")) {
      cell.dataset.fieldTopic = name;
      const label = cell.querySelector(".tick span");
      label.textContent = label.textContent.replace("__topic__", name);
    }
    part.querySelector("tbody").append(line);
  }
  input.value = "";
  line.querySelector("input").focus();
}

async function propose(button) {
  const answer = await fetch(button.dataset.proposal);
  if (!answer.ok) return;
  const { delegations } = await answer.json();
  const part = button.closest("[data-prefix]");
  const there = new Set(
    [...part.querySelectorAll("[name$=-participant]")].map((one) => one.value),
  );
  const fresh = delegations.filter(({ participant }) => !there.has(participant));
  const rows = fresh.map((one) => addRow(part, part.querySelector(".rows"), one));
  rows.forEach(summarise);
  (rows[0] ?? part).querySelector("[data-names=person]")?.focus();
}

function said(field) {
  if (field.tagName === "SELECT") return field.selectedOptions[0]?.text ?? "";
  return field.value.trim();
}

// What a folded row holds, in the order of its fields.
function summarise(row) {
  const summary = row.querySelector(":scope > summary");
  if (!summary) return;
  const fields = summary.dataset.said.split(" ").filter(Boolean);
  const parts = fields.map((name) => {
    const field = row.querySelector(`[name="${row.id}-${name}"]`);
    return field && field.value ? said(field) : "";
  });
  for (const box of row.querySelectorAll("[name$=-is_head]:checked")) {
    parts.push(box.closest(".row").querySelector("[name$=-person]").value.trim());
  }
  const sources = row.querySelector(`[name="${row.id}-sources"]`);
  if (sources) parts.push(sources.closest("details").querySelector("summary").textContent);
  const short = parts.filter(Boolean).map((one) => (one.length > 90 ? `${one.slice(0, 89)}…` : one));
  summary.textContent = short.join(" · ");
}

page.addEventListener("click", ({ target }) => {
  const button = target.closest("button");
  if (button?.matches("[data-add]")) {
    const part = button.closest("[data-prefix]");
    const row = addRow(part, own(part, ".rows"));
    row.querySelector("input:not([type=hidden]), select, textarea").focus();
  } else if (button?.matches("[data-drop]")) button.closest(".row").remove();
  else if (button?.matches("[data-proposal]")) propose(button);
});

page.addEventListener("change", ({ target }) => {
  if (target.matches("[data-tick]")) tick(target);
  else if (target.matches("[name$=-DELETE]")) mark(target.closest(".row"), target.checked);
  else if (target.id === "add-topic" && target.value) addTopic(target);
  const row = target.closest("details.row");
  if (row) summarise(row);
});
page.addEventListener("sourceschanged", ({ target }) => {
  const row = target.closest("details.row");
  if (row) summarise(row);
});

// Enter ends no form that is entered for half an hour; a button does, or Ctrl and S.
page.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches("input")) event.preventDefault();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "s" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    document.querySelector("[name=_continue]")?.click();
  }
});

for (const box of page.querySelectorAll("[name$=-DELETE]:checked")) {
  mark(box.closest(".row"), true);
  const cell = box.closest(".cell");
  if (cell) cell.querySelector("[data-tick]").checked = false;
}
