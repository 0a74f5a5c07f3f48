// Keeps the page up to date: replaces a changed style sheet in place, reloads the page after any other
// change (the browser keeps the scroll position), and shows errors in a panel over the last good page.
(() => {
  "use strict";
  let version = document.currentScript.dataset.version;

  const showPanel = async () => {
    const html = await (await fetch("/__milepost/panel")).text();
    const panel = new DOMParser().parseFromString(html, "text/html").getElementById("milepost-panel");
    document.getElementById("milepost-panel")?.remove();
    document.body.append(panel);
  };

  const changeStyle = (path) => {
    const name = path.split("/").pop();
    for (const old of document.querySelectorAll("link[rel=stylesheet]")) {
      if (/main-[0-9a-f]+\.css$/.test(old.href)) {
        const fresh = old.cloneNode();
        fresh.href = old.href.replace(/[^/]+$/, name);
        fresh.onload = () => old.remove();
        old.after(fresh);
      }
    }
  };

  new EventSource("/__milepost/events").onmessage = async ({ data }) => {
    const [now, before, hasErrors, style] = data.split(" ");
    if (now === version) return;
    const isNext = before === version;
    version = now;
    if (hasErrors === "true") await showPanel();
    else if (style && isNext) changeStyle(style);
    else location.reload();
  };
})();
