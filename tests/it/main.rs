//! The tests of the whole program, in one binary, so that it is linked once.

mod browser;
mod build;
mod catalogue;
mod data;
mod editors_guide;
mod emit;
mod example;
mod fixture;
mod format;
mod growth;
mod http;
mod pages;
mod publish;
mod random;
mod serve;
mod syntax;
mod tidy;
