//! Renders a CDA document: `render document.xml sortie.html`, or `sortie.pdf`
//! with `[structure] [logo.png]` after it.

use std::error::Error;
use std::{env, fs};

use dcc_core::render::Page;
use dcc_core::render::html::{HtmlOptions, to_html};
use dcc_core::render::pdf::{PdfOptions, to_pdf};
use dcc_core::xml::Limits;

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = env::args().skip(1).collect();
    let [input, output, rest @ ..] = &args[..] else {
        return Err("usage : render document.xml sortie.html|sortie.pdf [structure] [logo]".into());
    };
    let structure = rest.first().cloned();
    let logo = rest.get(1).map(fs::read).transpose()?;
    let page = Page::from_cda(&fs::read(input)?, &Limits::default())?;
    for problem in &page.problems {
        eprintln!("{problem}");
    }
    let bytes = if output.ends_with(".pdf") {
        let options = PdfOptions {
            structure,
            logo,
            ..PdfOptions::default()
        };
        let pdf = to_pdf(&page, &options)?;
        for problem in &pdf.problems {
            eprintln!("{problem}");
        }
        pdf.bytes
    } else {
        let options = HtmlOptions {
            structure,
            logo,
            ..HtmlOptions::default()
        };
        to_html(&page, &options)?.into_bytes()
    };
    fs::write(output, bytes)?;
    Ok(())
}
