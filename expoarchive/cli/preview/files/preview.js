// What every page of the preview runs beside livereload.js: it shows what is wrong, and opens sources in the editor.
(() => {
  "use strict";
  const own = document.currentScript.dataset;
  const live = window.LiveReload;

  const make = (name, properties, ...inside) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...inside);
    return made;
  };

  // --- the editor

  const said = make("p", { className: "preview-said" });
  said.setAttribute("role", "status");
  let fading = 0;
  const say = (text) => {
    // What lies under an open dialog is neither seen nor read out.
    (dialog.open ? dialog : document.body).append(said);
    said.textContent = text;
    clearTimeout(fading);
    fading = setTimeout(() => { said.textContent = ""; }, 8000);
  };

  const open = async (place) => {
    try {
      const answer = await fetch("/__preview__/edit", {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-Preview-Token": own.token },
        body: JSON.stringify({ file: place.file, line: Number(place.line), column: Number(place.column || 1) }),
      });
      const { address, said: text } = await answer.json();
      if (address) location.assign(address);
      else say(text);
    } catch (error) {
      say(String(error));
    }
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.(".preview-place");
    if (button) open(button.dataset);
  });

  const corner = make("div", { className: "preview-corner", lang: own.language });
  if (own.file) {
    const edit = make("button", { type: "button", className: "preview-place", textContent: own.wordEdit });
    Object.assign(edit.dataset, { file: own.file, line: own.line });
    edit.title = `${own.file}:${own.line}`;
    corner.append(edit);
  }

  if (own.lacks) corner.prepend(make("p", { className: "preview-lacks", textContent: own.lacks }));

  // --- what is wrong

  const again = make("button", { type: "button", className: "preview-again", textContent: own.wordShow, hidden: true });
  const heading = make("h2", { id: "preview-heading", textContent: own.wordFailed });
  const list = make("div", { className: "preview-scroll", tabIndex: 0 });
  const hide = make("button", { type: "button", className: "preview-hide", textContent: own.wordHide });
  const dialog = make("dialog", { className: "preview-errors", lang: own.language },
    make("header", {}, heading, hide), list);
  dialog.setAttribute("role", "alertdialog");
  dialog.setAttribute("aria-labelledby", "preview-heading");
  list.setAttribute("role", "group");
  list.setAttribute("aria-labelledby", "preview-heading");
  // The browser closes it on Escape too.
  hide.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => { again.hidden = !list.innerHTML; });
  again.addEventListener("click", () => show());
  corner.append(again);

  const show = () => {
    again.hidden = true;
    if (!dialog.open) dialog.showModal();
  };

  let styles = own.styles;
  let latest = "";
  let asked = 0;
  const ask = async () => {
    asked += 1;
    const question = asked;
    let state;
    try {
      state = await (await fetch("/__preview__/state")).json();
    } catch {
      return;
    }
    // Answers may come in another order than they were given in.
    if (question !== asked) return;
    if (!state.versions.includes(own.version)) {
      // Built again between this page's coming and its connecting, or by a preview that was started anew.
      location.reload();
      return;
    }
    if (live && state.styles !== styles) {
      styles = state.styles;
      live.performReload({ path: state.sheet, liveCSS: true, liveImg: false });
    }
    if (state.errors === latest || document.body.classList.contains("preview-alone")) return;
    latest = state.errors;
    // Made by the preview, what comes from the sources escaped.
    list.innerHTML = state.errors;
    if (latest) show();
    else dialog.close();
    again.hidden = true;
  };

  document.body.append(corner, said, dialog);
  ask();

  if (!live) return;
  live.on("connect", ask);
  class Preview {
    // Told of every reload before the page is; what it says true to needs nothing more.
    reload(path) {
      if (path !== "/__preview__/state") return false;
      ask();
      return true;
    }
  }
  Preview.identifier = "preview";
  Preview.version = "1";
  live.addPlugin(Preview);
})();
