use super::{Head, Listed, Named};
use radrum_domain::Label;
use serde::Serialize;
use ts_rs::TS;

/// A label in the list.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct LabelRow {
    /// Head.
    pub head: Head,
    /// As written.
    pub label: Label,
    /// What it is called too: labels that were merged into it.
    pub also: Vec<Named>,
}

/// A label's page: what it stands for and everything that carries it.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct LabelPage {
    /// The label as in the list.
    pub row: LabelRow,
    /// The one that it was merged into; none when it stands by itself.
    pub stands_as: Option<Named>,
    /// What carries it, or a label that was merged into it; newest first.
    pub items: Vec<Listed>,
    /// There are more.
    pub cut: bool,
}
