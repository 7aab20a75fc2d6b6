use dcc_core::fiche_rcp::FicheRcp;
use dcc_tests::strategies::{fiche_rcp::fiche_rcp, of};
#[test]
#[ignore]
fn survey() {
    let mut n = 0;
    for (i, fiche) in of(fiche_rcp).sample(300, 7).into_iter().enumerate() {
        let problems = fiche.check();
        if problems.has_blocking() { for p in problems.iter().filter(|p| p.is_blocking()) { println!("#{i} CHECK {p}"); } continue; }
        let r = match FicheRcp::from_cda(&fiche.to_cda().unwrap()) { Ok(r) => r, Err(e) => { println!("#{i} READ {e}"); continue } };
        let mut bad = false;
        for u in &r.unread { println!("#{i} UNREAD {u}"); bad = true; }
        if r.document != fiche {
            bad = true;
            let a = serde(&fiche); let b = serde(&r.document);
            diff("", &a, &b, i);
        }
        n += usize::from(bad);
    }
    println!("{n} bad of 300");
}
fn serde(f: &FicheRcp) -> serde_json::Value { serde_json::from_str(&f.to_json()).unwrap() }
fn diff(path: &str, a: &serde_json::Value, b: &serde_json::Value, i: usize) {
    use serde_json::Value::*;
    match (a, b) {
        (Object(x), Object(y)) => { for k in x.keys().chain(y.keys().filter(|k| !x.contains_key(*k))) { diff(&format!("{path}/{k}"), x.get(k).unwrap_or(&Null), y.get(k).unwrap_or(&Null), i); } }
        (Array(x), Array(y)) if x.len() == y.len() => for (j, (u, v)) in x.iter().zip(y).enumerate() { diff(&format!("{path}/{j}"), u, v, i); },
        _ if a != b => println!("#{i} DIFF {path}: {a} -> {b}"),
        _ => {}
    }
}
