//! The making of the file from what was gathered.

use std::io::{self, Write};

use super::people::{IS_TEXT, People};
use super::store::Store;
use crate::file::ints::{put_u32s, u32_at, varint32};
use crate::file::narrow;
use crate::file::sections::{Section, SectionWriter};
use crate::file::structure::{Field, StructureRecord};
use crate::file::words::{WordGatherer, head};
use crate::file::{keys, lists};
use crate::names;

/// Writes the file; the store is used up on the way, to free its memory.
pub(crate) fn write<W: Write>(mut store: Store, out: W) -> io::Result<W> {
    store.people.close_tables();
    store.structures.records.close();
    let mut file = SectionWriter::new(out)?;
    editions(&store, &mut file)?;
    let people_texts = [
        &store.people.surname_pool.bytes,
        &store.people.given_pool.bytes,
    ];
    file.section_of(
        Section::Texts,
        [&store.texts.bytes, people_texts[0], people_texts[1]],
    )?;
    file.section(Section::Labels, &store.label_rows)?;
    file.section(Section::Profiles, &store.profile_rows)?;
    file.section(Section::Places, &store.place_rows)?;
    let ranks = people(&store, &mut file)?;
    let names = NameOrder::new(&store.people, store.texts.bytes.len() as u32);
    let order = activities(&mut store, &ranks, &names, &mut file)?;
    structures(&mut store, &order, &mut file)?;
    by_name(&store, &ranks, &names, &mut file)?;
    words(&store, &names, &mut file)?;
    attached(&mut store, &ranks.rank, &mut file)?;
    mailboxes(&mut store, &ranks.rank, &mut file)?;
    file.finish()
}

fn editions<W: Write>(store: &Store, file: &mut SectionWriter<W>) -> io::Result<()> {
    let mut rows = Vec::new();
    for e in &store.editions {
        for number in [
            u64::from(e.source.number()),
            e.date.to_number(),
            e.lines,
            e.refused,
        ] {
            rows.extend_from_slice(&number.to_le_bytes());
        }
    }
    file.section(Section::Editions, &rows)
}

/// Persons by PS_IdNat.
struct Ranks {
    /// Persons as met, in the order of the file.
    order: Vec<u32>,
    /// Place in the file of each person as met.
    rank: Vec<u32>,
}

fn people<W: Write>(store: &Store, file: &mut SectionWriter<W>) -> io::Result<Ranks> {
    let (people, pool) = (&store.people, &store.texts);
    let mut keyed: Vec<(u64, u32)> = (0u32..).zip(&people.keys).map(|(p, k)| (*k, p)).collect();
    // texts last, having the high bit, then by their letters
    keyed.sort_unstable_by(|a, b| {
        if a.0 & b.0 & IS_TEXT == 0 {
            a.0.cmp(&b.0)
        } else {
            pool.get(a.0 as u32).cmp(pool.get(b.0 as u32))
        }
    });
    let packed = keyed.partition_point(|(key, _)| key & IS_TEXT == 0);
    let numbers: Vec<u64> = keyed[..packed].iter().map(|k| k.0).collect();
    let mut tree = Vec::new();
    keys::put_tree(&mut tree, &numbers);
    let bytes: Vec<u8> = numbers.iter().flat_map(|k| k.to_le_bytes()).collect();
    file.section(Section::PersonKeys, &bytes)?;
    file.section(Section::PersonTree, &tree)?;
    let mut texts = Vec::new();
    put_u32s(
        &mut texts,
        keyed[packed..]
            .iter()
            .enumerate()
            .flat_map(|(i, k)| [k.0 as u32, (packed + i) as u32]),
    );
    file.section(Section::PersonTexts, &texts)?;
    let order: Vec<u32> = keyed.into_iter().map(|k| k.1).collect();
    let mut rank = vec![0; order.len()];
    for (r, person) in (0u32..).zip(&order) {
        rank[*person as usize] = r;
    }
    let mut closed: Vec<u32> = people.closed.iter().map(|p| rank[*p as usize]).collect();
    closed.sort_unstable();
    closed.dedup();
    let mut bytes = Vec::new();
    put_u32s(&mut bytes, closed);
    file.section(Section::ClosedPersons, &bytes)?;
    Ok(Ranks { order, rank })
}

/// Surnames and given names by folded name; the texts of their pools follow
/// the others in the file.
struct NameOrder {
    surnames: Sorted,
    givens: Sorted,
}

struct Sorted {
    /// Where its pool stands in the texts of the file.
    base: u32,
    /// Offset in the pool of each name, in alphabetical order.
    order: Vec<u32>,
    /// Place of the name of each offset of the pool.
    rank: Vec<u32>,
    /// Folded names, in alphabetical order.
    folded: String,
    ends: Vec<u32>,
}

impl Sorted {
    fn new(pool: &[u8], base: u32) -> Self {
        let (mut all, mut ends, mut offsets, mut one) =
            (String::new(), vec![0], Vec::new(), String::new());
        let mut at = 0;
        while at < pool.len() {
            offsets.push(at as u32);
            let name = crate::file::texts::text(pool, at as u32);
            names::fold_into(name, &mut one);
            all.push_str(&one);
            ends.push(all.len());
            let Some(len) = varint32(pool, &mut at) else {
                break;
            };
            at += len as usize;
        }
        let part = |i: u32| &all[ends[i as usize]..ends[i as usize + 1]];
        let full = |i: u32| crate::file::texts::text(pool, offsets[i as usize]);
        let mut order: Vec<(u64, u32)> = (0..offsets.len() as u32)
            .map(|i| (head(part(i)), i))
            .collect();
        order.sort_unstable_by(|a, b| {
            let by_name = || {
                part(a.1)
                    .cmp(part(b.1))
                    .then_with(|| full(a.1).cmp(full(b.1)))
            };
            a.0.cmp(&b.0).then_with(by_name)
        });
        let mut sorted = Sorted {
            base,
            order: Vec::new(),
            rank: vec![0; pool.len()],
            folded: String::with_capacity(all.len()),
            ends: Vec::new(),
        };
        for (r, (_, name)) in (0u32..).zip(&order) {
            let offset = offsets[*name as usize];
            sorted.rank[offset as usize] = r;
            sorted.order.push(offset);
            sorted.folded.push_str(part(*name));
            sorted.ends.push(sorted.folded.len() as u32);
        }
        sorted
    }

    /// The place of the name at an offset of its pool.
    fn rank_of(&self, offset: u32) -> u32 {
        self.rank[offset as usize]
    }

    /// The text in the file of each name, in alphabetical order.
    fn texts(&self) -> impl Iterator<Item = u32> {
        self.order.iter().map(|offset| self.base + offset)
    }

    fn gather(&self, joined: bool) -> WordGatherer {
        let mut words = WordGatherer::default();
        let mut from = 0;
        for (i, end) in (0u32..).zip(&self.ends) {
            words.add(i, &self.folded[from..*end as usize], joined);
            from = *end as usize;
        }
        words
    }
}

impl NameOrder {
    fn new(people: &People, texts: u32) -> Self {
        let surnames = &people.surname_pool.bytes;
        NameOrder {
            surnames: Sorted::new(surnames, texts),
            givens: Sorted::new(&people.given_pool.bytes, texts + surnames.len() as u32),
        }
    }
}

/// Activities as met, in the order of the file.
fn activities<W: Write>(
    store: &mut Store,
    ranks: &Ranks,
    names: &NameOrder,
    file: &mut SectionWriter<W>,
) -> io::Result<Vec<u32>> {
    let persons = std::mem::take(&mut store.activities.persons);
    let by_person = persons.iter().map(|p| Some(ranks.rank[*p as usize]));
    let (starts, order) = lists::grouped(ranks.order.len(), by_person);
    let people = &store.people;
    let rows = ranks.order.iter().zip(&starts).map(|(person, first)| {
        let surname = names.surnames.rank_of(people.surnames[*person as usize]);
        let given = names.givens.rank_of(people.givens[*person as usize]);
        [surname, given, *first]
    });
    file.section(
        Section::Persons,
        &narrow::put(rows.chain([[0, 0, order.len() as u32]])),
    )?;
    let met = &store.activities;
    let rows = order
        .iter()
        .map(|a| [met.profiles[*a as usize], met.structures[*a as usize]]);
    file.section(Section::Activities, &narrow::put(rows))?;

    let mut place = vec![
        0;
        if met.other_names.is_empty() {
            0
        } else {
            order.len()
        }
    ];
    if !place.is_empty() {
        for (i, a) in (0u32..).zip(&order) {
            place[*a as usize] = i;
        }
    }
    let mut others: Vec<[u32; 3]> = met
        .other_names
        .iter()
        .map(|&(a, s, g)| {
            [
                place[a as usize],
                names.surnames.rank_of(s),
                names.givens.rank_of(g),
            ]
        })
        .collect();
    others.sort_unstable();
    file.section(Section::OtherNames, &narrow::put(others.iter().copied()))?;
    // from here on other names go by person
    for other in &mut store.activities.other_names {
        other.0 = ranks.rank[persons[other.0 as usize] as usize];
    }
    Ok(order)
}

fn structures<W: Write>(
    store: &mut Store,
    order: &[u32],
    file: &mut SectionWriter<W>,
) -> io::Result<()> {
    let records = std::mem::take(&mut store.structures.records);
    let count = records.len();
    let mut offsets = Vec::with_capacity((count + 1) * 4);
    put_u32s(
        &mut offsets,
        std::iter::once(0).chain(records.ends.iter().copied()),
    );
    file.section(Section::StructureOffsets, &offsets)?;
    file.section(Section::StructureRecords, &records.bytes)?;
    let (pairs, texts) = (
        std::mem::take(&mut store.structures.keys),
        std::mem::take(&mut store.structures.texts),
    );
    let parts = keys::put_table(pairs, texts, |t| store.texts.get(t));
    for (section, part) in [
        Section::StructureKeys,
        Section::StructureTree,
        Section::StructureRows,
        Section::StructureTexts,
    ]
    .into_iter()
    .zip(parts)
    {
        file.section(section, &part)?;
    }
    let of = std::mem::take(&mut store.activities.structures);
    let [a, b] = lists::put_lists(count, order.iter().map(|a| of[*a as usize].checked_sub(1)));
    file.section(Section::StaffOffsets, &a)?;
    file.section(Section::Staff, &b)?;

    let place_count = store.places.len();
    let town = |place: u32| {
        crate::file::texts::text(
            &store.texts.bytes,
            u32_at(&store.place_rows, place as usize * 9 + 8).unwrap_or(0),
        )
    };
    let mut by_town: Vec<u32> = (0..place_count as u32).collect();
    by_town.sort_by(|a, b| town(*a).cmp(town(*b)));
    let mut bytes = Vec::new();
    put_u32s(&mut bytes, by_town);
    file.section(Section::PlaceOrder, &bytes)?;
    let [a, b] = lists::put_lists(
        place_count,
        store.structures.places.iter().map(|p| Some(*p)),
    );
    file.section(Section::PlaceOffsets, &a)?;
    file.section(Section::PlaceStructures, &b)?;

    let mut words = WordGatherer::default();
    let mut folded = String::new();
    for i in 0..count as u32 {
        let Some(record) = StructureRecord::read(records.get(i)) else {
            continue;
        };
        let mut last = "";
        for field in [Field::Name, Field::TradeName, Field::LongName] {
            let name = record.plain(field);
            if !name.is_empty() && name != last {
                names::fold_into(name, &mut folded);
                words.add(i, &folded, false);
                last = name;
            }
        }
    }
    let [fst, offsets, entries] = words.write();
    file.section(Section::StructureWords, &fst)?;
    file.section(Section::StructureWordOffsets, &offsets)?;
    file.section(Section::StructureWordEntries, &entries)
}

fn by_name<W: Write>(
    store: &Store,
    ranks: &Ranks,
    names: &NameOrder,
    file: &mut SectionWriter<W>,
) -> io::Result<()> {
    let people = &store.people;
    // surname, then given name and person
    let own = ranks.order.iter().zip(0u32..).map(|(met, person)| {
        let met = *met as usize;
        let surname = names.surnames.rank_of(people.surnames[met]);
        let given = names.givens.rank_of(people.givens[met]);
        (surname, (u64::from(given) << 32) | u64::from(person))
    });
    let others = store.activities.other_names.iter().map(|&(person, s, g)| {
        let given = names.givens.rank_of(g);
        (
            names.surnames.rank_of(s),
            (u64::from(given) << 32) | u64::from(person),
        )
    });
    let all: Vec<(u32, u64)> = own.chain(others).collect();
    let surname_count = names.surnames.order.len();
    let (starts, members) = lists::grouped(surname_count, all.iter().map(|a| Some(a.0)));
    let mut surnames = Vec::with_capacity((surname_count + 1) * 8);
    let mut rows: Vec<[u32; 2]> = Vec::with_capacity(all.len());
    let mut group = Vec::new();
    for (i, name) in names.surnames.texts().enumerate() {
        put_u32s(&mut surnames, [name, rows.len() as u32]);
        group.clear();
        group.extend(
            members[starts[i] as usize..starts[i + 1] as usize]
                .iter()
                .map(|m| all[*m as usize].1),
        );
        group.sort_unstable();
        group.dedup();
        rows.extend(group.iter().map(|g| [(g >> 32) as u32, *g as u32]));
    }
    put_u32s(&mut surnames, [0, rows.len() as u32]);
    file.section(Section::Surnames, &surnames)?;
    let mut givens = Vec::new();
    put_u32s(&mut givens, names.givens.texts());
    file.section(Section::Givens, &givens)?;
    file.section(Section::ByName, &narrow::put(rows.iter().copied()))
}

fn words<W: Write>(
    _store: &Store,
    names: &NameOrder,
    file: &mut SectionWriter<W>,
) -> io::Result<()> {
    let [fst, offsets, entries] = names.surnames.gather(true).write();
    file.section(Section::SurnameWords, &fst)?;
    file.section(Section::SurnameWordOffsets, &offsets)?;
    file.section(Section::SurnameWordEntries, &entries)?;
    let [fst, offsets, entries] = names.givens.gather(true).write();
    file.section(Section::GivenWords, &fst)?;
    file.section(Section::GivenWordOffsets, &offsets)?;
    file.section(Section::GivenWordEntries, &entries)
}

/// Pairs of a person as met and a number, by person of the file.
fn put_held(held: &mut [(u32, u32)], rank: &[u32]) -> Vec<u8> {
    for pair in held.iter_mut() {
        pair.0 = rank[pair.0 as usize];
    }
    held.sort_by_key(|pair| pair.0);
    narrow::put(held.iter().map(|pair| [pair.0, pair.1]))
}

fn attached<W: Write>(
    store: &mut Store,
    rank: &[u32],
    file: &mut SectionWriter<W>,
) -> io::Result<()> {
    file.section(Section::Skills, &store.skills.rows.bytes)?;
    file.section(Section::SkillsHeld, &put_held(&mut store.skills.held, rank))?;
    file.section(Section::Diplomas, &store.diplomas.rows.bytes)?;
    file.section(
        Section::DiplomasHeld,
        &put_held(&mut store.diplomas.held, rank),
    )?;
    file.section(Section::Cards, &store.cards.bytes)?;
    file.section(Section::CardsHeld, &put_held(&mut store.cards.held, rank))
}

/// Folded addresses, to sort mailboxes: small letters, local part first.
fn address_of(record: &[u8], pool: &[u8], out: &mut String) {
    out.clear();
    let mut at = 1;
    if let Some(local) = crate::file::id::get(record, &mut at) {
        out.push_str(&local.into_string());
    }
    out.push('@');
    out.push_str(crate::file::texts::text(
        pool,
        varint32(record, &mut at).unwrap_or(0),
    ));
    out.make_ascii_lowercase();
}

fn mailboxes<W: Write>(
    store: &mut Store,
    rank: &[u32],
    file: &mut SectionWriter<W>,
) -> io::Result<()> {
    let boxes = std::mem::take(&mut store.mailboxes);
    let (mut all, mut ends, mut one) = (String::new(), vec![0], String::new());
    for i in 0..boxes.ends.len() as u32 {
        address_of(boxes.record(i), &store.texts.bytes, &mut one);
        all.push_str(&one);
        ends.push(all.len());
    }
    let address = |i: u32| &all[ends[i as usize]..ends[i as usize + 1]];
    let mut order: Vec<(u64, u32)> = (0..boxes.ends.len() as u32)
        .map(|i| (head(address(i)), i))
        .collect();
    order.sort_unstable_by(|a, b| {
        a.0.cmp(&b.0)
            .then_with(|| address(a.1).cmp(address(b.1)))
            .then(a.1.cmp(&b.1))
    });
    let mut place = vec![0; order.len()];
    let mut offsets = Vec::with_capacity(order.len() * 4 + 4);
    let mut records = Vec::with_capacity(boxes.bytes.len());
    for (i, (_, met)) in (0u32..).zip(&order) {
        place[*met as usize] = i;
        put_u32s(&mut offsets, [records.len() as u32]);
        records.extend_from_slice(boxes.record(*met));
    }
    put_u32s(&mut offsets, [records.len() as u32]);
    file.section(Section::MailboxOffsets, &offsets)?;
    file.section(Section::Mailboxes, &records)?;
    let mut held: Vec<(u32, u32)> = boxes
        .held
        .iter()
        .map(|(p, m)| (*p, place[*m as usize]))
        .collect();
    file.section(Section::MailboxesHeld, &put_held(&mut held, rank))?;
    let (mut pairs, mut texts) = (Vec::new(), Vec::new());
    for (key, mailbox) in boxes.keys {
        if key & IS_TEXT == 0 {
            pairs.push((key, place[mailbox as usize]));
        } else {
            texts.push((key as u32, place[mailbox as usize]));
        }
    }
    let parts = keys::put_table(pairs, texts, |t| store.texts.get(t));
    for (section, part) in [
        Section::MailboxKeys,
        Section::MailboxTree,
        Section::MailboxRows,
        Section::MailboxTexts,
    ]
    .into_iter()
    .zip(parts)
    {
        file.section(section, &part)?;
    }
    Ok(())
}
