// Escape takes away the name that is shown of a mark, until the mark is pointed at again.

const named = ".picture a";

addEventListener("keydown", ({ key }) => {
  if (key !== "Escape") return;
  for (const link of document.querySelectorAll(`${named}:is(:hover, :focus-visible)`)) {
    link.classList.add("dismissed");
  }
});
for (const left of ["pointerout", "focusout"]) {
  addEventListener(left, ({ target, relatedTarget }) => {
    const link = target.closest(named);
    if (!link?.contains(relatedTarget)) link?.classList.remove("dismissed");
  });
}
