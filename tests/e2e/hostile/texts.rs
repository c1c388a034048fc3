//! What has run in other programs that show what somebody wrote. `PORT` is where a listener
//! waits; `fell` is what must not be called.

/// Longest note of these, in letters: well under what one change may hold.
const LETTERS_MAX: usize = 9_000;

const TEXTS: &[&str] = &[
    "<script>fell(1)</script>",
    "<SCRIPT SRC=http://127.0.0.1:PORT/a.js></SCRIPT>",
    "<scr<script>ipt>fell(2)</scr</script>ipt>",
    "<script\u{0c}type='module'>fell(3)</script >",
    "<img src=x onerror=fell(4)>",
    "<img src='http://127.0.0.1:PORT/b.png'>",
    "<img srcset='http://127.0.0.1:PORT/c.png 1x' src=x>",
    "<IMG \"\"\"><script>fell(5)</script>\">",
    "<img/src=`x`/onerror=fell(6)>",
    "<image src=x onerror=fell(7)>",
    "<svg onload=fell(8)>",
    "<svg><script>fell(9)</script></svg>",
    "<svg><animate onbegin=fell(10) attributeName=x dur=1s>",
    "<svg><a xlink:href='javascript:fell(11)'><text>x</text></a></svg>",
    "<svg><use href='data:image/svg+xml,<svg id=x onload=fell(12)>#x'/></svg>",
    "<math><mtext><table><mglyph><style><img src onerror=fell(13)>",
    "<body onload=fell(14)>",
    "<iframe src='javascript:fell(15)'></iframe>",
    "<iframe srcdoc='<script>parent.fell(16)</script>'></iframe>",
    "<iframe src='http://127.0.0.1:PORT/d'></iframe>",
    "<object data='javascript:fell(17)'></object>",
    "<embed src='http://127.0.0.1:PORT/e'>",
    "<link rel=stylesheet href='http://127.0.0.1:PORT/f.css'>",
    "<link rel=prefetch href='http://127.0.0.1:PORT/g'>",
    "<style>@import 'http://127.0.0.1:PORT/h.css'; * { background: url(http://127.0.0.1:PORT/i) } /* fell( */</style>",
    "<p style=\"background:url('http://127.0.0.1:PORT/j')\">fell(</p>",
    "<meta http-equiv=refresh content='0;url=http://127.0.0.1:PORT/k'>",
    "<base href='http://127.0.0.1:PORT/'>",
    "<form action='http://127.0.0.1:PORT/l'><button autofocus onfocus=fell(18)>x</button></form>",
    "<button form=x formaction='javascript:fell(19)'>x</button>",
    "<input autofocus onfocus=fell(20)>",
    "<details open ontoggle=fell(21)>x</details>",
    "<video><source onerror=fell(22)></video>",
    "<audio src=x onerror=fell(23)>",
    "<marquee onstart=fell(24)>x</marquee>",
    "<a href='javascript:fell(25)'>x</a>",
    "<a href='http://127.0.0.1:PORT/m' ping='http://127.0.0.1:PORT/n'>x</a>",
    "<template><img src=x onerror=fell(26)></template>",
    "<noscript><p title='</noscript><img src=x onerror=fell(27)>'>",
    "<x onclick=fell(28)>x</x>",
    "<!--><img src=x onerror=fell(29)>-->",
    "<![CDATA[><img src=x onerror=fell(30)>]]>",
    "<?xml-stylesheet href='javascript:fell(31)'?>",
    "\u{ff1c}script\u{ff1e}fell(32)\u{ff1c}/script\u{ff1e}",
    "<\u{0}script>fell(33)</script>",
    "\u{202e}>tpircs/<(43)llef>tpircs<\u{202c} fell(34)",
    "&lt;script&gt;fell(35)&lt;/script&gt;",
    "&#60;img src=x onerror=fell(36)&#62;",
    "{@html '<img src=x onerror=fell(37)>'} {{constructor.constructor('fell(38)')()}}",
    "javascript:fell(39)",
];

/// Addresses that no link may have.
const ADDRESSES: &[&str] = &[
    "javascript:fell(50)",
    "JaVaScRiPt:fell(51)",
    "java\u{9}script:fell(52)",
    "\u{1}javascript:fell(53)",
    "javascript&colon;fell(54)",
    "&#106;avascript:fell(55)",
    "javascript://evil.example/%0afell(56)",
    "vbscript:fell(57)",
    "data:text/html,<script>fell(58)</script>",
    "data:image/svg+xml,<svg onload=fell(59)>",
    "blob:http://127.0.0.1:PORT/fell(60)",
    "file:///etc/passwd?fell(61)",
    "http://127.0.0.1:PORT/fell(62)",
    "//127.0.0.1:PORT/fell(63)",
    "tauri://localhost/fell(64)",
    "ipc://localhost/rpc?fell(65)",
    "https://evil.example/\" onmouseover=\"fell(66)",
    "https://evil.example/fell(67)",
];

/// Ways to write an address.
const LINKS: &[&str] = &[
    "[x](ADDRESS)",
    "[x](<ADDRESS>)",
    "![x](ADDRESS)",
    "![x](<ADDRESS> \"fell(\")",
    "<ADDRESS>",
    "[fell(][n]\n\n[n]: ADDRESS 'x'",
];

/// Ways to write a text.
const WAYS: &[&str] = &[
    "TEXT",
    "Före TEXT efter",
    "> TEXT",
    "- TEXT",
    "1. TEXT",
    "# TEXT",
    "**TEXT**",
    "_TEXT_",
    "`TEXT`",
    "```html\nTEXT\n```",
    "    TEXT",
    "[TEXT](https://evil.example/)",
    "![TEXT](TEXT)",
    "<div>\n\nTEXT\n\n</div>",
];

/// Each text once.
pub fn texts(port: u16) -> Vec<String> {
    let port = port.to_string();
    let texts = TEXTS.iter().chain(ADDRESSES);
    texts.map(|text| text.replace("PORT", &port)).collect()
}

/// Notes with every text in every way, and every address in every link.
pub fn notes(port: u16) -> Vec<String> {
    let port = port.to_string();
    let texts = WAYS
        .iter()
        .flat_map(|way| TEXTS.iter().map(|text| way.replace("TEXT", text)));
    let links = LINKS
        .iter()
        .flat_map(|link| ADDRESSES.iter().map(|to| link.replace("ADDRESS", to)));
    let mut notes = vec![String::new()];
    for (n, text) in texts.chain(links).enumerate() {
        // References of one note share their names.
        let text = text
            .replace("[n]", &format!("[n{n}]"))
            .replace("PORT", &port);
        let last = notes
            .last_mut()
            .filter(|note| note.len() + text.len() < LETTERS_MAX);
        match last {
            Some(note) => {
                note.push_str("\n\n");
                note.push_str(&text);
            }
            None => notes.push(text),
        }
    }
    notes
}
