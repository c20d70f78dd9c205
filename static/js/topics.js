// The box above the topics leaves those in sight that are called what is typed, in any language.

const input = document.getElementById("find-topic");
const status = input.parentElement.querySelector("[role=status]");
const topics = () => [...document.querySelectorAll("#id_topic label")];
let named = null; // the topics that are called so; null for all of them
let timer;
let latest = new AbortController();

function show() {
  for (const topic of topics()) {
    topic.hidden = Boolean(named) && !named.has(topic.querySelector("input").value);
  }
  for (const group of document.querySelectorAll("#id_topic .group")) {
    const isEmpty = Boolean(named) && !group.querySelector("label:not([hidden])");
    group.hidden = isEmpty;
    if (named && !isEmpty) group.open = true;
  }
  status.textContent = named?.size === 0 ? status.dataset.none : "";
}

async function find() {
  latest.abort();
  latest = new AbortController();
  const words = input.value.trim();
  named = null;
  if (words.length > 1) {
    try {
      const address = `${input.dataset.url}&q=${encodeURIComponent(words)}`;
      const answer = await fetch(address, { signal: latest.signal });
      const { suggestions } = await answer.json();
      named = new Set(suggestions.map(({ url }) => url.split("/").at(-2)));
    } catch (problem) {
      if (problem.name === "AbortError") return;
    }
  }
  show();
}

input.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(find, 150);
});
document.body.addEventListener("htmx:afterSettle", show);
if (input.value) find(); // typed before this was here
