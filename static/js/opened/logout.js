// Whoever logs out takes the unsaved work along from this browser, which others may use; it asks first.

import { draftsOf, forget } from "./kept.js";

const { user, question } = document.querySelector("script[data-question]").dataset;

document.getElementById("logout-form")?.addEventListener("submit", (event) => {
  const drafts = draftsOf(user);
  if (!drafts.length) return;
  if (!confirm(question)) {
    event.preventDefault();
    return;
  }
  drafts.forEach((draft) => forget(user, draft.name));
});
