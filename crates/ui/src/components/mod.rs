//! Building blocks of every screen, after the design guide's section 5.

pub mod brand;
pub mod field;
pub mod hold_button;
pub mod icon;
pub mod leaf;
pub mod note;
pub mod phrase_grid;
pub mod seal;
pub mod sentence;
pub mod sheet;
pub mod tick_row;
pub mod title_bar;
pub mod toast;
