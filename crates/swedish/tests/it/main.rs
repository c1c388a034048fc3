//! The trade's language: what must meet, what must not, and that no text breaks the reader.

mod any_text;
mod guard;
mod query;
mod statute;
mod word;
