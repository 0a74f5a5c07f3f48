//! The `milepost` program: everything is in the library.

/// Views and templates allocate many small strings. mimalloc is faster at that than the allocator of
/// glibc; `benches/README.md` has the gain and the command that measures it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    milepost::run()
}
