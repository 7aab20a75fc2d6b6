//! scratch
use dcc_schematron::*;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::PathBuf;
struct Folder {
    root: PathBuf,
    all: BTreeMap<String, String>,
}
impl Folder {
    fn new(root: &str) -> Self {
        let mut all = BTreeMap::new();
        fn walk(d: &std::path::Path, root: &std::path::Path, all: &mut BTreeMap<String, String>) {
            for e in std::fs::read_dir(d).unwrap() {
                let p = e.unwrap().path();
                if p.is_dir() {
                    walk(&p, root, all)
                } else {
                    let r = p.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
                    all.insert(fold_path(&r), r);
                }
            }
        }
        for d in ["schematrons", "jeuxDeValeurs"] {
            walk(&PathBuf::from(root).join(d), root.as_ref(), &mut all);
        }
        Folder {
            root: root.into(),
            all,
        }
    }
}
impl Source for Folder {
    fn read(&self, path: &str) -> Result<Option<Found<'_>>, String> {
        let Some(real) = self.all.get(&fold_path(path)) else {
            return Ok(None);
        };
        let bytes = std::fs::read(self.root.join(real)).map_err(|e| e.to_string())?;
        Ok(Some(Found {
            bytes: Cow::Owned(bytes),
            path: real.clone(),
            exact: real == path,
        }))
    }
}
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let src = Folder::new(&a[1]);
    let l = Limits::default();
    let t = std::time::Instant::now();
    for p in &a[3..] {
        let t1 = std::time::Instant::now();
        match Schema::compile(&src, p, &l) {
            Err(f) => {
                for f in f.iter().take(12) {
                    println!("{f}")
                }
            }
            Ok(s) => {
                println!(
                    "{p} {:?} {:?} notices {:?}",
                    s.counts(),
                    t1.elapsed(),
                    s.notices()
                );
                let doc = std::fs::read(&a[2]).unwrap();
                let mut best = f64::MAX;
                let mut bestp = f64::MAX;
                let mut r = None;
                for _ in 0..20 {
                    let t2 = std::time::Instant::now();
                    let d = Document::parse(&doc, &l).unwrap();
                    let t3 = std::time::Instant::now();
                    r = Some(s.check(&d, Mode::Official, &l));
                    best = best.min(t3.elapsed().as_secs_f64());
                    bestp = bestp.min((t3 - t2).as_secs_f64());
                }
                let r = r.unwrap();
                println!(
                    "  fired {} tests {} findings {} parse {:.3} ms check {:.3} ms",
                    r.fired,
                    r.tests,
                    r.findings.len(),
                    bestp * 1e3,
                    best * 1e3
                );
                for f in r.findings.iter().take(5) {
                    println!(
                        "   {} {} {}:{} {}",
                        f.level.as_str(),
                        f.location,
                        f.line,
                        f.column,
                        f.text
                    )
                }
            }
        }
    }
    println!("{:?}", t.elapsed());
}
