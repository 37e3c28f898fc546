// A link to a claim opens what the claim rests on, and whatever it is folded away in. Beside it, once opened, stands the
// way to say that it is wrong; without scripts the foot of the page has one for the page.
(function () {
  "use strict";
  var foot = document.querySelector("[data-report]");

  function arrive() {
    var target = null;
    try {
      target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    } catch (error) {
      // Not an address that a page gives: it leads nowhere here.
    }
    if (!target) return;
    var evidence = target.querySelector(":scope > .why");
    var unfolded = false;
    for (var fold = target.parentNode.closest("details"); fold; fold = fold.parentNode.closest("details")) {
      unfolded = unfolded || !fold.open;
      fold.open = true;
    }
    if (evidence) evidence.open = true;
    if (unfolded) target.scrollIntoView();
  }
  function ask(why) {
    var home = why.querySelector(":scope > .why-body > .why-link");
    if (!home || home.childElementCount > 1) return;
    var claim = home.firstElementChild;
    var edition = /\/(\d{4})\/$/.exec(claim.pathname);
    var name = why.querySelector("summary .hidden").textContent.replace(/^[\s,:：]+/, "");
    var said = why.parentNode.querySelector(".claim-text").textContent;
    var item = Array.from(name + ": " + said).slice(0, 200).join("") + " [" + claim.hash.slice(1) + "]";
    var link = document.createElement("a");
    link.rel = "external noopener";
    link.textContent = foot.dataset.wrong;
    link.href = foot.dataset.report
      .replaceAll("{edition}", edition ? edition[1] : "expo")
      .replaceAll("{item}", encodeURIComponent(item));
    home.append(" · ", link);
  }

  addEventListener("hashchange", arrive);
  // A second click on a link to the same claim changes no address.
  document.addEventListener("click", function (event) {
    var link = event.target.closest("a[href]");
    if (link && link.hash && link.href === location.href) setTimeout(arrive);
  });
  if (foot) {
    document.addEventListener(
      "toggle",
      function (event) {
        if (event.target.open && event.target.matches(".why")) ask(event.target);
      },
      true,
    );
  }
  arrive();
})();
