//! Documents leave by the four ways into a folder, and what the other side
//! answers is read back.
//!
//! `cargo run -p dcc-exchange --example envoi -- out/ cr_acp.xml fiche.xml pps.xml ppac.xml`
//!
//! The first document was received; it goes with the others in one set, which
//! ties them in the DMP. Then the last one is replaced, made visible, deleted.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use chrono::{DateTime, TimeDelta, Utc};
use dcc_exchange::door::Door;
use dcc_exchange::ledger::{Change, Ledger};
use dcc_exchange::mdm::{self, Answer};
use dcc_exchange::metadata::Submission;
use dcc_exchange::sending::{
    Gateway, IdentityStatus, Outgoing, Person, Recipient, Sending, Software, Structure, Submitter,
    Visit,
};
use dcc_exchange::visibility::Visibility;
use dcc_exchange::xdm::{self, XdmOptions};
use dcc_exchange::xds::{self, RegistryAnswer, SoapOptions, StatusChange};
use dcc_exchange::{cda::Header, pdsm};
use dcc_hl7v2::{Message, ReadOptions};

type Outcome<T> = Result<T, Box<dyn Error>>;

/// The sending number `rank` of the day.
fn sending(rank: u32, at: DateTime<Utc>) -> Sending {
    let person = Person {
        id: "801234567897".into(),
        family: "ESSAI".into(),
        given: "Anne".into(),
    };
    let structure = Structure {
        id: "1490000049".into(),
        name: "Centre hospitalier d'Essai".into(),
        id_type: "FINEG".into(),
        ..Structure::default()
    };
    let mut sending = Sending::new(
        Submitter::person(person.clone(), structure),
        "1.2.250.1.999.1.1",
        format!("1.2.250.1.999.1.2.20260303.{rank}"),
        at + TimeDelta::minutes(i64::from(rank)),
    );
    sending.identity = IdentityStatus::Qualified;
    sending.software = Software {
        name: "DCC d'essai".into(),
        version: "1.0".into(),
        vendor: "Éditeur d'essai".into(),
        ..Software::default()
    };
    sending.visit = Some(Visit {
        class: "N".into(),
        ..Visit::default()
    });
    let mut gateway = Gateway::default();
    gateway.sending_application = "DCC".into();
    gateway.sending_facility = "CH-ESSAI".into();
    gateway.receiving_application = "PFI".into();
    gateway.receiving_facility = "CH-ESSAI".into();
    gateway.message_id = format!("MSG-{rank}");
    gateway.processing = "T".into();
    gateway.to_dmp = true;
    sending.gateway = Some(gateway);
    sending.recipients = vec![Recipient::Professional {
        person,
        address: "anne.essai@test.mssante.fr".into(),
    }];
    sending
}

fn hidden(cda: &[u8]) -> Outgoing<'_> {
    Outgoing::new(cda, Visibility::before_announcement())
}

/// The next version of a document: a new identifier, what it replaces.
fn next_version(cda: &[u8]) -> Outcome<(String, Vec<u8>)> {
    let (header, _) = Header::read(cda, &dcc_xml::Limits::default())?;
    let id = header.id.ok_or("no identifier")?.root;
    let text = String::from_utf8(cda.to_vec())?;
    let new = text.replacen(
        &format!("<id root=\"{id}\""),
        &format!("<id root=\"{id}.1\""),
        1,
    );
    let version = header.version.unwrap_or(1);
    let told = format!("<versionNumber value=\"{version}\"");
    let new = new.replacen(
        &told,
        &format!("<versionNumber value=\"{}\"", version + 1),
        1,
    );
    let related = format!(
        "<relatedDocument typeCode=\"RPLC\"><parentDocument><id root=\"{id}\"/></parentDocument></relatedDocument>"
    );
    let place = new.rfind("<componentOf").ok_or("no componentOf")?;
    Ok((
        id,
        format!("{}{related}{}", &new[..place], &new[place..]).into_bytes(),
    ))
}

/// What a registry that takes everything answers.
fn success() -> &'static str {
    "<rs:RegistryResponse xmlns:rs=\"urn:oasis:names:tc:ebxml-regrep:xsd:rs:3.0\" \
     status=\"urn:oasis:names:tc:ebxml-regrep:ResponseStatusType:Success\"/>"
}

fn main() -> Outcome<()> {
    let mut arguments = std::env::args_os().skip(1);
    let out = PathBuf::from(arguments.next().ok_or("usage: envoi OUT CDA…")?);
    let cdas: Vec<Vec<u8>> = arguments.map(fs::read).collect::<Result<_, _>>()?;
    if cdas.is_empty() {
        return Err("usage: envoi OUT CDA…".into());
    }
    fs::create_dir_all(&out)?;
    // 3 March 2026, 14:00 UTC
    let at = DateTime::<Utc>::from_timestamp(1_772_546_400, 0).ok_or("time")?;
    let mut ledger = Ledger::new();
    let soap = SoapOptions::to("https://dmp.example/si-dmp-server/v2/services/repository");
    let all: Vec<Outgoing<'_>> = cdas.iter().map(|cda| hidden(cda)).collect();

    // 1. by secure mail
    let first = sending(1, at);
    let package = xdm::write(&all, &first, &XdmOptions::default())?;
    save(&out, "IHE_XDM.ZIP", &package.bytes)?;
    println!("courriel : {}", package.mail.subject);
    show(&package.warnings);
    let received = xdm::read(&package.bytes, &xdm::Limits::default())?;
    println!("  relu : {} documents", received.sets[0].documents.len());
    let event = ledger.plan(&all, &first, Door::Xdm)?;
    ledger.apply(event)?;

    // 2. straight to the DMP
    let second = sending(2, at);
    let event = ledger.plan(&all, &second, Door::Dmp)?;
    let request = xds::provide_and_register(&all, &second, None, &soap)?;
    save(&out, "iti41.mime", &request.http().1)?;
    ledger.apply(event)?;
    let answer = RegistryAnswer::read(success().as_bytes(), "application/soap+xml", &[])?;
    let event = ledger.answered(&second.set_id, &answer, second.at)?;
    ledger.apply(event)?;
    println!("DMP : {} documents détenus", ledger.held().count());

    // 3. the same again is refused
    let last = cdas.last().ok_or("no document")?;
    match ledger.plan(&[hidden(last)], &sending(3, at), Door::Dmp) {
        Ok(_) => return Err("sent twice".into()),
        Err(problems) => println!("  renvoi refusé : {problems}"),
    }

    // 4. a replacement, through the gateway
    let (id, new) = next_version(last)?;
    let third = sending(3, at);
    let mut replacement = Outgoing::new(&new, Visibility::everybody());
    replacement.options.announced = true;
    replacement.options.changes_visibility = true;
    let event = ledger.plan(std::slice::from_ref(&replacement), &third, Door::Gateway)?;
    let message = mdm::write(&replacement, &third)?;
    save(&out, "mdm_t10.hl7", &message.bytes)?;
    ledger.apply(event)?;
    let ack = mdm::acknowledge(
        &Message::read(&message.bytes, &ReadOptions::default())?,
        "ACK-1",
        third.at,
        None,
    )?;
    save(&out, "ack.hl7", &ack)?;
    let answer = Answer::read(&ack, &ReadOptions::default())?;
    let event = ledger.gateway_answered(&answer, third.at)?;
    ledger.apply(event)?;
    println!("passerelle : {:?}, {id} remplacé", message.event);

    // 5. by FHIR
    let bundle = pdsm::provide(&[hidden(last)], &sending(4, at))?;
    save(&out, "iti65.json", &bundle.body)?;
    show(&bundle.warnings);

    // 6. a deletion
    let fifth = sending(5, at);
    let prepared = Submission::prepare(&[hidden(last)], &fifth, Door::Xdm)?;
    let entry = &prepared.documents[0].entry;
    let new_id = format!("{id}.1");
    let event = ledger.plan_change(&new_id, Change::Delete, &fifth, Door::Dmp)?;
    let request = xds::update_status(entry, StatusChange::Delete, &fifth, &soap)?;
    save(&out, "iti57.xml", &request.envelope)?;
    ledger.apply(event)?;
    let answer = RegistryAnswer::read(success().as_bytes(), "application/soap+xml", &[])?;
    let event = ledger.answered(&fifth.set_id, &answer, fifth.at)?;
    ledger.apply(event)?;
    for (id, state) in ledger.documents() {
        println!("  {id} : {:?}", state.status);
    }
    Ok(())
}

fn save(out: &Path, name: &str, bytes: &[u8]) -> Outcome<()> {
    fs::write(out.join(name), bytes)?;
    println!("{name} : {} octets", bytes.len());
    Ok(())
}

fn show(problems: &dcc_base::problem::Problems) {
    for problem in problems {
        println!("  {problem}");
    }
}
