//! Lines of text.

use super::*;

fn text(line: &Line) -> String {
    line.pieces.iter().map(|p| p.word.text.as_str()).collect()
}

#[test]
fn lines_fit_and_lose_nothing() {
    let mut fonts = Fonts::new().unwrap();
    let source = "Nodule mammaire supéro-externe droit, https://exemple.fr/un/chemin/\
                  interminablementlongsansespace et « guillemets » : 5,5 mm.";
    let paragraph = Paragraph::plain(&mut fonts, source, Look::new(9.0));
    for width in [10.0, 30.0, 60.0, 120.0, 400.0] {
        let lines = paragraph.lines(&mut fonts, width);
        let all: String = lines.iter().map(text).collect();
        assert_eq!(all, source, "{width}");
        for line in &lines {
            assert!(line.width <= width + 0.02, "{} > {width}", line.width);
        }
    }
    let (min, max) = paragraph.widths();
    assert!(min < max);
    assert_eq!(paragraph.lines(&mut fonts, max + 0.1).len(), 1);
}

#[test]
fn a_break_is_a_line_and_two_make_an_empty_one() {
    let mut fonts = Fonts::new().unwrap();
    let lines = Paragraph::plain(&mut fonts, "a\n\nb", Look::new(9.0)).lines(&mut fonts, 50.0);
    assert_eq!(lines.len(), 3);
}

#[test]
fn no_line_ends_within_a_quantity() {
    let mut fonts = Fonts::new().unwrap();
    let source = "cyclophosphamide 1 500 mg/m² puis 25 × 2 Gy et 300 mg/ m² ou 1\u{202F}500 mg";
    let paragraph = Paragraph::plain(&mut fonts, source, Look::new(9.0));
    for width in (75..300).step_by(5) {
        let lines = paragraph.lines(&mut fonts, width as f32);
        let all: Vec<String> = lines.iter().map(text).collect();
        assert_eq!(all.concat(), source);
        for quantity in ["1 500 mg/m²", "25 × 2 Gy", "1\u{202F}500 mg"] {
            assert!(all.iter().any(|l| l.contains(quantity)), "{width}: {all:?}");
        }
    }
    // too narrow for it: at a space, never within a number
    let lines = paragraph.lines(&mut fonts, 20.0);
    assert!(lines.iter().any(|l| text(l).trim() == "500"));
}

#[test]
fn right_to_left_words_are_in_their_order() {
    let mut fonts = Fonts::new().unwrap();
    // two words of Hebrew within French: the first is seen on the right
    let source = "nom \u{5D3}\u{5D5} \u{5D2}\u{5DE} fin";
    let lines = Paragraph::plain(&mut fonts, source, Look::new(9.0)).lines(&mut fonts, 300.0);
    assert!(!lines[0].is_rtl);
    let words: Vec<String> = lines[0]
        .pieces
        .iter()
        .map(|p| p.word.text.trim().to_owned())
        .filter(|t| !t.is_empty())
        .collect();
    assert_eq!(words, ["nom", "\u{5D2}\u{5DE}", "\u{5D3}\u{5D5}", "fin"]);
    let inlines = [Inline::plain("\u{5D3}\u{5D5} mg")];
    let all = Paragraph::new(&mut fonts, &inlines, Look::new(9.0));
    assert!(all.lines(&mut fonts, 300.0)[0].is_rtl);
}

#[test]
fn a_style_change_is_no_break() {
    let mut fonts = Fonts::new().unwrap();
    let part = |text: &str, bold| Inline::Text {
        text: text.into(),
        style: Style {
            bold,
            ..Style::default()
        },
        link: None,
    };
    let inlines = [part("mot", true), part(", suite", false)];
    let paragraph = Paragraph::new(&mut fonts, &inlines, Look::new(10.0));
    let width = paragraph.widths().0;
    let lines = paragraph.lines(&mut fonts, width + 0.1);
    assert_eq!(text(&lines[0]), "mot, ");
}
