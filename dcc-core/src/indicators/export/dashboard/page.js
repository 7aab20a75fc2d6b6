'use strict';
(() => {
  const data = JSON.parse(document.getElementById('donnees').textContent);
  const SVG = 'http://www.w3.org/2000/svg';
  const MISSING = 'non renseigné';
  const ALL = -1;
  const DIMENSIONS = [
    { id: 'etablissement', values: data.establishments, all: 'Tous les établissements' },
    { id: 'centre', values: data.centres, all: 'Tous les 3C' },
    { id: 'theme', values: data.themes, all: 'Tous les thèmes' },
  ];
  const integer = new Intl.NumberFormat('fr-FR');
  const percent = new Intl.NumberFormat('fr-FR', { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const wholePercent = new Intl.NumberFormat('fr-FR', { style: 'percent', maximumFractionDigits: 0 });
  const tenth = new Intl.NumberFormat('fr-FR', { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const decimal = new Intl.NumberFormat('fr-FR', { maximumFractionDigits: 2 });

  // ---- the numbers: one row a cell, found by its four codes
  const places = new Map();
  const width = data.width;
  const NUMBERS = data.cells.length / width;
  for (let i = 0; i < NUMBERS; i++) {
    places.set(data.cells.slice(i * width, i * width + 4).join(','), i * width + 4);
  }
  const column = new Map(data.indicators.map((d) => [d.code, d]));

  // {n, d}: n and d are null when masked, d is undefined for a count
  function value(code, month, e, c, t) {
    const d = column.get(code);
    const at = places.get([month, e, c, t].join(','));
    const read = (offset) => (at === undefined ? 0 : data.cells[at + offset]);
    return { n: read(d.at), d: d.ratio ? read(d.at + 1) : undefined };
  }

  const masked = (v) => v.n === null;
  const rate = (v) => (masked(v) || !v.d ? null : v.n / v.d);
  function shown(n) { return n === null ? 'masqué' : integer.format(n); }
  function shownRate(v, asPercent) {
    if (masked(v)) return 'masqué';
    if (v.d === undefined) return integer.format(v.n);
    if (!v.d) return '–';
    return (asPercent ? percent : decimal).format(v.n / v.d);
  }

  // ---- elements; text is only ever set as text
  function element(name, attributes, ...children) {
    const node = document.createElement(name);
    for (const [key, v] of Object.entries(attributes || {})) node.setAttribute(key, v);
    for (const child of children) node.append(child);
    return node;
  }
  function shape(name, attributes, text) {
    const node = document.createElementNS(SVG, name);
    for (const [key, v] of Object.entries(attributes || {})) node.setAttribute(key, v);
    if (text !== undefined) node.textContent = text;
    return node;
  }
  function table(caption, heads, rows, attributes) {
    const body = element('tbody');
    for (const row of rows) {
      const tr = element('tr', row.attributes || {});
      row.cells.forEach((cell, i) => {
        const text = typeof cell === 'object' ? cell.text : cell;
        const kind = i === 0 ? element('th', { scope: 'row' }) : element('td', (cell && cell.attributes) || {});
        kind.textContent = text;
        tr.append(kind);
      });
      body.append(tr);
    }
    const head = element('tr');
    for (const h of heads) head.append(element('th', { scope: 'col' }, h));
    const t = element('table', attributes, element('caption', {}, caption), element('thead', {}, head), body);
    return element('div', { class: 'cadre', tabindex: '0', role: 'region', 'aria-label': caption }, t);
  }
  function section(id, title, note, ...children) {
    const s = element('section', { id, 'aria-labelledby': id + '-titre' }, element('h2', { id: id + '-titre' }, title));
    s.append(...children);
    if (note) s.append(element('p', { class: 'note' }, note));
    return s;
  }
  let charts = 0;
  function canvas(w, h, title, description) {
    const id = 'graphique' + charts++;
    const svg = shape('svg', { viewBox: `0 0 ${w} ${h}`, role: 'img', 'aria-labelledby': id + '-t ' + id + '-d' });
    svg.append(shape('title', { id: id + '-t' }, title), shape('desc', { id: id + '-d' }, description));
    return svg;
  }
  function hatching(svg) {
    const pattern = shape('pattern', { id: 'hachures', width: 6, height: 6, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' });
    pattern.append(shape('rect', { width: 6, height: 6, class: 'hachure-fond' }), shape('path', { d: 'M0 0V6', class: 'hachure' }));
    const defs = shape('defs');
    defs.append(pattern);
    svg.append(defs);
  }
  function ceiling(max, asPercent) {
    if (asPercent) return { top: 1, step: 0.25 };
    const rough = Math.max(max, 1) / 4;
    const power = 10 ** Math.floor(Math.log10(rough));
    let step = [1, 2, 2.5, 5, 10].map((m) => m * power).find((s) => s >= rough);
    if (max <= 4) step = 1;
    step = Math.max(step, Number.isInteger(max) ? 1 : 0);
    return { top: Math.max(step, Math.ceil(max / step) * step), step };
  }
  function monthLabel(month) {
    const [year, number] = month.split('-').map(Number);
    const name = ['janv.', 'févr.', 'mars', 'avr.', 'mai', 'juin', 'juil.', 'août', 'sept.', 'oct.', 'nov.', 'déc.'][number - 1];
    return name + ' ' + String(year).slice(2);
  }

  // bars by month, one or two series piled up; the second is hatched
  function columns(title, series, options) {
    const w = 660, h = 330, left = 52, right = 8, top = 34, bottom = 40;
    const n = data.months.length;
    const text = options.percent ? (x) => percent.format(x) : (x) => (Number.isInteger(x) ? integer : decimal).format(x);
    const sums = data.months.map((_, i) => series.reduce((sum, s) => sum + (s.values[i] || 0), 0));
    const { top: max, step } = ceiling(Math.max(0, ...sums), options.percent);
    const description = data.months.map((m, i) => monthLabel(m) + ' : ' + series.map((s) => s.name + ' ' + (s.values[i] === null ? (s.none || 'masqué') : text(s.values[i]))).join(', ')).join(' ; ');
    const svg = canvas(w, h, title, description);
    hatching(svg);
    const y = (v) => h - bottom - (v / max) * (h - top - bottom);
    for (let v = 0; v <= max + step / 2; v += step) {
      svg.append(shape('line', { x1: left, x2: w - right, y1: y(v), y2: y(v), class: v ? 'grille' : 'axe' }));
      svg.append(shape('text', { x: left - 6, y: y(v) + 4, 'text-anchor': 'end' }, (options.percent ? wholePercent : { format: text }).format(Math.round(v * 1e6) / 1e6)));
    }
    const slot = (w - left - right) / n;
    const each = Math.ceil(n / 14);
    data.months.forEach((month, i) => {
      const x = left + i * slot;
      let from = 0;
      series.forEach((s, j) => {
        const v = s.values[i];
        if (v) {
          const bar = shape('rect', { x: x + slot * 0.18, width: slot * 0.64, y: y(from + v), height: Math.max(0, y(from) - y(from + v)), class: 'serie' + j });
          bar.append(shape('title', {}, `${monthLabel(month)} – ${s.name} : ${text(v)}`));
          svg.append(bar);
          from += v;
        }
      });
      const hidden = series.some((s) => s.values[i] === null);
      const label = hidden && !from ? (series.find((s) => s.values[i] === null).none || 'masqué') : (options.percent ? wholePercent : { format: text }).format(Math.round(from * 1e6) / 1e6);
      if (n <= 14) svg.append(shape('text', { x: x + slot / 2, y: y(from) - 4, 'text-anchor': 'middle', 'font-size': 11 }, label));
      if (i % each === 0) svg.append(shape('text', { x: x + slot / 2, y: h - bottom + 16, 'text-anchor': 'middle', 'font-size': 11 }, monthLabel(month)));
    });
    let x = left;
    series.forEach((s, j) => {
      svg.append(shape('rect', { x, y: 6, width: 14, height: 12, class: 'serie' + j }));
      svg.append(shape('text', { x: x + 20, y: 16 }, s.name));
      x += 40 + s.name.length * 7;
    });
    return element('figure', {}, svg);
  }

  // one bar a row; the frame shows the whole when there is one
  function bars(title, rows, options) {
    const line = 24, left = 210, right = 110, w = 660;
    const h = Math.max(1, rows.length) * line + 14;
    const max = options.whole || Math.max(1, ...rows.map((r) => r.value || 0));
    const svg = canvas(w, h, title, rows.map((r) => r.label + ' : ' + r.text).join(' ; '));
    if (!rows.length) svg.append(shape('text', { x: 0, y: 18 }, 'Aucune donnée pour ce choix.'));
    rows.forEach((r, i) => {
      const y = 4 + i * line;
      const label = shape('text', { x: left - 8, y: y + 15, 'text-anchor': 'end' }, r.label.length > 31 ? r.label.slice(0, 30) + '…' : r.label);
      label.append(shape('title', {}, r.label));
      svg.append(label);
      const full = w - left - right;
      if (options.whole) svg.append(shape('rect', { x: left, y: y + 3, width: full, height: line - 8, class: 'fond' }));
      const size = ((r.value || 0) / max) * full;
      svg.append(shape('rect', { x: left, y: y + 3, width: size, height: line - 8, class: 'serie0' }));
      svg.append(shape('text', { x: left + (options.whole ? full : size) + 6, y: y + 15 }, r.text));
    });
    svg.append(shape('line', { x1: left, x2: left, y1: 2, y2: h - 8, class: 'axe' }));
    return element('figure', {}, svg);
  }
  const duo = (...children) => element('div', { class: 'duo' }, ...children);

  // ---- filters, kept in the page's address
  const selects = DIMENSIONS.map((dimension) => {
    const select = document.getElementById('f-' + dimension.id);
    select.append(element('option', { value: 'tous' }, dimension.all));
    dimension.values.forEach((v) => select.append(element('option', { value: v === null ? MISSING : '=' + v }, v === null ? MISSING : v)));
    return select;
  });
  function readAddress() {
    const asked = new URLSearchParams(location.hash.slice(1));
    DIMENSIONS.forEach((dimension, i) => {
      const wanted = asked.get(dimension.id);
      const code = wanted === null || wanted === 'tous' ? ALL : dimension.values.findIndex((v) => (v === null ? MISSING : v) === wanted);
      selects[i].selectedIndex = code + 1;
    });
  }
  function writeAddress() {
    const chosen = new URLSearchParams();
    DIMENSIONS.forEach((dimension, i) => {
      const code = selects[i].selectedIndex - 1;
      if (code !== ALL) chosen.set(dimension.id, dimension.values[code] === null ? MISSING : dimension.values[code]);
    });
    history.replaceState(null, '', '#' + chosen);
  }

  // ---- the page
  function draw() {
    charts = 0;
    const [e, c, t] = selects.map((s) => s.selectedIndex - 1);
    const at = (code, month = ALL) => value(code, month, e, c, t);
    const inScope = (row) => (e === ALL || row[0] === e) && (c === ALL || row[1] === c) && (t === ALL || row[2] === t);
    const chosen = selects.map((s) => s.options[s.selectedIndex].textContent);
    document.getElementById('etat').textContent = 'Affiché : ' + chosen.join(' · ') + '.';
    const content = document.getElementById('contenu');
    content.replaceChildren();
    const cell = (code, month, part, text) => ({ text, attributes: { 'data-code': code, 'data-mois': month === ALL ? 'tous' : data.months[month], 'data-part': part, 'data-valeur': String(part === 'den' ? value(code, month, e, c, t).d : value(code, month, e, c, t).n) } });
    const number = (code, month) => cell(code, month, 'num', shown(at(code, month).n));

    content.append(section('synthese', 'Synthèse', 'Un patient, un professionnel ou un médecin vu plusieurs mois compte une seule fois sur la période.',
      table('Indicateurs de la période pour ce choix', ['Code', 'Indicateur', 'Numérateur', 'Dénominateur', 'Valeur'],
        data.indicators.map((d) => {
          const v = at(d.code);
          return { cells: [d.code, { text: d.label, attributes: { class: 'texte', title: d.numerator + (d.denominator ? ' / ' + d.denominator : '') } },
            cell(d.code, ALL, 'num', shown(v.n)),
            d.ratio ? cell(d.code, ALL, 'den', shown(v.d)) : '',
            shownRate(v, d.share)] };
        }), { class: 'synthese' })));

    const months = data.months.map((_, i) => i);
    content.append(section('activite-mois', 'Activité par mois', 'Les fiches des sessions non annulées, au mois de leur session.', duo(
      columns('Fiches par mois', [
        { name: 'validées', values: months.map((m) => at('ACT-01', m).n) },
        { name: 'non validées', values: months.map((m) => at('ACT-02', m).n) },
      ], {}),
      table('Activité par mois', ['Mois', 'Fiches validées', 'Fiches non validées', 'Sessions réalisées', 'Patients'],
        months.map((m) => ({ cells: [monthLabel(data.months[m]), number('ACT-01', m), number('ACT-02', m), number('ACT-04', m), number('ACT-05', m)] })), { class: 'mois' }))));

    const themes = DIMENSIONS[2].values.map((v, i) => ({ label: v === null ? MISSING : v, code: i })).filter((x) => t === ALL || x.code === t);
    const themeRows = themes.map((x) => ({ ...x, ok: value('ACT-01', ALL, e, c, x.code), ko: value('ACT-02', ALL, e, c, x.code), held: value('ACT-04', ALL, e, c, x.code), people: value('ACT-05', ALL, e, c, x.code) }));
    content.append(section('activite-theme', 'Activité par thème', '', duo(
      bars('Fiches validées par thème', themeRows.map((r) => ({ label: r.label, value: r.ok.n, text: shown(r.ok.n) })), {}),
      table('Activité par thème', ['Thème', 'Fiches validées', 'Fiches non validées', 'Sessions réalisées', 'Patients'],
        themeRows.map((r) => ({ attributes: { 'data-theme': r.label }, cells: [r.label, shown(r.ok.n), shown(r.ko.n), shown(r.held.n), shown(r.people.n)] }))))));

    const rcps = new Map();
    for (const row of data.rcps.filter((r) => inScope(r.slice(1)))) {
      const sum = rcps.get(row[0]) || [0, 0, 0];
      rcps.set(row[0], sum.map((s, i) => s + row[4 + i]));
    }
    const quorum = [...rcps].map(([rcp, [held, reached, unknown]]) => ({ label: data.rcpNames[rcp], held, reached, unknown })).sort((a, b) => a.label.localeCompare(b.label, 'fr', { numeric: true }));
    content.append(section('quorum', 'Quorum par RCP', 'Sessions réalisées dont le quorum est atteint, sur les sessions réalisées (celles dont le quorum n\'est pas renseigné comprises).', duo(
      bars('Quorum atteint, par RCP', quorum.map((r) => ({ label: r.label, value: r.reached / r.held, text: percent.format(r.reached / r.held) + ` (${r.reached}/${r.held})` })), { whole: 1 }),
      table('Quorum par RCP', ['RCP', 'Sessions réalisées', 'Quorum atteint', 'Non renseigné', 'Taux'],
        quorum.map((r) => ({ cells: [r.label, integer.format(r.held), integer.format(r.reached), integer.format(r.unknown), percent.format(r.reached / r.held)] }))))));

    const held = at('ACT-04').n;
    const specialties = data.specialties.rows.filter((r) => r[0] === e && r[1] === c && r[2] === t)
      .map((r) => ({ label: data.specialties.names[r[3]] === null ? MISSING : data.specialties.names[r[3]], attendances: r[4], sessions: r[5] }))
      .sort((a, b) => b.sessions - a.sessions || a.label.localeCompare(b.label, 'fr'));
    content.append(section('specialites', 'Spécialités présentes', 'Part des sessions réalisées où la spécialité est présente.', duo(
      bars('Sessions où la spécialité est présente', specialties.map((s) => ({ label: s.label, value: held ? s.sessions / held : 0, text: held ? percent.format(s.sessions / held) : '–' })), { whole: 1 }),
      table('Spécialités présentes', ['Spécialité', 'Présences', 'Sessions', 'Part des sessions'],
        specialties.map((s) => ({ attributes: { 'data-specialite': s.label }, cells: [s.label, integer.format(s.attendances), integer.format(s.sessions), held ? percent.format(s.sessions / held) : '–'] }))))));

    const none = (v) => (masked(v) ? 'masqué' : '–');
    const rates = (code) => {
      const values = months.map((m) => at(code, m));
      return { values: values.map(rate), none: values.some(masked) ? 'masqué' : '–', raw: values };
    };
    const named = rates('QUA-03');
    content.append(section('medecins', 'Médecin traitant et messagerie sécurisée', 'Part des fiches qui nomment le médecin traitant ; médecins distincts, et parmi eux ceux qui ont une adresse MSSanté.', duo(
      columns('Fiches qui nomment le médecin traitant', [{ name: 'médecin traitant renseigné', values: named.values, none: named.none }], { percent: true }),
      table('Médecins traitants par mois', ['Mois', 'Fiches avec', 'Fiches', 'Part', 'Médecins', 'avec MSSanté'],
        months.map((m) => ({ cells: [monthLabel(data.months[m]), number('QUA-03', m), cell('QUA-03', m, 'den', shown(at('QUA-03', m).d)), shownRate(at('QUA-03', m), true), number('QUA-03-MT', m), number('QUA-04', m)] })), { class: 'mois' }))));

    content.append(section('pps', 'PPS validés', 'Au mois de la validation.', duo(
      columns('PPS validés par mois', [{ name: 'PPS validés', values: months.map((m) => at('PPS-01', m).n) }], {}),
      table('PPS validés par mois', ['Mois', 'PPS validés'], months.map((m) => ({ cells: [monthLabel(data.months[m]), number('PPS-01', m)] })), { class: 'mois' }))));

    const trials = rates('SOI-01');
    content.append(section('essais', 'Essais cliniques', 'Fiches qui proposent un essai clinique, rapportées aux patients du mois (file active).', duo(
      columns('Fiches proposant un essai, pour cent patients', [{ name: 'pour 100 patients', values: trials.values.map((v) => (v === null ? null : Math.round(v * 1000) / 10)), none: trials.none }], {}),
      table('Essais cliniques par mois', ['Mois', 'Fiches avec essai', 'Patients', 'Pour 100 patients'],
        months.map((m) => { const v = at('SOI-01', m); return { cells: [monthLabel(data.months[m]), number('SOI-01', m), cell('SOI-01', m, 'den', shown(v.d)), rate(v) === null ? none(v) : tenth.format(rate(v) * 100)] }; }), { class: 'mois' }))));

    const guideline = rates('SOI-02');
    content.append(section('referentiel', 'Respect du référentiel', 'Parmi les fiches qui indiquent si le référentiel est respecté ; les autres sont comptées à part.', duo(
      columns('Référentiel respecté', [{ name: 'référentiel respecté', values: guideline.values, none: guideline.none }], { percent: true }),
      table('Respect du référentiel par mois', ['Mois', 'Respecté', 'Renseigné', 'Part', 'Non renseigné'],
        months.map((m) => ({ cells: [monthLabel(data.months[m]), number('SOI-02', m), cell('SOI-02', m, 'den', shown(at('SOI-02', m).d)), shownRate(at('SOI-02', m), true), number('SOI-02-NR', m)] })), { class: 'mois' }))));
  }

  document.getElementById('sous-titre').textContent = data.subtitle;
  document.getElementById('pied').textContent = data.footer;
  selects.forEach((select) => select.addEventListener('change', () => {
    if (data.single) selects.forEach((other) => { if (other !== select) other.selectedIndex = 0; });
    writeAddress();
    draw();
  }));
  document.getElementById('filtres').addEventListener('reset', (event) => {
    event.preventDefault();
    selects.forEach((s) => { s.selectedIndex = 0; });
    writeAddress();
    draw();
  });
  window.addEventListener('hashchange', () => { if (location.hash.includes('=')) { readAddress(); draw(); } });
  readAddress();
  draw();
})();
