//! Patterns of texts, for the schemas: each says what the reading of the text
//! accepts.

/// A real day: 31 days a month at most, 29 February only in its years.
macro_rules! day_pattern {
    () => {
        concat!(
            "(?!0000)([0-9]{4}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])",
            "|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))",
            "|([0-9][0-9](0[48]|[2468][048]|[13579][26])",
            "|([02468][048]|[13579][26])00)-02-29)"
        )
    };
}
pub(crate) use day_pattern;

/// A text of a fact that must be stated, as a schema.
pub(crate) const STATED: &str = r"\S";

/// A dimension of a fact, as a schema: not the word that names the totals.
pub(crate) const NOT_TOTAL: &str = r"^(?!\s*tous\s*$)";

/// A day of a fact, as a schema: `2025-03-14`, a real one.
pub(crate) struct Day;

impl schemars::JsonSchema for Day {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Day".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "format": "date",
            "pattern": concat!("^", day_pattern!(), "$"),
            "description": "*Jour, AAAA-MM-JJ*"
        })
    }
}
