// What is typed in forms of the admin and not saved, as the browser keeps it: by the user's key and
// the draft's name, with the address of its form. Neither passwords nor files are among it.

const PREFIX = "unsaved:";
const AT_MOST = 20;
const DAYS = 30;

// A browser may refuse to keep anything.
const store = (() => {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
})();

// The form of this page: what notes what is typed by now, and whether nothing is to be noted any more.
export const page = { note: () => {}, isOver: false };

const key = (user, name) => `${PREFIX}${user}:${name}`;

const all = () =>
  Object.keys(store ?? {})
    .filter((one) => one.startsWith(PREFIX))
    .map((one) => {
      try {
        return { key: one, ...JSON.parse(store.getItem(one)) };
      } catch {
        return { key: one, at: 0 };
      }
    })
    .sort((a, b) => b.at - a.at);

export const prune = (most = AT_MOST) => {
  const oldest = Date.now() - DAYS * 24 * 3600 * 1000;
  all().forEach((one, place) => {
    if (place >= most || one.at < oldest) store.removeItem(one.key);
  });
};

// Where the browser has no more room, what is oldest goes first.
export const keep = (user, name, path, fields) => {
  if (!store) return;
  const text = JSON.stringify({ at: Date.now(), path, fields });
  for (const most of [AT_MOST, 10, 5, 2, 0]) {
    try {
      prune(most);
      store.setItem(key(user, name), text);
      return;
    } catch {
      continue;
    }
  }
};

export const forget = (user, name) => store?.removeItem(key(user, name));

export const draftsOf = (user) => {
  const start = key(user, "");
  return all()
    .filter((one) => one.key.startsWith(start) && Array.isArray(one.fields))
    .map((one) => ({ ...one, name: one.key.slice(start.length) }));
};
