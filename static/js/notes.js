// A footnote's mark shows its source beside it, in the platform's own popover.
// Without this module, or where browsers have no popovers, the mark leads to the note below.

const GAP = 6; // pixels between the mark, the popover and the edge of the window

let popover;
let mark; // the one whose source is shown
let pressed; // the mark that a click closes, as it was open when the button went down

function make({ close }) {
  popover = document.createElement("div");
  popover.className = "source-note";
  popover.popover = "auto";
  popover.id = "source-note";
  popover.tabIndex = -1;
  popover.setAttribute("role", "dialog");
  popover.addEventListener("beforetoggle", ({ newState }) => newState === "closed" && giveBack());
  popover.addEventListener("click", ({ target }) => {
    if (target.closest(`a[href^="#"], button`)) popover.hidePopover();
  });
  popover.addEventListener("focusout", ({ relatedTarget }) => {
    const isLeft = relatedTarget && relatedTarget !== mark && !popover.contains(relatedTarget);
    if (isLeft) popover.hidePopover();
  });
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "×";
  button.setAttribute("aria-label", close);
  popover.append(button);
  document.body.append(popover);
}

// The note as it stands below, with the way there instead of the ways back.
function fill(note, { list }) {
  const text = document.createElement("p");
  const ways = document.createElement("p");
  const below = document.createElement("a");
  text.append(...note.cloneNode(true).childNodes);
  text.querySelectorAll("[id]").forEach((one) => one.removeAttribute("id"));
  text.querySelector(".back").remove();
  below.href = `#${note.id}`;
  below.textContent = list;
  ways.className = "ways";
  ways.append(text.querySelector(".rests"), " · ", below);
  popover.querySelectorAll("p").forEach((old) => old.remove());
  popover.append(text, ways);
}

// Below the mark, or above where there is more room, and within the window. It stands on the page,
// with which it scrolls, so the places are those of the page.
function place() {
  const at = mark.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = popover;
  const { clientWidth, clientHeight } = document.documentElement;
  const isAbove = at.bottom + GAP + height > clientHeight && at.top > clientHeight - at.bottom;
  const top = isAbove ? at.top - GAP - height : at.bottom + GAP;
  const left = at.left + at.width / 2 - width / 2;
  const within = (value, most) => Math.max(GAP, Math.min(value, most - GAP));
  popover.style.top = `${within(top, clientHeight - height) + scrollY}px`;
  popover.style.left = `${within(left, clientWidth - width) + scrollX}px`;
}

function show(clicked, note) {
  const words = note.closest(".notes").dataset;
  if (!popover?.isConnected) make(words); // going back may have taken it away
  popover.hidePopover(); // of another mark
  mark = clicked;
  fill(note, words);
  popover.setAttribute("aria-label", mark.getAttribute("aria-label"));
  popover.showPopover({ source: mark }); // after which it stands for the Tab key
  place();
  popover.focus({ preventScroll: true });
}

// Whoever moved on to something else stays there.
function giveBack() {
  const { activeElement } = document;
  if (activeElement === document.body || popover.contains(activeElement)) {
    mark.focus({ preventScroll: true });
  }
}

const isPlain = (event) =>
  !event.button && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;

if ("popover" in HTMLElement.prototype) {
  document.addEventListener("pointerdown", ({ target }) => {
    const isOpen = popover?.matches(":popover-open");
    pressed = isOpen && mark.contains(target) ? mark : undefined;
  });
  document.addEventListener("click", (event) => {
    const clicked = event.target.closest(".cite a");
    const note = clicked && document.getElementById(clicked.hash.slice(1));
    if (!note || event.defaultPrevented || !isPlain(event)) return;
    event.preventDefault();
    if (clicked !== pressed) show(clicked, note);
    pressed = undefined;
  });
  addEventListener("resize", () => popover?.matches(":popover-open") && place());
}
