# The few commands one uses: `just --list`.

# The main job on the bundled documents.
main-job:
    cargo run --release --example parcours

# Every test, C, Python and Kotlin included.
test:
    cargo test --workspace

# What must hold before a change lands.
ci:
    bash .ci/run

# Formatting, lints and documentation.
lint:
    cargo fmt --all --check
    cargo clippy --workspace --all-targets -- -D warnings
    RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps --quiet

# The JSON Schemas and what is made of them, after a change of the model.
schemas:
    cargo run -p dcc-core --features schema --example schemas
    python3 dcc-python/typed_dicts.py

# Accept the outputs as they are now; say why in the commit.
golden:
    DCC_GOLDEN=write cargo test -p dcc-tests --test golden

# A bench against its baseline: `just bench fiche_rcp`.
bench name:
    cargo bench -p dcc-benches --bench {{name}}
