//! Text with marks, as nodes and as one line.

use radrum_domain::markdown::{Block, Inline, blocks, line};

/// Blocks nest at most so deep, inlines at most so much deeper; serialising and drawing recurse.
const DEPTH_MAX: usize = 32;

/// A link that is named once and used often grows; the reader stops at this.
const GROWN_BYTES_MAX: usize = 200_000;

pub(crate) fn run(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let tree = blocks(&text);
    assert_eq!(tree, blocks(&text), "the same twice");
    let mut shown = 0;
    for block in &tree {
        in_block(block, 1, &mut shown);
    }
    assert!(
        shown <= 8 * text.len() + GROWN_BYTES_MAX,
        "{shown} bytes shown"
    );
    let line = line(&text);
    assert!(!line.contains('\n') && line.trim() == line);
    assert!(serde_json::to_string(&tree).is_ok());
}

fn in_block(block: &Block, depth: usize, shown: &mut usize) {
    assert!(depth <= DEPTH_MAX);
    match block {
        Block::Paragraph { inlines } | Block::Heading { inlines } => {
            in_inlines(inlines, depth, shown);
        }
        Block::List { items, .. } => {
            for block in items.iter().flatten() {
                in_block(block, depth + 1, shown);
            }
        }
        Block::Quote { blocks } => {
            for block in blocks {
                in_block(block, depth + 1, shown);
            }
        }
        Block::Verbatim { text } => *shown += text.len(),
        Block::Rule => {}
    }
}

fn in_inlines(inlines: &[Inline], depth: usize, shown: &mut usize) {
    assert!(depth <= DEPTH_MAX);
    for inline in inlines {
        match inline {
            Inline::Text { text } => *shown += text.len(),
            Inline::Emphasis { inlines } | Inline::Strong { inlines } => {
                in_inlines(inlines, depth + 1, shown);
            }
            Inline::Link { url, inlines } => {
                let schemes = ["https://", "mailto:", "tel:"];
                assert!(
                    schemes.iter().any(|scheme| url.starts_with(scheme)),
                    "{url}"
                );
                *shown += url.len();
                in_inlines(inlines, depth + 1, shown);
            }
            Inline::Break => {}
        }
    }
}
