// The tray of sources: facts take from it by ticks, and an address puts a source into it.

const page = document.querySelector(".entering");
const tray = document.getElementById("id_sources");
const AS_ROUND = "round";

const inTray = () =>
  [...tray.children].map((one) => ({ key: one.dataset.source, said: one.dataset.said }));
const ofRound = () => [...tray.querySelectorAll("[name=sources]:checked")].map((one) => one.value);
const keysIn = (text) => text.replaceAll(",", " ").split(/\s+/).filter(Boolean);

function count(field) {
  const { one, many, asRound } = page.dataset;
  const keys = keysIn(field.value);
  if (field.value === AS_ROUND) return asRound;
  return keys.length === 1 ? one : many.replace("#", keys.length);
}

function tick(said, value, isChecked) {
  const label = document.createElement("label");
  const box = document.createElement("input");
  Object.assign(box, { type: "checkbox", value, checked: isChecked });
  label.className = "tick";
  label.append(box, ` ${said}`);
  return label;
}

// Ticks in place of the numbers, made when they are first looked at.
function open(details) {
  const field = details.querySelector("input[name]");
  details.querySelector(".ticks")?.remove();
  const ticks = document.createElement("div");
  ticks.className = "ticks";
  ticks.setAttribute("role", "group");
  ticks.setAttribute("aria-label", page.dataset.sourcesOfFact);
  const isAsRound = field.value === AS_ROUND;
  const chosen = new Set(isAsRound ? ofRound() : keysIn(field.value));
  ticks.append(tick(page.dataset.asRound, AS_ROUND, isAsRound));
  // Those that the fact has come first.
  const sources = inTray().sort((a, b) => chosen.has(b.key) - chosen.has(a.key));
  for (const { key, said } of sources) {
    const label = tick(`${key} ${said}`, key, chosen.has(key));
    label.firstElementChild.disabled = isAsRound;
    ticks.append(label);
  }
  details.querySelector("label").hidden = true;
  field.hidden = true;
  details.append(ticks);
}

function take(ticks, box) {
  const details = ticks.closest("details");
  const field = details.querySelector("input[name]");
  const boxes = [...ticks.querySelectorAll("input")];
  const isAsRound = box.value === AS_ROUND && box.checked;
  if (box.value === AS_ROUND) {
    const chosen = new Set(ofRound());
    for (const one of boxes.slice(1)) {
      one.disabled = isAsRound;
      one.checked = chosen.has(one.value);
    }
  }
  const keys = boxes.slice(1).filter((one) => one.checked).map((one) => one.value);
  field.value = isAsRound ? AS_ROUND : keys.join(" ");
  details.querySelector("summary").textContent = count(field);
  details.dispatchEvent(new CustomEvent("sourceschanged", { bubbles: true }));
}

page.addEventListener(
  "toggle",
  ({ target }) => target.matches("details.sources") && target.open && open(target),
  true,
);
page.addEventListener("change", ({ target }) => {
  const ticks = target.closest(".ticks");
  if (ticks) take(ticks, target);
});

// --- A source by its address

const address = document.getElementById("new-address");
const asked = document.getElementById("new-source");
const status = document.getElementById("new-source-status");

async function send(fields) {
  const body = new FormData();
  body.append("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  const answer = await fetch(page.dataset.sourceUrl, { method: "POST", body });
  if (!answer.ok || answer.redirected) {
    asked.textContent = page.dataset.failed;
    return;
  }
  const html = await answer.text();
  if (answer.status === 200) put(html);
  else {
    asked.innerHTML = html;
    const next = asked.querySelector(".wrong :is(input, select), [name=new-title]");
    next?.focus();
  }
}

function put(html) {
  const copy = document.createElement("template");
  copy.innerHTML = html;
  const row = copy.content.firstElementChild;
  const there = tray.querySelector(`[data-source="${row.dataset.source}"]`);
  if (there) there.querySelector("[name=sources]").checked = true;
  else tray.append(row);
  asked.replaceChildren();
  status.textContent = "";
  address.value = "";
  (there ?? row).querySelector("[name=sources]").focus();
  tray.dispatchEvent(new Event("change", { bubbles: true }));
}

const find = () => address.value.trim() && send({ address: address.value });

function make() {
  const fields = [...asked.querySelectorAll("[name^=new-]")];
  send(Object.fromEntries(fields.map((one) => [one.name, one.value])));
}

page.addEventListener("click", ({ target }) => {
  if (target.closest("[data-find-source]")) find();
  else if (target.closest("[data-make-source]")) make();
});
address.addEventListener("keydown", (event) => {
  if (event.key === "Enter") find();
});
asked.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches("input")) make();
});
// A source that was begun is not left behind by a save.
page.closest("form").addEventListener("submit", (event) => {
  const begun = asked.querySelector("[name=new-title], [name=new-publisher]") ?? address;
  if (!address.value.trim() && begun === address) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  status.textContent = page.dataset.notAdded;
  begun.focus();
});
document.querySelectorAll("details.sources[open]").forEach(open);
