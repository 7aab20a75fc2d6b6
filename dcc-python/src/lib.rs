//! Python package of the DCC engine.
