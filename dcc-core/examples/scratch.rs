fn main() {
    for a in std::env::args().skip(1) {
        let b = std::fs::read(&a).unwrap();
        let t = std::time::Instant::now();
        let r = dcc_core::fiche_rcp::FicheRcp::from_cda(&b)
            .map_err(|e| println!("{e}"))
            .unwrap();
        println!("{a} read {:?}", t.elapsed());
        for u in &r.unread {
            println!("  {u}");
        }
        for p in r.document.check().iter() {
            println!("  P {p}");
        }
        let o = dcc_core::cda::WriteOptions {
            accept: vec!["JDV-CODE".into(), "JDV-PERIME".into()],
            ..Default::default()
        };
        let t = std::time::Instant::now();
        let x = match r.document.to_cda_with(&o) {
            Ok(x) => x,
            Err(e) => {
                println!("REFUSED\n{e}");
                continue;
            }
        };
        println!("write {:?} {}", t.elapsed(), x.len());
        let name = std::path::Path::new(&a)
            .file_stem()
            .unwrap()
            .to_str()
            .unwrap()
            .to_owned();
        std::fs::write(format!("/tmp/out_{name}.xml"), &x).unwrap();
        std::fs::write(format!("/tmp/out_{name}.json"), r.document.to_json()).unwrap();
        let again = dcc_core::fiche_rcp::FicheRcp::from_cda(&x).unwrap();
        println!("same {}", again.document == r.document);
        for u in &again.unread {
            println!("  AGAIN {u}");
        }
        if again.document != r.document {
            std::fs::write("/tmp/a.txt", format!("{:#?}", r.document)).unwrap();
            std::fs::write("/tmp/b.txt", format!("{:#?}", again.document)).unwrap();
        }
    }
}
