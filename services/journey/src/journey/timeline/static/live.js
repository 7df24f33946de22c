// Says that there is something new; never changes what is being read. The page works without this file.
"use strict";
const news = document.getElementById("news");
const say = (words, way) => {
  if (news.childNodes.length) { return; }
  const link = document.createElement("a");
  link.href = "/";
  link.textContent = way;
  news.append(words, link);
};
if (news && "EventSource" in window) {
  const stream = new EventSource("/live");
  stream.addEventListener("changed", () => { say("There is something new. ", "Show it"); });
  stream.addEventListener("over", () => { document.body.replaceChildren(); location.replace("/signed-out"); });
  // Not opened again: signed out, or another tab looks at other updates.
  stream.addEventListener("error", () => {
    if (stream.readyState === EventSource.CLOSED) { say("This page is not kept up to date any more. ", "Load it again"); }
  });
}
