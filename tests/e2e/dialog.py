"""Answers the file dialog that GTK opens next on this display: types a path and Enter.

    dialog.py PATH

Says "ready" when it has seen which windows stand open, and ends when the dialog has gone.
"""

import ctypes
import sys
import time

X11 = ctypes.CDLL("libX11.so.6")
TEST = ctypes.CDLL("libXtst.so.6")
WITHIN_S = 60
# A tooltip or a list of completions is smaller.
DIALOG_PX = 400
VIEWABLE = 2
TO_PARENT = 2
CONTROL, SHIFT, ENTER = 0xFFE3, 0xFFE1, 0xFF0D


class Attributes(ctypes.Structure):
    """XWindowAttributes, up to what is read of it."""

    _fields_ = (
        [(name, ctypes.c_int) for name in ("x", "y", "width", "height", "border", "depth")]
        + [("visual", ctypes.c_void_p), ("root", ctypes.c_ulong)]
        + [(name, ctypes.c_int) for name in ("sort", "bits", "gravity", "store")]
        + [("planes", ctypes.c_ulong), ("pixel", ctypes.c_ulong), ("save", ctypes.c_int)]
        + [("colours", ctypes.c_ulong), ("installed", ctypes.c_int), ("state", ctypes.c_int)]
        + [("rest", ctypes.c_char * 256)]
    )


for function in ("XOpenDisplay", "XDefaultRootWindow", "XkbKeycodeToKeysym"):
    getattr(X11, function).restype = ctypes.c_void_p
display = ctypes.c_void_p(X11.XOpenDisplay(None))
root = ctypes.c_ulong(X11.XDefaultRootWindow(display))
# A window may go while it is looked at.
ON_ERROR = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)(lambda *_: 0)
X11.XSetErrorHandler(ON_ERROR)


def large():
    """The windows of the display that can be seen and are no smaller than a dialog."""
    a, b = ctypes.c_ulong(), ctypes.c_ulong()
    count, list_of = ctypes.c_uint(), ctypes.POINTER(ctypes.c_ulong)()
    by = ctypes.byref
    X11.XQueryTree(display, root, by(a), by(b), by(list_of), by(count))
    seen = set()
    for window in list_of[: count.value]:
        of = Attributes()
        if X11.XGetWindowAttributes(display, ctypes.c_ulong(window), by(of)):
            if of.state == VIEWABLE and of.width > DIALOG_PX:
                seen.add(window)
    return seen


def until(look):
    began = time.monotonic()
    while not (found := look()):
        if time.monotonic() - began > WITHIN_S:
            sys.exit("not in time")
        time.sleep(0.02)
    return found


def press(window, *symbols):
    """Presses keys together, in the dialog and nowhere else."""
    X11.XSetInputFocus(display, ctypes.c_ulong(window), TO_PARENT, 0)
    codes = [X11.XKeysymToKeycode(display, ctypes.c_ulong(symbol)) for symbol in symbols]
    for code in codes:
        TEST.XTestFakeKeyEvent(display, code, 1, 0)
    for code in reversed(codes):
        TEST.XTestFakeKeyEvent(display, code, 0, 0)
    X11.XSync(display, 0)


def write(window, letter):
    symbol = ord(letter)
    code = X11.XKeysymToKeycode(display, ctypes.c_ulong(symbol))
    plain = X11.XkbKeycodeToKeysym(display, code, 0, 0)
    press(window, *([] if plain == symbol else [SHIFT]), symbol)


before = large()
print("ready", flush=True)
dialog = until(lambda: large() - before).pop()
press(dialog, CONTROL, ord("a"))
for letter in sys.argv[1]:
    write(dialog, letter)
press(dialog, ENTER)
until(lambda: dialog not in large())
