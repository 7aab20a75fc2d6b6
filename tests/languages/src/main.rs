//! Writes the Kotlin, Swift and Ruby sources of the library, with the tests.

fn main() {
    uniffi::uniffi_bindgen_main()
}
