// What the head says of the page, to whoever cites, shares or follows it, is replaced by what the
// head of a whole page says that came as an answer. The title is htmx's.

const SAYS_WHICH_PAGE = [
  "link[rel=canonical]",
  "link[rel=alternate]",
  "meta[name=description]",
  "meta[name^='DC.']",
  "meta[name^='citation_']",
  "meta[name^='twitter:']",
  "meta[property^='og:']",
  "script[type='application/ld+json']",
].join();

const said = (page) => page.head.querySelectorAll(SAYS_WHICH_PAGE);

export function follow(answer) {
  const page = new DOMParser().parseFromString(answer, "text/html");
  for (const element of said(document)) element.remove();
  document.head.append(...said(page));
  document.dispatchEvent(new Event("ZoteroItemUpdated")); // so that Zotero reads it again
}
