//! Writes the Kotlin, Swift or Ruby sources of the library:
//! `cargo run -p dcc-ffi --features uniffi-cli --bin uniffi-bindgen -- generate --help`.

fn main() {
    uniffi::uniffi_bindgen_main()
}
