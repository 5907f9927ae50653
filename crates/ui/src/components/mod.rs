//! Building blocks of every screen, after the design guide's section 5.

pub mod brand;
pub mod disclosure;
pub mod field;
pub mod file_row;
pub mod hold_button;
pub mod icon;
pub mod leaf;
pub mod live_words;
pub mod note;
pub mod phrase_grid;
pub mod progress;
pub mod seal;
pub mod sentence;
pub mod sheet;
pub mod tick_row;
pub mod title_bar;
pub mod toast;
