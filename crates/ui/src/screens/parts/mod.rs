//! Pieces that several screens share.

pub mod account_list;
pub mod act;
pub mod ask_keyring;
pub mod asset_rows;
pub mod chosen_file;
pub mod clock;
pub mod doing;
pub mod facts;
pub mod fours;
pub mod home_bar;
pub mod home_tabs;
pub mod live;
pub mod network_rows;
pub mod network_search;
pub mod passwords;
pub mod problem_box;
pub mod reveal;
pub mod server_trouble;
pub mod site_access;
pub mod site_wallet;
pub mod tiles;
pub mod token_rows;
pub mod told;
pub mod undo;
pub mod who_row;
pub mod worth;
