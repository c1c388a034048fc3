/** Copies a text. When the window may not, the element is marked instead, and false is given. */
export async function copyText(text: string, element: HTMLElement | undefined): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    if (element) mark(element);
    return false;
  }
}

function mark(element: HTMLElement): void {
  if (element instanceof HTMLTextAreaElement) {
    element.focus();
    element.select();
    return;
  }
  getSelection()?.selectAllChildren(element);
}
