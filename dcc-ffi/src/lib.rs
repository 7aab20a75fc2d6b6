//! C API of the DCC engine.
