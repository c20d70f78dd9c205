// Whoever logs out takes the unsaved work along from this browser, which others may use; it asks first.

import { draftsOf, forget, page } from "./kept.js";

const { user, question } = document.querySelector("script[data-question]").dataset;

document.getElementById("logout-form")?.addEventListener("submit", (event) => {
  page.note();
  const drafts = draftsOf(user);
  if (!drafts.length) return;
  if (!confirm(question)) {
    event.preventDefault();
    return;
  }
  page.isOver = true;
  drafts.forEach((draft) => forget(user, draft.name));
});
