// Tells the page around the frame how high this one is, at first and when it changes.

(() => {
  if (parent === self) return;

  const tell = () => {
    const height = Math.ceil(document.body.getBoundingClientRect().height);
    parent.postMessage({ dateline: "height", height }, "*");
  };

  new ResizeObserver(tell).observe(document.body);
  addEventListener("load", tell);
})();
