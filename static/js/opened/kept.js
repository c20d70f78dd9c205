// What is typed in forms of the admin and not saved, as the browser keeps it: by the user's key and
// the draft's name, with the address of its form. Neither passwords nor files are among it.

const PREFIX = "unsaved:";
const AT_MOST = 20;
const DAYS = 30;

const key = (user, name) => `${PREFIX}${user}:${name}`;

const all = () =>
  Object.keys(localStorage)
    .filter((one) => one.startsWith(PREFIX))
    .map((one) => {
      try {
        return { key: one, ...JSON.parse(localStorage.getItem(one)) };
      } catch {
        return { key: one, at: 0 };
      }
    })
    .sort((a, b) => b.at - a.at);

export const prune = (most = AT_MOST) => {
  const oldest = Date.now() - DAYS * 24 * 3600 * 1000;
  all().forEach((one, place) => {
    if (place >= most || one.at < oldest) localStorage.removeItem(one.key);
  });
};

// Where the browser has no more room, what is oldest goes first.
export const keep = (user, name, path, fields) => {
  const text = JSON.stringify({ at: Date.now(), path, fields });
  for (let most = AT_MOST; most >= 0; most = Math.floor(most / 2) - (most < 2)) {
    try {
      prune(most);
      localStorage.setItem(key(user, name), text);
      return;
    } catch {
      continue;
    }
  }
};

export const forget = (user, name) => localStorage.removeItem(key(user, name));

export const draftsOf = (user) => {
  const start = key(user, "");
  return all()
    .filter((one) => one.key.startsWith(start) && Array.isArray(one.fields))
    .map((one) => ({ ...one, name: one.key.slice(start.length) }));
};
