pub(crate) const SEEDS: &[(&str, &str, fn() -> Vec<u8>)] = &[];
