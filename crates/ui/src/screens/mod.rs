//! One screen per file.

pub mod accounts;
pub mod activity;
pub mod add_network;
pub mod approval;
pub mod home;
pub mod network_list;
pub mod parts;
pub mod receive;
pub mod review;
pub mod send;
pub mod settings;
pub mod site_bar;
pub mod sites;
pub mod transaction;
