// A link to a claim opens what the claim rests on, and whatever it is folded away in.
(function () {
  "use strict";
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
  addEventListener("hashchange", arrive);
  // A second click on a link to the same claim changes no address.
  document.addEventListener("click", function (event) {
    var link = event.target.closest("a[href]");
    if (link && link.hash && link.href === location.href) setTimeout(arrive);
  });
  arrive();
})();
