//! The `milepost` program: everything is in the library.

/// A portal is made of millions of small texts: with the allocator of glibc, a third of a build's time
/// went into finding room for them.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    milepost::cli::run()
}
