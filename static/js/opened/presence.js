// Says to the site that this page is open, and to the reader who else has it open. In a window that
// nobody looks at it goes on for ten minutes. A token that a new login has changed is renewed.

const EVERY = 20_000;
const UNSEEN = 10 * 60_000;

const place = document.querySelector(".opened");
const form = place.closest("form");
const status = place.querySelector(".presence");
const { presence, model, key, loggedOut, logIn } = place.dataset;

const sent = (more = {}) =>
  new URLSearchParams({
    model,
    key,
    csrfmiddlewaretoken: form.elements.namedItem("csrfmiddlewaretoken").value,
    ...more,
  });

const say = (text, address = "") => {
  if (status.textContent === text) return;
  status.replaceChildren(text);
  if (!address) return;
  const link = Object.assign(document.createElement("a"), { href: address, target: "_blank" });
  link.append(text);
  status.replaceChildren(link);
};

const isAnswer = (response) => response.ok && !response.redirected;

const renew = async () => {
  const response = await fetch(presence);
  if (!isAnswer(response)) {
    if (response.redirected) say(loggedOut, logIn);
    return;
  }
  const { token } = await response.json();
  document.getElementsByName("csrfmiddlewaretoken").forEach((field) => (field.value = token));
};

const tell = async () => {
  try {
    const response = await fetch(presence, { method: "POST", body: sent() });
    if (isAnswer(response)) say((await response.json()).sentence);
    else if (response.redirected || response.status === 403) await renew();
  } catch {
    // the connection is lost: told again later
  }
};

let hidden = document.hidden ? Date.now() : 0;
document.addEventListener("visibilitychange", () => {
  hidden = document.hidden ? Date.now() : 0;
  if (!hidden) tell();
});
setInterval(() => {
  if (!hidden || Date.now() - hidden < UNSEEN) tell();
}, EVERY);
addEventListener("pagehide", () => navigator.sendBeacon(presence, sent({ leaves: "yes" })));
addEventListener("pageshow", tell);
