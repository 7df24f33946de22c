// Says that there is something new, which never changes what is being read; shows and hides all entries at once.
// The page works without this file.
"use strict";
const news = document.getElementById("news");
let old = false;
const say = (words, way) => {
  if (news.childNodes.length && !old) { return; }
  old = false;
  const link = document.createElement("a");
  link.href = "/";
  link.textContent = way;
  news.replaceChildren(words, link);
};
const all = document.getElementById("all");
const entries = [...document.querySelectorAll(".timeline details")];
if (all && entries.length) {
  const closed = () => entries.some((entry) => !entry.open);
  const name = () => { all.textContent = closed() ? "Show all" : "Hide all"; };
  all.addEventListener("click", () => {
    const open = closed();
    for (const entry of entries) { entry.open = open; }
    name();
  });
  for (const entry of entries) { entry.addEventListener("toggle", name); }
  name();
  all.hidden = false;
}
if (news && "EventSource" in window) {
  const stream = new EventSource("/live");
  stream.addEventListener("changed", () => { say("There is something new. ", "Show it"); });
  // What the page says ahead is true on its own day; anything newer is said in its place.
  stream.addEventListener("day", (event) => {
    if (JSON.parse(event.data).day === news.dataset.day || news.childNodes.length) { return; }
    say(`This page is from ${news.dataset.readOn}. `, "Load it again");
    old = true;
  });
  stream.addEventListener("over", () => { document.body.replaceChildren(); location.replace("/signed-out"); });
  // Not opened again: signed out, or another tab looks at other updates.
  stream.addEventListener("error", () => {
    if (stream.readyState === EventSource.CLOSED) { say("This page is not kept up to date any more. ", "Load it again"); }
  });
}
