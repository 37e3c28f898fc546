// A page that moved: at once to its new address, with the part of it that was asked for, which no header can keep.
document.addEventListener("DOMContentLoaded", () => {
  const link = document.querySelector("a[data-moved]");
  if (link) location.replace(link.href + location.hash);
});
