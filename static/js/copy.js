// A button that copies a text of the page: data-copies is its id. Without this module it is not
// shown, and where a browser lets no page write there, the text is selected, to be copied by hand.

const BUTTONS = "button[data-copies]";

// Of a link to a file that is within the page, what the file holds.
function content(text) {
  if (text.href) return decodeURIComponent(text.href.slice(text.href.indexOf(",") + 1));
  return text.value ?? text.textContent.trim();
}

const show = () => {
  for (const button of document.querySelectorAll(BUTTONS)) button.hidden = false;
};

async function copy(button) {
  const text = document.getElementById(button.dataset.copies);
  const status = button.nextElementSibling;
  status.textContent = ""; // so that it is said again
  try {
    await navigator.clipboard.writeText(content(text));
    status.textContent = status.dataset.done;
  } catch {
    if (text.href) return text.click(); // a file is saved instead
    if (text.select) text.select();
    else getSelection().selectAllChildren(text);
    status.textContent = status.dataset.selected;
  }
}

document.addEventListener("click", ({ target }) => {
  const button = target.closest(BUTTONS);
  if (button) copy(button);
});
document.addEventListener("htmx:afterSettle", show); // what came with an answer is hidden
show();
