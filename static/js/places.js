// Which round or milestone a link leads to, the server does not hear. One that stands on another
// page of the list is asked for there.

export async function lead(place) {
  const address = new URL(location);
  const asked = address.searchParams;
  if (asked.get("page") === place) return;
  if (place.startsWith("milestone-")) asked.set("milestones", "on");
  asked.set("page", place);
  const answer = await fetch(address, { method: "HEAD" });
  if (answer.ok) location.replace(address);
}
