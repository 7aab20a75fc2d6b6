//! Writes the Kotlin, Swift and Ruby sources of the library: the command is at
//! the top of the library's `lib.rs`.

fn main() {
    uniffi::uniffi_bindgen_main()
}
