//! Benches of the DCC engine against named baselines.
