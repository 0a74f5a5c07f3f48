//! The fonts of cards: Noto Sans (SIL Open Font License 1.1, see `OFL.txt`), subset to Latin and
//! Cyrillic letters, including those of Mongolian.

pub(super) const REGULAR: &[u8] = include_bytes!("NotoSans-Regular.ttf");
pub(super) const BOLD: &[u8] = include_bytes!("NotoSans-Bold.ttf");
