//! What a reader sees of a narrative: sections, paragraphs, lists, tables,
//! images, attached files. Plain data, without a way to markup.

use crate::attachment::Attachment;
use crate::picture::Picture;

/// A section with its subsections.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Section {
    /// Title: its own, else the label of its code.
    pub title: Option<String>,
    /// Where it stands in the document, as an XPath.
    pub path: String,
    /// What the section states of itself: a subject other than the patient, its
    /// author, its informant.
    pub notes: Vec<Note>,
    /// Its narrative.
    pub blocks: Vec<Block>,
    /// Subsections, in order.
    pub sections: Vec<Section>,
}

impl Section {
    /// True when neither the section nor any below it has something to show.
    pub fn is_empty(&self) -> bool {
        self.title.is_none()
            && self.blocks.is_empty()
            && self.notes.is_empty()
            && self.sections.iter().all(Section::is_empty)
    }
}

/// A line on a section, apart from its narrative.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// What it is, in French.
    pub label: String,
    /// The value.
    pub text: String,
}

/// A block of narrative.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Block {
    /// A run of text.
    Paragraph(Vec<Inline>),
    /// A remark of the renderer itself, not a text of the document.
    Notice(String),
    /// A list.
    List {
        /// Numbered rather than with bullets.
        ordered: bool,
        /// Caption above it, may be empty.
        caption: Vec<Inline>,
        /// Its items.
        items: Vec<Vec<Block>>,
    },
    /// A table.
    Table(Table),
    /// An image.
    Picture(Picture),
    /// An attached file.
    File(Attachment),
}

/// A piece of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inline {
    /// Text of one style.
    Text {
        /// The text, white space folded.
        text: String,
        /// Its style.
        style: Style,
        /// Address it leads to: only `http`, `https`, `mailto` or `tel`.
        link: Option<String>,
    },
    /// A line break.
    Break,
}

impl Inline {
    /// A text without a style.
    pub fn plain(text: impl Into<String>) -> Inline {
        Inline::Text {
            text: text.into(),
            style: Style::default(),
            link: None,
        }
    }
}

/// Style of a text (`styleCode`, `sub`, `sup`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Style {
    /// *Gras*
    pub bold: bool,
    /// *Italique*
    pub italic: bool,
    /// *Souligné*
    pub underline: bool,
    /// *Barré*: a deletion (`revised="delete"`).
    pub strike: bool,
    /// *Exposant*
    pub superscript: bool,
    /// *Indice*
    pub subscript: bool,
}

impl Style {
    /// The style with what the codes of a `styleCode` add to it.
    pub(crate) fn with_code(mut self, codes: &str) -> Style {
        for code in codes.split_ascii_whitespace() {
            match code.to_ascii_lowercase().as_str() {
                "bold" => self.bold = true,
                "italics" | "italic" | "emphasis" => self.italic = true,
                "bolditalics" | "bolditalic" => {
                    self.bold = true;
                    self.italic = true;
                }
                "underline" => self.underline = true,
                _ => {}
            }
        }
        self
    }
}

/// A table whose cells know their place on a grid.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// Caption, may be empty.
    pub caption: Vec<Inline>,
    /// Number of columns.
    pub columns: usize,
    /// Header rows, repeated on each page of a print.
    pub head: Vec<Vec<Cell>>,
    /// Rows.
    pub body: Vec<Vec<Cell>>,
    /// Footer rows.
    pub foot: Vec<Vec<Cell>>,
}

impl Table {
    /// All the rows, in the order of reading.
    pub fn rows(&self) -> impl Iterator<Item = &Vec<Cell>> {
        self.head.iter().chain(&self.body).chain(&self.foot)
    }
}

/// A cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// What it holds.
    pub blocks: Vec<Block>,
    /// `th` rather than `td`.
    pub is_header: bool,
    /// What a header names: its rows or its columns.
    pub scope: Scope,
    /// First column, from 0.
    pub column: usize,
    /// Columns it takes.
    pub colspan: usize,
    /// Rows it takes.
    pub rowspan: usize,
    /// Alignment asked for.
    pub align: Align,
}

impl Cell {
    /// A plain cell of one column and one row.
    pub fn new(blocks: Vec<Block>) -> Cell {
        Cell {
            blocks,
            is_header: false,
            scope: Scope::None,
            column: 0,
            colspan: 1,
            rowspan: 1,
            align: Align::Start,
        }
    }
}

/// What a cell names, for who does not see the table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// Nothing: a value.
    #[default]
    None,
    /// The cells below it.
    Column,
    /// The cells of its row.
    Row,
}

/// Horizontal alignment of a cell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    /// To the left.
    #[default]
    Start,
    /// Centred.
    Center,
    /// To the right.
    End,
}

impl Align {
    /// After the attribute `align`.
    pub fn of(value: Option<&str>) -> Align {
        match value {
            Some("center") => Align::Center,
            Some("right") => Align::End,
            _ => Align::Start,
        }
    }
}
