//! The symbol: ISO/IEC 16022, ECC 200, square.

use std::fmt::Write;

use datamatrix::{DataMatrix, SymbolList};
use dcc_base::problem::{Problem, Problems};

use crate::record::Record;
use crate::rules;

/// Modules left white around the symbol: ISO/IEC 16022 asks for one at least.
const QUIET: usize = 1;
/// Most pixels of a side of an image.
const MOST_PIXELS: usize = 4096;

/// The symbol of an INS datamatrix (*symbole*). It is made from a record alone,
/// so that only a qualified identity gets one.
#[derive(Clone)]
pub struct Symbol {
    side: usize,
    modules: Vec<bool>,
}

crate::opaque::opaque!(Symbol);

impl Symbol {
    /// The symbol of a record.
    ///
    /// # Errors
    /// As for [`super::write`].
    pub fn of(record: &Record) -> Result<Self, Problems> {
        let text = super::write(record)?;
        let fault = || Problem::new(&rules::CODE_SYMBOL, "");
        let code = DataMatrix::encode(text.as_bytes(), SymbolList::default().enforce_square())
            .map_err(|_| fault().message("Le contenu ne tient dans aucun symbole carré"))?;
        let bitmap = code.bitmap();
        let side = bitmap.width();
        Ok(Symbol {
            side,
            modules: bitmap.bits().to_vec(),
        })
    }

    /// Modules of a side, without the white ones around.
    pub fn side(&self) -> usize {
        self.side
    }

    /// True when the module of this line and column, from 0, is black.
    pub fn is_black(&self, line: usize, column: usize) -> bool {
        line < self.side && column < self.side && self.modules[line * self.side + column]
    }

    /// The symbol as SVG, one unit per module, its white border included, with
    /// `title` as its accessible name (a good one is [`super::CAPTION`]).
    pub fn svg(&self, title: &str) -> String {
        let all = self.side + 2 * QUIET;
        let mut path = String::new();
        for line in 0..self.side {
            let mut column = 0;
            while column < self.side {
                let run = (column..self.side)
                    .take_while(|c| self.is_black(line, *c))
                    .count();
                if run > 0 {
                    let _ = write!(path, "M{} {}h{run}v1h-{run}z", column + QUIET, line + QUIET);
                }
                column += run.max(1);
            }
        }
        let title = dcc_base::text::escape_html(title);
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {all} {all}\" role=\"img\" \
             shape-rendering=\"crispEdges\"><title>{title}</title>\
             <path fill=\"#fff\" d=\"M0 0h{all}v{all}h-{all}z\"/><path d=\"{path}\"/></svg>"
        )
    }

    /// The symbol as PNG, black and white, `scale` pixels per module, its white
    /// border included.
    ///
    /// # Errors
    /// `DATAMATRIX-SYMBOLE` when `scale` is 0 or the image would be too large.
    pub fn png(&self, scale: usize) -> Result<Vec<u8>, Problems> {
        let fault = |message: &str| Problem::new(&rules::CODE_SYMBOL, "").message(message);
        let all = self.side + 2 * QUIET;
        let pixels = all.saturating_mul(scale);
        if scale == 0 || pixels > MOST_PIXELS {
            return Err(fault("L'échelle est de 1 pixel par module au moins, et l'image de 4096 pixels de côté au plus")
                .found(scale)
                .into());
        }
        let width = pixels.div_ceil(8);
        let mut data = Vec::with_capacity(width * pixels);
        for y in 0..pixels {
            let mut row = vec![0_u8; width];
            for x in 0..pixels {
                let (line, column) = (
                    (y / scale).wrapping_sub(QUIET),
                    (x / scale).wrapping_sub(QUIET),
                );
                // 1 is white
                if !self.is_black(line, column) {
                    row[x / 8] |= 0x80 >> (x % 8);
                }
            }
            data.extend(row);
        }
        let size = u32::try_from(pixels).unwrap_or(u32::MAX);
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, size, size);
        encoder.set_color(png::ColorType::Grayscale);
        encoder.set_depth(png::BitDepth::One);
        let written = encoder.write_header().and_then(|mut writer| {
            writer.write_image_data(&data)?;
            writer.finish()
        });
        match written {
            Ok(()) => Ok(bytes),
            Err(_) => Err(fault("L'image n'a pas pu être écrite").into()),
        }
    }
}
