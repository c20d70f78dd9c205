// The filters work as a plain form. With htmx they apply at each change, so the button is
// not needed, and on wide screens they stand open beside the list.

const filters = document.getElementById("filters");
const wide = window.matchMedia("(min-width: 60rem)");

const openOnWideScreens = () => {
  filters.open = wide.matches;
};
wide.addEventListener("change", openOnWideScreens);
openOnWideScreens();
filters.classList.add("scripted");

// An empty field in the address says nothing.
document.body.addEventListener("htmx:configRequest", ({ detail }) => {
  for (const [name, value] of [...detail.formData.entries()]) {
    if (value === "") detail.formData.delete(name);
  }
});

// Suggestions are loaded when somebody wants to search, to keep the first view small.
document.getElementById("search-box").addEventListener("focus", () => import("./search.js"), {
  once: true,
});
