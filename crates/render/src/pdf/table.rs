//! Tables over pages: column widths after the content, rows that split only
//! when they must, header rows repeated on each page.

use std::collections::VecDeque;

use super::fonts::Fonts;
use super::items::{self, Column, Item, Press, Shape, Shaped};
use super::pages::Pages;
use super::place::{BOTTOM, TOP};
use super::tags::{Kind, TagId, Tags};
use super::text::{Color, Look};
use crate::block::{Align, Block, Cell, Inline, Scope, Table};

/// Padding of a cell, horizontal and vertical.
const PAD_X: f32 = 4.5;
const PAD_Y: f32 = 2.8;
/// Sizes of text tried, until the words fit their columns.
const SIZES: [f32; 4] = [9.0, 8.0, 7.0, 6.0];
/// A row higher than this part of a page may be split where it stands.
const KEPT: f32 = 0.4;
/// Header rows higher than this part of a page are not repeated.
const HEAD: f32 = 0.35;
/// More columns than this are set row by row, as text.
const MAX_COLUMNS: usize = 24;

struct GridCell {
    column: usize,
    colspan: usize,
    rowspan: usize,
    is_header: bool,
    /// Announces what is below: a header, or a text all in bold.
    is_heading: bool,
    align: Align,
    scope: Scope,
    blocks: Vec<Shaped>,
    tag: TagId,
}

type GridRows = Vec<Vec<GridCell>>;

/// A cell with its content cut to its width, part of which may be drawn.
struct Open {
    x: f32,
    width: f32,
    /// Last row that it takes.
    last_row: usize,
    is_header: bool,
    items: VecDeque<Item>,
    /// Top of what stands on the current page.
    top: f32,
    tag: TagId,
    /// Nothing is in it: its frame stands for it in the structure.
    is_blank: bool,
}

impl Open {
    fn height(&self) -> f32 {
        let content: f32 = self.items.iter().map(|i| i.height).sum();
        content + 2.0 * PAD_Y
    }

    /// Takes the items that fit above `bottom`, at least one when `force`.
    fn take(&mut self, bottom: f32, force: bool) -> Vec<Item> {
        let mut y = self.top + PAD_Y;
        let mut out = Vec::new();
        while let Some(item) = self.items.front() {
            let fits = y + item.height <= bottom - PAD_Y + 0.01;
            let forced = force && out.is_empty();
            if !fits && !forced {
                break;
            }
            y += item.height;
            out.extend(self.items.pop_front());
        }
        // a part of a cell neither ends nor starts with white space
        if !self.items.is_empty() {
            while matches!(out.last().map(|i| &i.shape), Some(Shape::Gap)) {
                out.pop();
            }
        }
        while matches!(self.items.front().map(|i| &i.shape), Some(Shape::Gap)) {
            self.items.pop_front();
        }
        out
    }

    /// Draws a part of the cell, down to `bottom`.
    fn draw(&self, pages: &mut Pages, items: &[Item], bottom: f32) {
        let height = bottom - self.top;
        if self.is_header {
            pages.fill(self.x, self.top, self.width, height, Color::HeadFill);
        }
        const RULE: f32 = 0.5;
        // rules lie across the edges: those of two neighbours are one
        let (x, y) = (self.x - RULE / 2.0, self.top - RULE / 2.0);
        let tag = self.is_blank.then_some(self.tag);
        pages.fill_for(tag, [x, y, self.width, RULE], Color::Rule);
        pages.fill(x, y + height, self.width, RULE, Color::Rule);
        pages.fill(x, y, RULE, height + RULE, Color::Rule);
        pages.fill(x + self.width, y, RULE, height + RULE, Color::Rule);
        let mut at = self.top + PAD_Y;
        for item in items {
            pages.item(item, self.x + PAD_X, at);
            at += item.height;
        }
    }
}

/// Where a table stands.
pub(super) struct Place<'a> {
    pub(super) x: f32,
    pub(super) width: f32,
    /// Parts of the width, when they do not follow the content.
    pub(super) parts: Option<&'a [f32]>,
    /// What the table belongs to.
    pub(super) tag: TagId,
}

/// Draws a table.
pub(super) fn draw(pages: &mut Pages, press: &mut Press, table: &Table, place: &Place<'_>) {
    let look = Look::new(SIZES[0]);
    let tag = pages.tags.add(place.tag, Kind::Table);
    if !table.caption.is_empty() {
        let fonts = &mut press.fonts;
        let caption = super::text::Paragraph::new(fonts, &table.caption, look.bold());
        let lines = caption.lines(fonts, place.width);
        let caption = pages.tags.add(tag, Kind::Caption);
        pages.need(lines.iter().map(|l| l.height).sum::<f32>() + 40.0);
        pages.flow(
            lines
                .into_iter()
                .map(|l| Item::line(l, 0.0, caption))
                .collect(),
            place.x,
        );
        pages.y += 2.0;
    }
    if table.columns == 0 {
        return;
    }
    if table.columns > MAX_COLUMNS {
        let whole = Block::Table(Table {
            caption: Vec::new(),
            ..table.clone()
        });
        let blocks = items::shape(press, &[whole], look);
        let within = Column {
            width: place.width,
            align: Align::Start,
            spacing: 2.0,
            tag: place.tag,
        };
        let column = items::column(&mut press.fonts, &mut pages.tags, &blocks, within);
        pages.flow(column, place.x);
        return;
    }
    let mut head = GridRows::new();
    let mut body = GridRows::new();
    let mut edges = Vec::new();
    for size in SIZES {
        head = grid(press, &table.head, size, true);
        body = grid(press, &table.body, size, false);
        body.extend(grid(press, &table.foot, size, false));
        let (widths, fits) = columns(&head, &body, table.columns, place);
        edges = vec![place.x];
        for width in widths {
            edges.push(edges[edges.len() - 1] + width);
        }
        if fits {
            break;
        }
    }
    let part = pages.tags.add(tag, Kind::Head);
    name(&mut pages.tags, part, &mut head);
    let part = pages.tags.add(tag, Kind::Rows);
    name(&mut pages.tags, part, &mut body);
    let layout = Layout {
        edges,
        fonts: &mut press.fonts,
    };
    layout.table(pages, head, body);
}

/// Gives each cell its node in the structure.
fn name(tags: &mut Tags, part: TagId, rows: &mut GridRows) {
    for row in rows {
        let one = tags.add(part, Kind::Row);
        for cell in row {
            let (columns, rows) = (cell.colspan as u32, cell.rowspan as u32);
            let kind = match cell.scope {
                Scope::None => Kind::Cell(columns, rows),
                Scope::Column => Kind::Header(false, columns, rows),
                Scope::Row => Kind::Header(true, columns, rows),
            };
            cell.tag = tags.add(one, kind);
        }
    }
}

fn grid(press: &mut Press, rows: &[Vec<Cell>], size: f32, in_head: bool) -> GridRows {
    let cell = |press: &mut Press, cell: &Cell| {
        let is_header = cell.is_header || in_head;
        let mut look = Look::new(size);
        if is_header {
            look = look.bold();
        }
        GridCell {
            column: cell.column,
            colspan: cell.colspan,
            rowspan: cell.rowspan,
            is_header,
            is_heading: is_header || is_bold(&cell.blocks),
            align: cell.align,
            scope: cell.scope,
            blocks: items::shape(press, &cell.blocks, look),
            tag: 0,
        }
    };
    rows.iter()
        .map(|row| row.iter().map(|c| cell(press, c)).collect())
        .collect()
}

/// True when all the text is in bold.
fn is_bold(blocks: &[Block]) -> bool {
    !blocks.is_empty()
        && blocks.iter().all(|block| match block {
            Block::Paragraph(inlines) => inlines.iter().all(|i| match i {
                Inline::Text { style, .. } => style.bold,
                Inline::Break => true,
            }),
            _ => false,
        })
}

/// Widths of the columns, and whether every word fits its column.
fn columns(head: &GridRows, body: &GridRows, count: usize, place: &Place<'_>) -> (Vec<f32>, bool) {
    let mut min = vec![0.0_f32; count];
    let mut max = vec![0.0_f32; count];
    let mut cells: Vec<&GridCell> = head.iter().chain(body).flatten().collect();
    cells.sort_by_key(|c| c.colspan);
    for cell in cells {
        let (low, high) = items::widths(&cell.blocks);
        let span = cell.column..cell.column + cell.colspan;
        spread(&mut min[span.clone()], low + 2.0 * PAD_X + 0.5);
        spread(&mut max[span], high + 2.0 * PAD_X + 0.5);
    }
    let (low, high): (f32, f32) = (min.iter().sum(), max.iter().sum());
    let total = place.width;
    if let Some(parts) = place.parts.filter(|p| p.len() == count) {
        let widths: Vec<f32> = parts.iter().map(|p| p * total).collect();
        let fits = widths.iter().zip(&min).all(|(w, m)| w >= m);
        if fits {
            return (widths, true);
        }
    }
    if high <= total {
        let extra = total - high;
        let widths = max.iter().map(|m| m + extra * m / high.max(1.0)).collect();
        return (widths, true);
    }
    if low <= total {
        let room = (high - low).max(0.001);
        let widths = min
            .iter()
            .zip(&max)
            .map(|(a, b)| a + (total - low) * (b - a).max(0.0) / room)
            .collect::<Vec<f32>>();
        let sum: f32 = widths.iter().sum();
        return (widths.iter().map(|w| w * total / sum).collect(), true);
    }
    // words will be cut: every column gets its share, none vanishes
    let floor = (total / count as f32).min(24.0);
    let wide: f32 = min.iter().map(|m| (m - floor).max(0.0)).sum();
    let room = total - floor * count as f32;
    let widths = min
        .iter()
        .map(|m| floor + room * (m - floor).max(0.0) / wide.max(0.001))
        .collect();
    (widths, false)
}

/// Widens columns, after their share, until they hold `width` together.
fn spread(columns: &mut [f32], width: f32) {
    let known: f32 = columns.iter().sum();
    if known >= width {
        return;
    }
    let missing = width - known;
    let count = columns.len() as f32;
    for column in columns {
        *column += if known > 0.0 {
            missing * *column / known
        } else {
            missing / count
        };
    }
}

struct Layout<'f> {
    edges: Vec<f32>,
    fonts: &'f mut Fonts,
}

impl Layout<'_> {
    fn table(mut self, pages: &mut Pages, mut head: GridRows, mut body: GridRows) {
        let mut height = self.height(pages, &head);
        if height > (BOTTOM - TOP) * HEAD {
            // too high to repeat: an ordinary part of the table
            head.append(&mut body);
            body = std::mem::take(&mut head);
            height = 0.0;
        }
        let first = self.height(pages, &body[..body.len().min(1)]);
        pages.need(height + first.min(60.0));
        self.rows(pages, &head, None);
        self.rows(pages, &body, Some(&head));
    }

    fn open(&mut self, tags: &mut Tags, cell: &GridCell, row: usize, top: f32) -> Open {
        let x = self.edges[cell.column];
        let width = self.edges[cell.column + cell.colspan] - x;
        let inner = (width - 2.0 * PAD_X).max(4.0);
        Open {
            x,
            width,
            last_row: row + cell.rowspan - 1,
            is_header: cell.is_header,
            items: items::column(
                self.fonts,
                tags,
                &cell.blocks,
                Column {
                    width: inner,
                    align: cell.align,
                    spacing: 3.0,
                    tag: cell.tag,
                },
            )
            .into(),
            top,
            tag: cell.tag,
            is_blank: cell.blocks.is_empty(),
        }
    }

    /// Height of rows that are not split.
    fn height(&mut self, pages: &mut Pages, rows: &[Vec<GridCell>]) -> f32 {
        let mut y = 0.0_f32;
        let mut open: Vec<Open> = Vec::new();
        for (r, row) in rows.iter().enumerate() {
            for cell in row {
                let cell = self.open(&mut pages.tags, cell, r, y);
                open.push(cell);
            }
            let last = rows.len() - 1;
            for cell in open.iter().filter(|c| c.last_row.min(last) == r) {
                y = y.max(cell.top + cell.height());
            }
            open.retain(|c| c.last_row > r);
        }
        y
    }

    fn rows(&mut self, pages: &mut Pages, rows: &GridRows, head: Option<&GridRows>) {
        let mut open: Vec<Open> = Vec::new();
        let under_head = TOP + head.map_or(0.0, |h| self.height(pages, h)) + 0.01;
        for (r, row) in rows.iter().enumerate() {
            for cell in row {
                let top = pages.y;
                let cell = self.open(&mut pages.tags, cell, r, top);
                open.push(cell);
            }
            let mut is_split = false;
            // a row of headers does not stay alone at the foot of a page
            let heads = row.iter().all(|c| c.is_heading || c.blocks.is_empty())
                && row.iter().any(|c| c.is_heading);
            let next = match rows.get(r + 1..r + 2) {
                Some(next) if head.is_some() && heads => {
                    self.height(pages, next).min((BOTTOM - TOP) * KEPT)
                }
                _ => 0.0,
            };
            loop {
                let bottom = open
                    .iter()
                    .filter(|c| c.last_row <= r)
                    .map(|c| c.top + c.height())
                    .fold(pages.y, f32::max);
                // header rows are known to fit
                let fresh = pages.y <= under_head;
                let fits = bottom <= BOTTOM + 0.01 && (fresh || bottom + next <= BOTTOM);
                if fits || head.is_none() {
                    for cell in open.iter_mut().filter(|c| c.last_row <= r) {
                        let items: Vec<Item> = cell.items.drain(..).collect();
                        cell.draw(pages, &items, bottom);
                    }
                    open.retain(|c| c.last_row > r);
                    pages.y = bottom;
                    break;
                }
                let whole = bottom - pages.y <= (BOTTOM - TOP) * KEPT;
                if !is_split && !fresh && (whole || pages.left() < 48.0) {
                    self.cut(pages, &mut open, pages.y, head, false);
                    continue;
                }
                is_split = true;
                self.cut(pages, &mut open, BOTTOM, head, fresh);
            }
        }
    }

    /// Ends the open cells on this page at `bottom` and goes on with them on
    /// the next one, below the header rows.
    fn cut(
        &mut self,
        pages: &mut Pages,
        open: &mut [Open],
        bottom: f32,
        head: Option<&GridRows>,
        force: bool,
    ) {
        let mut parts = Vec::with_capacity(open.len());
        let mut lowest = pages.y;
        for cell in open.iter_mut() {
            let starts_here = cell.top >= bottom - 0.01;
            let items = if starts_here {
                Vec::new()
            } else {
                cell.take(bottom, force)
            };
            let height: f32 = items.iter().map(|i| i.height).sum();
            if !items.is_empty() {
                lowest = lowest.max(cell.top + height + 2.0 * PAD_Y);
            }
            parts.push((starts_here, items));
        }
        for (cell, (starts_here, items)) in open.iter().zip(&parts) {
            if !starts_here && lowest - cell.top > 0.5 {
                cell.draw(pages, items, lowest);
            }
        }
        pages.next_page();
        if let Some(head) = head {
            let before = std::mem::replace(&mut pages.is_repeat, true);
            self.rows(pages, head, None);
            pages.is_repeat = before;
        }
        for cell in open.iter_mut() {
            cell.top = pages.y;
        }
    }
}
