//! A person's hands in the file dialog. It is a window of the desktop's own, which no web driver
//! reaches: its keys come from the X server, as those of a keyboard do.

use crate::stage::Stage;
use anyhow::{Result, ensure};
use std::path::Path;
use std::process::Command;

/// Finds the dialog above the program's window, writes a path into it and presses Enter, until
/// the dialog has gone.
const HANDS: &str = r"
import ctypes, sys, time
from ctypes import byref, c_char_p, c_int, c_uint, c_ulong, c_void_p, POINTER

x = ctypes.CDLL('libX11.so.6')
keys = ctypes.CDLL('libXtst.so.6')
x.XOpenDisplay.restype = c_void_p
x.XDefaultRootWindow.argtypes, x.XDefaultRootWindow.restype = [c_void_p], c_ulong
x.XQueryTree.argtypes = [c_void_p, c_ulong] + [POINTER(c_ulong)] * 2 + [
    POINTER(POINTER(c_ulong)), POINTER(c_uint)]
x.XGetTransientForHint.argtypes = [c_void_p, c_ulong, POINTER(c_ulong)]
x.XSetInputFocus.argtypes = [c_void_p, c_ulong, c_int, c_ulong]
x.XStringToKeysym.argtypes, x.XStringToKeysym.restype = [c_char_p], c_ulong
x.XKeysymToKeycode.argtypes = [c_void_p, c_ulong]
x.XSync.argtypes = [c_void_p, c_int]
x.XGetWindowAttributes.argtypes = [c_void_p, c_ulong, c_void_p]
keys.XTestFakeKeyEvent.argtypes = [c_void_p, c_uint, c_int, c_ulong]

display = c_void_p(x.XOpenDisplay(None))
root = x.XDefaultRootWindow(display)
# A window that goes away meanwhile is no end of this program.
quiet = ctypes.CFUNCTYPE(c_int, c_void_p, c_void_p)(lambda *_: 0)
x.XSetErrorHandler(quiet)

def dialog():
    parent, top, found, count = c_ulong(), c_ulong(), POINTER(c_ulong)(), c_uint()
    x.XQueryTree(display, root, byref(top), byref(parent), byref(found), byref(count))
    for window in reversed(found[:count.value]):
        owner = c_ulong()
        if x.XGetTransientForHint(display, window, byref(owner)) and is_shown(window):
            return window

def is_shown(window):
    # XWindowAttributes.map_state, where it stands on 64 bits; 2 is IsViewable.
    data = (ctypes.c_byte * 256)()
    known = x.XGetWindowAttributes(display, window, data)
    return known and ctypes.cast(byref(data, 92), POINTER(c_int))[0] == 2

SHIFTED = {'_': 'underscore', ':': 'colon'}
PLAIN = {'/': 'slash', '.': 'period', '-': 'minus'}

def press(name, *held):
    codes = [x.XKeysymToKeycode(display, x.XStringToKeysym(of.encode())) for of in (*held, name)]
    for code in codes:
        keys.XTestFakeKeyEvent(display, code, 1, 0)
    for code in reversed(codes):
        keys.XTestFakeKeyEvent(display, code, 0, 0)
    x.XSync(display, 0)

def write(text):
    for letter in text:
        if letter in SHIFTED or letter.isupper():
            press(SHIFTED.get(letter, letter), 'Shift_L')
        else:
            press(PLAIN.get(letter, letter))

end = time.monotonic() + 60
seen = False
while time.monotonic() < end:
    window = dialog()
    if window is None:
        if seen:
            sys.exit(0)
        time.sleep(0.05)
        continue
    seen = True
    x.XSetInputFocus(display, window, 1, 0)
    time.sleep(0.3)
    press('a', 'Control_L')
    write(sys.argv[1])
    time.sleep(0.3)
    press('Return')
    time.sleep(1)
sys.exit('the dialog stands open' if seen else 'no dialog came')
";

/// Chooses a file in the dialog that opens, or the name under which one is saved.
pub fn choose(stage: &Stage, file: &Path) -> Result<()> {
    let mut hands = Command::new("python3");
    let done = stage
        .prepared(hands.arg("-c").arg(HANDS).arg(file))
        .output()?;
    let said = String::from_utf8_lossy(&done.stderr);
    ensure!(done.status.success(), "{}: {said}", file.display());
    Ok(())
}
