//! The header: cards side by side before the body, tables after it.

use super::fonts::Fonts;
use super::items::Item;
use super::place::{BOTTOM, MARGIN, TEXT, TOP};
use super::tags::{Kind, ROOT, TagId};
use super::text::{Color, Look, Paragraph};
use super::{LABEL, Printer, table};
use crate::block::{Block, Cell, Inline, Scope, Style, Table};
use crate::header::Header;
use crate::summary::{self, Card};

impl Printer {
    /// Patient and document, side by side.
    pub(super) fn essentials(&mut self, header: &Header) {
        let cards = summary::essentials(header);
        let gutter = 12.0;
        for pair in cards.chunks(2) {
            let width = (TEXT - gutter * (pair.len() - 1) as f32) / pair.len() as f32;
            let drawn: Vec<_> = pair.iter().map(|c| self.card(c, width)).collect();
            let height = drawn.iter().map(|d| d.1).fold(0.0, f32::max);
            if height > BOTTOM - TOP {
                for card in pair {
                    self.card_table(card, ROOT);
                }
                continue;
            }
            self.pages.need(height);
            let top = self.pages.y;
            for (i, (rows, _)) in drawn.into_iter().enumerate() {
                let x = MARGIN + (width + gutter) * i as f32;
                self.pages.fill(x, top, width, height, Color::CardFill);
                self.pages.fill(x, top, 2.5, height, Color::Accent);
                for (item, dx, dy) in rows {
                    self.pages.item(&item, x + dx, top + dy);
                }
            }
            self.pages.y = top + height + 10.0;
        }
    }

    /// The items of a card with their places, and its height.
    fn card(&mut self, card: &Card, width: f32) -> (Vec<(Item, f32, f32)>, f32) {
        const PAD: f32 = 9.0;
        let tags = &mut self.pages.tags;
        let section = tags.add(ROOT, Kind::Section);
        let heading = tags.add(section, Kind::Heading(2, card.title.clone()));
        let list = tags.add(section, Kind::List(false));
        let fonts = &mut self.press.fonts;
        let inner = width - 2.0 * PAD;
        let label_width = inner * 0.37;
        let value_x = label_width + 8.0;
        let mut out = Vec::new();
        let mut y = 6.0;
        let column =
            |fonts: &mut Fonts, text: &str, look: Look, [x, top, w]: [f32; 3], tag: TagId| {
                let mut at = top;
                let mut items = Vec::new();
                for line in Paragraph::plain(fonts, text, look).lines(fonts, w) {
                    let height = line.height;
                    items.push((Item::line(line, 0.0, tag), x, at));
                    at += height;
                }
                (items, at)
            };
        let title = Look::new(10.5).bold().color(Color::Accent);
        let (items, end) = column(fonts, &card.title, title, [PAD, y, inner], heading);
        out.extend(items);
        y = end + 3.0;
        for row in &card.rows {
            let grey = Look::new(LABEL).color(Color::Grey);
            let item = tags.add(list, Kind::Item);
            let label = tags.add(item, Kind::Label);
            let body = tags.add(item, Kind::Body);
            let (items, left) = column(fonts, &row.label, grey, [PAD, y, label_width], label);
            out.extend(items);
            let mut right = y;
            for (i, line) in row.lines.iter().enumerate() {
                let mut look = Look::new(LABEL);
                if i == 0 && row.is_strong {
                    look = look.bold();
                }
                let place = [PAD + value_x, right, inner - value_x];
                let (items, end) = column(fonts, line, look, place, body);
                out.extend(items);
                right = end;
            }
            y = left.max(right) + 1.6;
        }
        (out, y + 5.0)
    }

    pub(super) fn details(&mut self, header: &Header) {
        let cards = summary::details(header);
        if cards.is_empty() {
            return;
        }
        let tag = self.pages.tags.add(ROOT, Kind::Section);
        self.heading("Informations complémentaires", 1, tag);
        for card in &cards {
            self.pages.gap(5.0);
            self.card_table(card, tag);
            self.pages.y += 4.0;
        }
    }

    /// A card as a table of two columns under its title.
    fn card_table(&mut self, card: &Card, tag: TagId) {
        let text = |text: &str, bold: bool| {
            Block::Paragraph(vec![Inline::Text {
                text: text.to_owned(),
                style: Style {
                    bold,
                    ..Style::default()
                },
                link: None,
            }])
        };
        let cell = |column: usize, colspan: usize, scope: Scope, blocks: Vec<Block>| Cell {
            column,
            colspan,
            scope,
            ..Cell::new(blocks)
        };
        let table = Table {
            caption: Vec::new(),
            columns: 2,
            head: vec![vec![cell(
                0,
                2,
                Scope::Column,
                vec![text(&card.title, true)],
            )]],
            body: card
                .rows
                .iter()
                .map(|row| {
                    let mut lines = Vec::new();
                    for (i, line) in row.lines.iter().enumerate() {
                        if i > 0 {
                            lines.push(Inline::Break);
                        }
                        lines.push(Inline::Text {
                            text: line.clone(),
                            style: Style {
                                bold: i == 0 && row.is_strong,
                                ..Style::default()
                            },
                            link: None,
                        });
                    }
                    vec![
                        cell(0, 1, Scope::Row, vec![text(&row.label, false)]),
                        cell(1, 1, Scope::None, vec![Block::Paragraph(lines)]),
                    ]
                })
                .collect(),
            foot: Vec::new(),
        };
        let place = table::Place {
            x: MARGIN,
            width: TEXT,
            parts: Some(&[0.3, 0.7]),
            tag,
        };
        table::draw(&mut self.pages, &mut self.press, &table, &place);
    }
}
