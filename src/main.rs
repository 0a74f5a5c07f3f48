//! The `milepost` program: everything is in the library.

fn main() -> std::process::ExitCode {
    milepost::cli::run()
}
