// A button that copies a text of the page: data-copies is its id. Without this module it is not
// shown, and where a browser lets no page write there, the text is selected, to be copied by hand.

const BUTTONS = "button[data-copies]";

// Of a link to a file that is within the page, what the file holds.
function textOf(source) {
  if (source.href) return decodeURIComponent(source.href.slice(source.href.indexOf(",") + 1));
  return source.value ?? source.textContent.trim();
}

const show = () => {
  for (const button of document.querySelectorAll(BUTTONS)) button.hidden = false;
};

async function copy(button) {
  const source = document.getElementById(button.dataset.copies);
  const status = button.nextElementSibling;
  status.textContent = ""; // so that it is said again
  try {
    await navigator.clipboard.writeText(textOf(source));
    status.textContent = status.dataset.done;
  } catch {
    if (source.href) return source.click(); // a file is saved instead
    if (source.select) source.select();
    else getSelection().selectAllChildren(source);
    status.textContent = status.dataset.selected;
  }
}

document.addEventListener("click", ({ target }) => {
  const button = target.closest(BUTTONS);
  if (button) copy(button);
});
document.addEventListener("htmx:afterSettle", show); // what came with an answer is hidden
show();
