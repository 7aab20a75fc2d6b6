//! Sections that hold texts and no entries.

use crate::cda::Codec;
use crate::cda::narrative;
use crate::cda::slot::Slot;
use crate::cda::templates::SectionTemplate;
use crate::model::{DatedText, PartialDateTime};

impl Codec<'_> {
    /// A section of texts, each with its date, without entries.
    pub(crate) fn dated_texts(
        &mut self,
        shape: &SectionTemplate,
        heading: &str,
        mut texts: Slot<'_, Vec<DatedText>>,
    ) {
        self.section(shape, !texts.is_empty(), |s| {
            s.narrative(|n| {
                n.table(heading, 2, |t| {
                    for text in texts.iter() {
                        t.row(|r| {
                            r.cell(
                                text.date
                                    .map(|d| d.french().to_string())
                                    .unwrap_or_default(),
                            );
                            r.cell(&text.text);
                        });
                    }
                });
            });
            if s.is_writing() {
                return;
            }
            let Some(texts) = texts.given() else { return };
            for mut row in s.text_rows() {
                let date = row.first().and_then(|d| PartialDateTime::from_french(d));
                if date.is_some() || (row.len() > 1 && row[0].is_empty()) {
                    row.remove(0);
                }
                texts.push(DatedText {
                    date,
                    text: row.join(" : "),
                });
            }
        });
    }

    /// A reader's rows of text: those of the tables, or each paragraph, item
    /// or line of a text without tables.
    pub(crate) fn text_rows(&mut self) -> Vec<Vec<String>> {
        let tables = self.tables();
        let Some((tree, _)) = self.here() else {
            return Vec::new();
        };
        let mut rows = Vec::new();
        for table in &tables {
            for cells in &table.rows {
                let row: Vec<_> = cells
                    .iter()
                    .map(|&cell| {
                        let text = narrative::plain(tree, cell);
                        tree.mark_all(cell);
                        text
                    })
                    .collect();
                if row.iter().any(|t| !t.is_empty() && t != "-") {
                    rows.push(row);
                }
            }
        }
        if tables.is_empty()
            && let Some(text) = self.cursor().and_then(|c| c.narrative)
        {
            let plain = narrative::plain(tree, text);
            tree.mark_all(text);
            rows.extend(
                plain
                    .lines()
                    .map(str::trim)
                    .filter(|l| !l.is_empty())
                    .map(|l| vec![l.to_owned()]),
            );
        }
        rows
    }

    /// A section that is one text, without entries.
    pub(crate) fn text_section(
        &mut self,
        shape: &SectionTemplate,
        heading: &str,
        mut text: Slot<'_, Option<String>>,
    ) {
        self.section(shape, text.is_some(), |s| {
            s.narrative(|n| {
                n.table(heading, 1, |t| {
                    t.row(|r| r.cell(text.as_deref().unwrap_or_default()))
                });
            });
            if !s.is_writing() {
                let rows: Vec<_> = s
                    .text_rows()
                    .into_iter()
                    .map(|row| row.join(" : "))
                    .collect();
                text.set((!rows.is_empty()).then(|| rows.join("\n")));
            }
        });
    }
}
