// Draws the reference from the OpenAPI document; without this file the documents are there all the same.
"use strict";
const place = document.getElementById("reference");
Redoc.init("/openapi.json", {
  disableSearch: true,
  hideDownloadButtons: true,
  nativeScrollbars: true,
  pathInMiddlePanel: true,
  requiredPropsFirst: true,
  theme: { typography: { fontFamily: "Arial, Helvetica, sans-serif", headings: { fontFamily: "Arial, Helvetica, sans-serif" } } },
}, place);
