// The link to report a mistake names the fact that the address leads to. Without this module the
// reader chooses it in the form.

const link = document.querySelector(".report a");
const page = link.getAttribute("href");

const nameFact = () => {
  const fact = location.hash.slice(1);
  link.setAttribute("href", fact ? `${page}&${new URLSearchParams({ fact })}` : page);
};
addEventListener("hashchange", nameFact);
nameFact();
