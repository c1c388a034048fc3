//! Markdown as a tree of our own nodes. The interface makes DOM nodes of them; no HTML is
//! ever parsed, so there is nothing to sanitise (house.md, Markdown; security.md 3.12).

use comrak::nodes::{AstNode, ListType, NodeValue};
use comrak::{Arena, Options, parse_document};
use serde::Serialize;
use ts_rs::TS;

/// A block of text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "block", rename_all = "snake_case")]
pub enum Block {
    /// A paragraph.
    Paragraph {
        /// Its text.
        inlines: Vec<Inline>,
    },
    /// A heading; all levels look alike inside a note.
    Heading {
        /// Its text.
        inlines: Vec<Inline>,
    },
    /// A list.
    List {
        /// Numbered.
        ordered: bool,
        /// Each item's blocks.
        items: Vec<Vec<Block>>,
    },
    /// A quotation.
    Quote {
        /// Its blocks.
        blocks: Vec<Block>,
    },
    /// Text that is shown letter by letter.
    Verbatim {
        /// The text.
        text: String,
    },
    /// A line across.
    Rule,
}

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "inline", rename_all = "snake_case")]
pub enum Inline {
    /// Plain.
    Text {
        /// The text.
        text: String,
    },
    /// Emphasised.
    Emphasis {
        /// What.
        inlines: Vec<Inline>,
    },
    /// Strong.
    Strong {
        /// What.
        inlines: Vec<Inline>,
    },
    /// A link to the web, to a telephone or to a mailbox.
    Link {
        /// `https:`, `mailto:` or `tel:` only.
        url: String,
        /// What is shown.
        inlines: Vec<Inline>,
    },
    /// A new line.
    Break,
}

/// Deepest nesting that is shown; deeper text is shown flat.
const DEPTH_MAX: usize = 8;

/// Reads a text. Raw HTML and images come out as the text that was typed.
#[must_use]
pub fn blocks(text: &str) -> Vec<Block> {
    let arena = Arena::new();
    let mut options = Options::default();
    options.extension.autolink = true;
    options.extension.strikethrough = false;
    block_children(parse_document(&arena, text, &options), 0)
}

/// The text as one line without marks, for a row of an answer.
#[must_use]
pub fn line(text: &str) -> String {
    let arena = Arena::new();
    plain(parse_document(&arena, text, &Options::default()))
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

fn block_children<'a>(node: &'a AstNode<'a>, depth: usize) -> Vec<Block> {
    node.children()
        .flat_map(|child| block(child, depth + 1))
        .collect()
}

fn block<'a>(node: &'a AstNode<'a>, depth: usize) -> Vec<Block> {
    if depth > DEPTH_MAX {
        let text = plain(node);
        return if text.is_empty() {
            Vec::new()
        } else {
            vec![Block::Verbatim { text }]
        };
    }
    let value = node.data.borrow().value.clone();
    vec![match value {
        NodeValue::Paragraph => Block::Paragraph {
            inlines: inline_children(node, depth),
        },
        NodeValue::Heading(_) => Block::Heading {
            inlines: inline_children(node, depth),
        },
        NodeValue::List(list) => Block::List {
            ordered: list.list_type == ListType::Ordered,
            items: node
                .children()
                .map(|item| block_children(item, depth + 1))
                .collect(),
        },
        NodeValue::BlockQuote => Block::Quote {
            blocks: block_children(node, depth),
        },
        NodeValue::CodeBlock(code) => Block::Verbatim { text: code.literal },
        NodeValue::HtmlBlock(html) => Block::Verbatim { text: html.literal },
        NodeValue::ThematicBreak => Block::Rule,
        _ => return block_children(node, depth),
    }]
}

fn inline_children<'a>(node: &'a AstNode<'a>, depth: usize) -> Vec<Inline> {
    node.children()
        .flat_map(|child| inline(child, depth + 1))
        .collect()
}

fn inline<'a>(node: &'a AstNode<'a>, depth: usize) -> Vec<Inline> {
    if depth > 2 * DEPTH_MAX {
        return vec![Inline::Text { text: plain(node) }];
    }
    let value = node.data.borrow().value.clone();
    vec![match value {
        NodeValue::Text(text) => Inline::Text {
            text: text.into_owned(),
        },
        NodeValue::Code(code) => Inline::Text { text: code.literal },
        NodeValue::HtmlInline(html) => Inline::Text { text: html },
        NodeValue::SoftBreak | NodeValue::LineBreak => Inline::Break,
        NodeValue::Emph => Inline::Emphasis {
            inlines: inline_children(node, depth),
        },
        NodeValue::Strong => Inline::Strong {
            inlines: inline_children(node, depth),
        },
        NodeValue::Link(link) if is_safe(&link.url) => Inline::Link {
            url: link.url,
            inlines: inline_children(node, depth),
        },
        _ => return inline_children(node, depth),
    }]
}

fn is_safe(url: &str) -> bool {
    ["https://", "mailto:", "tel:"]
        .iter()
        .any(|scheme| url.starts_with(scheme))
}

fn plain<'a>(node: &'a AstNode<'a>) -> String {
    node.descendants()
        .filter_map(|inner| match &inner.data.borrow().value {
            NodeValue::Text(text) => Some(text.to_string()),
            NodeValue::Code(code) => Some(code.literal.clone()),
            NodeValue::CodeBlock(code) => Some(code.literal.clone()),
            NodeValue::HtmlBlock(html) => Some(html.literal.clone()),
            NodeValue::HtmlInline(html) => Some(html.clone()),
            NodeValue::SoftBreak | NodeValue::LineBreak | NodeValue::Item(_) => Some(" ".into()),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Block, Inline, blocks, line};

    fn text(text: &str) -> Inline {
        Inline::Text { text: text.into() }
    }

    #[test]
    fn the_marks_that_people_use_become_nodes() {
        let tree = blocks("Ring **före** nio.\n\n- Sorsele\n- Malå\n");
        assert_eq!(
            tree[0],
            Block::Paragraph {
                inlines: vec![
                    text("Ring "),
                    Inline::Strong {
                        inlines: vec![text("före")]
                    },
                    text(" nio.")
                ]
            }
        );
        assert!(matches!(&tree[1], Block::List { ordered: false, items } if items.len() == 2));
    }

    #[test]
    fn html_scripts_and_odd_links_come_out_as_text() {
        for evil in [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "[x](javascript:alert(1))",
            "[x](data:text/html,x)",
            "![x](https://example.com/x.png)",
        ] {
            let tree = blocks(evil);
            let shown = serde_json::to_string(&tree).expect("json");
            assert!(!shown.contains("\"link\""), "{shown}");
        }
    }

    #[test]
    fn a_row_of_an_answer_shows_the_words_and_not_the_marks() {
        assert_eq!(
            line("Hör av er senast **8 januari**,\nså *samlar* jag [alla](https://mfof.se/)."),
            "Hör av er senast 8 januari, så samlar jag alla."
        );
        assert_eq!(line("- Sorsele\n- Malå"), "Sorsele Malå");
        assert_eq!(line("a < b och <b>c</b>"), "a < b och <b>c</b>");
    }

    #[test]
    fn a_thousand_quotes_do_not_recurse_without_end() {
        assert!(!blocks(&format!("{} djupt", ">".repeat(1_000))).is_empty());
    }
}
