// Says that there is something new; never changes what is being read. The page works without this file.
"use strict";
addEventListener("pageshow", (event) => { if (event.persisted) { location.reload(); } });
const news = document.getElementById("news");
if (news && "EventSource" in window) {
  new EventSource("/live").addEventListener("changed", () => {
    if (news.childNodes.length) { return; }
    const link = document.createElement("a");
    link.href = "/";
    link.textContent = "Show it";
    news.append("There is something new. ", link);
  });
}
let shifts = [];
addEventListener("keydown", (event) => {
  if (event.key !== "Shift") { shifts = []; return; }
  shifts = shifts.filter((at) => event.timeStamp - at < 5000).concat(event.timeStamp);
  if (shifts.length === 3) { location.replace("/exit"); }
});
