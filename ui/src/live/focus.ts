/**
 * Where the focus goes when what had it is gone: a form that was saved, a button that did what it
 * was there for. Left alone it falls to the body, and whoever uses the keyboard starts over.
 */
export function keepFocus(): () => void {
  let last: Element | null = null;
  let waiting = false;

  const isLost = () => !!last && !last.isConnected && document.activeElement === document.body;

  function find(): void {
    waiting = false;
    if (!isLost()) return;
    const place = placeOf();
    if (!place) return;
    // What is not reached with Tab can have the focus all the same.
    if (place.tabIndex < 0) place.tabIndex = -1;
    place.focus({ preventScroll: true });
  }

  function remember(event: FocusEvent): void {
    last = event.target as Element;
  }

  /** Whoever clicks beside everything wants the focus nowhere. */
  function left(): void {
    const from = last;
    queueMicrotask(() => {
      if (from === last && from?.isConnected && document.activeElement === document.body)
        last = null;
    });
  }

  const observer = new MutationObserver(() => {
    if (waiting || !isLost()) return;
    waiting = true;
    // A page that comes, or a form that opens, may take the focus itself.
    requestAnimationFrame(() => requestAnimationFrame(find));
  });
  observer.observe(document.body, { childList: true, subtree: true });
  document.addEventListener("focusin", remember);
  document.addEventListener("focusout", left);
  return () => {
    observer.disconnect();
    document.removeEventListener("focusin", remember);
    document.removeEventListener("focusout", left);
  };
}

/** In the dialog that is open, since nothing behind it can have the focus; else on the page. */
function placeOf(): HTMLElement | null {
  const dialog = [...document.querySelectorAll("dialog[open]")].at(-1);
  if (dialog) return dialog.querySelector("h2");
  return (
    document.getElementById("search") ??
    document.querySelector<HTMLElement>("#main h1") ??
    document.getElementById("main")
  );
}
