//! Tables of a narrative.

use super::flow::{Flow, join};
use super::reader::Reader;
use crate::block::{Align, Cell, Style, Table};
use crate::{grid, rules};
use dcc_base::problem::Problem;
use dcc_xml::tree::NodeId;

impl Reader<'_, '_, '_> {
    pub(super) fn table(&mut self, id: NodeId, style: Style, depth: usize) -> Option<Table> {
        let tree = self.tree;
        let mut table = Table::default();
        let mut stray = Vec::new();
        for child in tree.children(id) {
            let inner = style.with_code(tree.peek(child, "styleCode").unwrap_or_default());
            match tree.name(child) {
                "caption" => join(&mut table.caption, self.inlines(child, inner, depth)),
                "thead" => self.rows(child, inner, depth, &mut table.head),
                "tfoot" => self.rows(child, inner, depth, &mut table.foot),
                "tbody" => self.rows(child, inner, depth, &mut table.body),
                "tr" => {
                    let row = self.row(child, inner, depth);
                    table.body.push(row);
                }
                _ => {
                    // not a table's content: shown below the rows
                    let mut flow = Flow::default();
                    if tree.is_text(child) {
                        flow.text(tree.text(child), inner, None);
                    } else {
                        self.element(child, inner, None, depth, &mut flow);
                    }
                    stray.extend(self.done(flow, child));
                }
            }
        }
        if !stray.is_empty() {
            table.body.push(vec![Cell::new(stray)]);
        }
        if grid::arrange(&mut table) {
            self.warnings.push(
                Problem::new(&rules::TABLE, tree.path_of(id))
                    .allowed([format!("{} colonnes au plus", grid::MAX_COLUMNS)]),
            );
        }
        let empty = table.rows().next().is_none() && table.caption.is_empty();
        (!empty).then_some(table)
    }

    fn rows(&mut self, id: NodeId, style: Style, depth: usize, out: &mut Vec<Vec<Cell>>) {
        let tree = self.tree;
        for child in tree.children(id) {
            if tree.is_text(child) {
                let mut flow = Flow::default();
                flow.text(tree.text(child), style, None);
                let blocks = self.done(flow, child);
                if !blocks.is_empty() {
                    out.push(vec![Cell::new(blocks)]);
                }
                continue;
            }
            let style = style.with_code(tree.peek(child, "styleCode").unwrap_or_default());
            let row = self.row(child, style, depth);
            out.push(row);
        }
    }

    fn row(&mut self, id: NodeId, style: Style, depth: usize) -> Vec<Cell> {
        let tree = self.tree;
        let row_align = tree.peek(id, "align");
        let mut cells = Vec::new();
        for child in tree.children(id) {
            if tree.is_text(child) {
                let mut flow = Flow::default();
                flow.text(tree.text(child), style, None);
                let blocks = self.done(flow, child);
                if !blocks.is_empty() {
                    cells.push(Cell::new(blocks));
                }
                continue;
            }
            let style = style.with_code(tree.peek(child, "styleCode").unwrap_or_default());
            let span = |name: &str| {
                tree.peek(child, name)
                    .and_then(|v| v.trim().parse::<usize>().ok())
                    .unwrap_or(1)
                    .max(1)
            };
            let is_cell = matches!(tree.name(child), "td" | "th");
            let blocks = if is_cell {
                self.blocks(child, style, depth)
            } else {
                let mut flow = Flow::default();
                self.element(child, style, None, depth, &mut flow);
                self.done(flow, child)
            };
            cells.push(Cell {
                is_header: tree.name(child) == "th",
                colspan: span("colspan"),
                rowspan: span("rowspan"),
                align: Align::of(tree.peek(child, "align").or(row_align)),
                ..Cell::new(blocks)
            });
        }
        cells
    }
}
