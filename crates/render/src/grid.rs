//! Tables arranged on a grid: the place of each cell, and what it names.

use crate::block::{Block, Cell, Inline, Scope, Table};

/// Most columns of a grid; the cells beyond go into the last one.
pub(crate) const MAX_COLUMNS: usize = 64;

/// Places every cell on the grid. Columns where no cell starts vanish, and the
/// last cell of a row that is too short takes what is left, so that no hole
/// shows. True when cells had to be joined to stay within [`MAX_COLUMNS`].
pub(crate) fn arrange(table: &mut Table) -> bool {
    let mut clipped = false;
    let mut starts = [false; MAX_COLUMNS];
    for rows in [&mut table.head, &mut table.body, &mut table.foot] {
        if rows.iter().flatten().all(|cell| cell.rowspan == 1) {
            rows.retain(|row| !row.is_empty());
        }
        clipped |= place(rows);
        for cell in rows.iter().flatten() {
            starts[cell.column] = true;
        }
    }
    // index of each column among those where a cell starts
    let mut index = [0; MAX_COLUMNS + 1];
    for column in 0..MAX_COLUMNS {
        index[column + 1] = index[column] + usize::from(starts[column]);
    }
    table.columns = index[MAX_COLUMNS];
    for rows in [&mut table.head, &mut table.body, &mut table.foot] {
        for cell in rows.iter_mut().flatten() {
            let end = index[cell.column + cell.colspan];
            cell.column = index[cell.column];
            cell.colspan = end - cell.column;
        }
        fill(rows, table.columns);
    }
    name_cells(table);
    clipped
}

/// Longest text of a cell that names its row, in characters.
const MAX_NAME: usize = 80;

/// Gives each header its scope. In a table whose first cells are all short
/// texts, those name their rows, `th` or not (WCAG 2.1, H63).
fn name_cells(table: &mut Table) {
    for cell in table.head.iter_mut().flatten() {
        cell.scope = Scope::Column;
    }
    let has_head = !table.head.is_empty();
    let columns = table.columns;
    let named = columns >= 2
        && (has_head || columns == 2)
        && table.body.iter().all(|row| {
            row.first()
                .is_some_and(|c| c.column > 0 || c.colspan == columns || is_short(&c.blocks))
        });
    for row in table.body.iter_mut().chain(&mut table.foot) {
        let cells = row.len();
        for cell in row {
            cell.scope = match (cell.is_header, cell.column, cells) {
                // a lone header in the body names the rows that follow
                (true, _, 1) => Scope::Column,
                (true, 0, _) => Scope::Row,
                (true, ..) => Scope::Column,
                (false, 0, 2..) if named => Scope::Row,
                _ => Scope::None,
            };
        }
    }
}

/// True for one short paragraph.
fn is_short(blocks: &[Block]) -> bool {
    let [Block::Paragraph(inlines)] = blocks else {
        return false;
    };
    let mut length = 0;
    for inline in inlines {
        if let Inline::Text { text, .. } = inline {
            length += text.chars().count();
        }
    }
    (1..=MAX_NAME).contains(&length)
}

/// Gives each cell its column, as HTML does.
fn place(rows: &mut [Vec<Cell>]) -> bool {
    let mut clipped = false;
    let mut busy = [0_usize; MAX_COLUMNS];
    let count = rows.len();
    for r in 0..count {
        if busy.iter().all(|b| *b > 0) && !rows[r].is_empty() {
            // no room left beside the cells from above: they end here
            clipped = true;
            busy = [0; MAX_COLUMNS];
            for (above, row) in rows[..r].iter_mut().enumerate() {
                for cell in row {
                    cell.rowspan = cell.rowspan.min(r - above);
                }
            }
        }
        let mut column = 0;
        let cells = std::mem::take(&mut rows[r]);
        let mut placed: Vec<Cell> = Vec::with_capacity(cells.len());
        let mut taken = busy;
        for mut cell in cells {
            column += busy[column..].iter().take_while(|b| **b > 0).count();
            if column == MAX_COLUMNS {
                clipped = true;
                if let Some(last) = placed.last_mut() {
                    last.blocks.extend(cell.blocks);
                }
                continue;
            }
            let free = busy[column..].iter().take_while(|b| **b == 0).count();
            clipped |= cell.colspan > MAX_COLUMNS - column;
            cell.column = column;
            cell.colspan = cell.colspan.min(free);
            cell.rowspan = cell.rowspan.min(count - r);
            taken[column..column + cell.colspan].fill(cell.rowspan);
            column += cell.colspan;
            placed.push(cell);
        }
        rows[r] = placed;
        for b in &mut taken {
            *b = b.saturating_sub(1);
        }
        busy = taken;
    }
    clipped
}

/// Widens the last cell of a row that is too short.
fn fill(rows: &mut [Vec<Cell>], columns: usize) {
    let mut busy = vec![0_usize; columns];
    for row in rows.iter_mut() {
        if let Some(last) = row.last_mut()
            && last.rowspan == 1
        {
            let end = last.column + last.colspan;
            last.colspan += busy[end..].iter().take_while(|b| **b == 0).count();
        }
        for cell in row.iter() {
            busy[cell.column..cell.column + cell.colspan].fill(cell.rowspan);
        }
        for b in &mut busy {
            *b = b.saturating_sub(1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(colspan: usize, rowspan: usize) -> Cell {
        Cell {
            colspan,
            rowspan,
            ..Cell::new(Vec::new())
        }
    }

    fn shape(rows: &[Vec<Cell>]) -> Vec<Vec<(usize, usize, usize)>> {
        rows.iter()
            .map(|r| r.iter().map(|c| (c.column, c.colspan, c.rowspan)).collect())
            .collect()
    }

    #[test]
    fn phantom_columns_vanish_and_short_rows_are_filled() {
        let mut table = Table {
            head: vec![vec![cell(9, 1)]],
            body: vec![vec![cell(1, 1), cell(1, 1), cell(1, 1)], vec![cell(1, 1)]],
            ..Table::default()
        };
        assert!(!arrange(&mut table));
        assert_eq!(table.columns, 3);
        assert_eq!(shape(&table.head), [[(0, 3, 1)]]);
        assert_eq!(shape(&table.body)[1], [(0, 3, 1)]);
    }

    #[test]
    fn cells_over_several_rows_push_the_others() {
        let mut table = Table {
            body: vec![
                vec![cell(1, 3), cell(1, 1), cell(1, 1)],
                vec![cell(1, 1), cell(1, 1)],
                vec![cell(1, 1)],
            ],
            ..Table::default()
        };
        arrange(&mut table);
        assert_eq!(
            shape(&table.body),
            [
                vec![(0, 1, 3), (1, 1, 1), (2, 1, 1)],
                vec![(1, 1, 1), (2, 1, 1)],
                vec![(1, 2, 1)]
            ]
        );
    }

    #[test]
    fn hostile_spans_are_bounded() {
        let mut table = Table {
            body: vec![
                vec![cell(usize::MAX, usize::MAX)],
                (0..200).map(|_| cell(3, 2)).collect(),
                vec![cell(1, 1)],
            ],
            ..Table::default()
        };
        assert!(arrange(&mut table));
        for row in &table.body {
            for cell in row {
                assert!(cell.column + cell.colspan <= table.columns);
                assert!(cell.rowspan <= 3);
            }
        }
    }
}
