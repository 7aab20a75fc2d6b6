//! Shows CDA documents: `show document.xml page.html`, `show document.xml
//! page.pdf`, or `show document.xml dossier/` for the files that it carries.
//! Further pairs may follow. What cannot be shown is written on standard error.

use std::error::Error;
use std::path::Path;
use std::{env, fs};

use dcc_render::html::{HtmlOptions, to_html};
use dcc_render::pdf::{PdfOptions, to_pdf};
use dcc_render::{Page, PageOptions, attachments};

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = env::args().skip(1).collect();
    if args.is_empty() || !args.len().is_multiple_of(2) {
        return Err("usage : show document.xml page.html|page.pdf|dossier/ …".into());
    }
    for pair in args.chunks(2) {
        if let Err(why) = show(&pair[0], &pair[1]) {
            eprintln!("{} : {why}", pair[0]);
        }
    }
    Ok(())
}

fn show(input: &str, output: &str) -> Result<(), Box<dyn Error>> {
    let cda = fs::read(input)?;
    let options = PageOptions::default();
    if output.ends_with('/') {
        let (files, problems) = attachments(&cda, &options)?;
        fs::create_dir_all(output)?;
        for file in files {
            println!("{} ({})", file.name, file.what());
            fs::write(Path::new(output).join(&file.name), &file.bytes)?;
        }
        problems.iter().for_each(|p| eprintln!("{p}"));
        return Ok(());
    }
    let page = Page::from_cda_with(&cda, &options)?;
    page.problems.iter().for_each(|p| eprintln!("{p}"));
    if output.ends_with(".pdf") {
        let pdf = to_pdf(&page, &PdfOptions::default())?;
        pdf.problems.iter().for_each(|p| eprintln!("{p}"));
        fs::write(output, pdf.bytes)?;
    } else {
        fs::write(output, to_html(&page, &HtmlOptions::default())?)?;
    }
    Ok(())
}
