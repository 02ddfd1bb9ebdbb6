//! The pages, asked as browsers would, without sockets.

mod accounts;
mod activities;
mod cases;
mod comparisons;
mod controls;
mod copies;
mod dossiers;
mod exchange;
mod exit;
mod forms;
mod guards;
mod house;
mod inventories;
mod law;
mod matrix;
mod point;
mod recognition;
mod releases;
mod routes;
mod secrecy;
mod station;
mod warnings;
mod workstation;
