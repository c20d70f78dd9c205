// What is typed in this form survives a reload, a lost connection, a closed window and a login that
// has ended: it is kept in this browser until it is saved, and offered again. Leaving asks first.

import { draftsOf, forget, keep, page, prune } from "./kept.js";

const place = document.querySelector(".opened");
const form = place.closest("form");
const { user, root } = place.dataset;
const named = form.elements.namedItem("_draft");
const address = new URL(form.action).pathname;
const OURS = new Set(["csrfmiddlewaretoken", "_draft", "_seen"]);

named.value ||= Date.now().toString(36) + Math.random().toString(36).slice(2, 10);

const fields = () => {
  const secret = new Set(
    Array.from(form.querySelectorAll("[type=password]"), (field) => field.name),
  );
  return [...new FormData(form)].filter(
    ([name, value]) =>
      typeof value === "string" && name !== "csrfmiddlewaretoken" && !secret.has(name),
  );
};
const typed = (all) => JSON.stringify(all.filter(([name]) => !OURS.has(name)));

let saved = null; // what the form held when it was as the site has it
let known = null; // what was kept last
let isLeaving = false;

const isUnsaved = () => saved !== null && typed(fields()) !== saved;

const note = () => {
  if (saved === null || page.isOver) return;
  const now = fields();
  const text = typed(now);
  if (text === known) return;
  known = text;
  if (text === saved) forget(user, named.value);
  else keep(user, named.value, address, now);
};

page.note = note;

let timer = 0;
const noteSoon = () => {
  clearTimeout(timer);
  timer = setTimeout(note, 400);
};

const send = (draft) => {
  const again = document.createElement("form");
  again.method = "post";
  again.action = location.href;
  const add = (name, value) => {
    const field = document.createElement("textarea");
    field.name = name;
    field.value = value;
    again.append(field);
  };
  draft.fields.forEach(([name, value]) => add(name, value));
  add("csrfmiddlewaretoken", form.elements.namedItem("csrfmiddlewaretoken").value);
  add("_restore", "1");
  again.hidden = true;
  document.body.append(again);
  note();
  isLeaving = true;
  again.submit();
};

const said = (time) => {
  const isToday = new Date(time).toDateString() === new Date().toDateString();
  const clock = { hour: "2-digit", minute: "2-digit", hour12: false };
  const day = isToday ? {} : { day: "numeric", month: "long" };
  return new Date(time).toLocaleString(document.documentElement.lang, { ...day, ...clock });
};

const offer = () => {
  const offers = place.querySelector(".drafts");
  const here = (draft) =>
    draft.path === address && draft.name !== named.value && typed(draft.fields) !== saved;
  for (const draft of draftsOf(user).filter(here)) {
    const row = place.querySelector("template").content.cloneNode(true).firstElementChild;
    row.querySelector("time").textContent = said(draft.at);
    row.querySelector("time").dateTime = new Date(draft.at).toISOString();
    row.querySelector("[data-restore]").addEventListener("click", () => send(draft));
    row.querySelector("[data-forget]").addEventListener("click", () => {
      forget(user, draft.name);
      row.remove();
      offers.hidden = !offers.children.length;
    });
    offers.append(row);
    offers.hidden = false;
  }
};

// The site tells by a cookie what it saved.
const forgetSaved = () => {
  const cookie = document.cookie.split("; ").find((one) => one.startsWith("saved_drafts="));
  if (!cookie) return;
  cookie.slice("saved_drafts=".length).split(".").forEach((name) => forget(user, name));
  document.cookie = `saved_drafts=; path=${root}; max-age=0; SameSite=Lax`;
};

const begin = () => {
  saved = place.dataset.sent ? "" : typed(fields());
  forgetSaved();
  prune();
  offer();
  note();
};
if (document.readyState === "complete") setTimeout(begin);
else addEventListener("load", () => setTimeout(begin)); // after what other scripts fill in

// Widgets change fields without telling, at a click or a key.
for (const event of ["input", "change", "click", "keyup"]) document.addEventListener(event, noteSoon);
form.addEventListener("submit", (event) => {
  note();
  isLeaving = !event.defaultPrevented;
});
addEventListener("pagehide", note);
document.addEventListener("visibilitychange", note);
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  isLeaving = false; // back from where the form was sent to
});
addEventListener("beforeunload", (event) => {
  note();
  if (isUnsaved() && !isLeaving && !page.isOver) event.preventDefault();
});
