//! The pages, asked as browsers would, without sockets.

mod copies;
mod dossiers;
mod exchange;
mod forms;
mod guards;
mod house;
mod law;
mod matrix;
mod point;
mod releases;
mod routes;
mod secrecy;
mod station;
mod workstation;
