// Shows each operation of the API, to try it out, as Swagger UI draws it from the schema.

const place = document.querySelector("#try-out");
const dark = matchMedia("(prefers-color-scheme: dark)");

function follow() {
  document.documentElement.classList.toggle("dark-mode", dark.matches);
}

// What Swagger UI leaves out: what scrolls is reached by the keyboard, and what is chosen has a name.
function complete() {
  for (const text of place.querySelectorAll(":is(.microlight, .curl):not([tabindex])")) {
    text.tabIndex = 0;
  }
  for (const list of place.querySelectorAll("[data-param-name] select:not([aria-label])")) {
    list.ariaLabel = list.closest("[data-param-name]").dataset.paramName;
  }
}

follow();
new MutationObserver(complete).observe(place, { childList: true, subtree: true });
dark.addEventListener("change", follow);
window.SwaggerUIBundle({
  domNode: place,
  url: place.dataset.schema,
  defaultModelsExpandDepth: -1,
  docExpansion: "none",
  supportedSubmitMethods: ["get"],
  tryItOutEnabled: true,
  syntaxHighlight: { activated: false },
  validatorUrl: null,
});
