import { kindTag } from './kinds.js';
import { address, ask, clockTime, count, el, fillTable, find, moment, showProblem, span, typeName } from './page.js';

const id = location.pathname.split('/').at(-1);

// Where the source was when it was built is of no interest, where it is in the repository is.
function inRepository(file) {
  const path = file.replaceAll('\\', '/');
  const root = Math.max(path.lastIndexOf('/src/'), path.lastIndexOf('/tests/'));
  return root < 0 ? path : path.slice(root + 1);
}

function values(frame) {
  const rows = [...frame.arguments.map((value) => [value, 'argument']), ...frame.locals.map((value) => [value, 'local'])];
  if (!rows.length) return null;
  return el('div', { class: 'scroll' }, el('table', {},
    el('caption', { class: 'unseen' }, `Values in ${frame.method}`),
    el('thead', { class: 'unseen' }, el('tr', {}, ['Name', 'Type', 'Value'].map((name) => el('th', { scope: 'col' }, name)))),
    el('tbody', {}, rows.map(([value, kind]) => el('tr', {},
      el('th', { scope: 'row', title: kind }, value.name),
      el('td', { class: 'type hide-narrow', title: value.type }, value.type),
      el('td', { class: 'value' }, value.value))))));
}

function frameItem(frame) {
  return el('li', { class: `frame ${frame.inOurCode ? 'ours' : 'theirs'}` },
    el('p', { class: 'method' }, frame.method, frame.inTrace ? null : el('span', { class: 'faint' }, '  before it was thrown anew')),
    frame.file ? el('p', { class: 'file' }, `${inRepository(frame.file)}:${frame.line}`) : null,
    values(frame));
}

// Frames of libraries in a row are folded; where it was thrown is of interest whoever's code that is.
function frameItems(frames) {
  const items = [];
  for (let next = 0; next < frames.length;) {
    let end = next;
    while (next > 0 && end < frames.length && !frames[end].inOurCode) end++;
    if (end - next > 1) {
      const folded = frames.slice(next, end);
      const roots = [...new Set(folded.map((frame) => frame.type.split('.')[0] || frame.assembly))];
      items.push(el('li', {}, el('details', {}, el('summary', {}, `${folded.length} frames of ${roots.join(', ')}`), el('ol', { class: 'frames' }, folded.map(frameItem)))));
      next = end;
    } else {
      items.push(frameItem(frames[next++]));
    }
  }
  return items;
}

function exceptionPanel(exception, index, all) {
  const inner = exception.innerOf !== undefined && exception.innerOf !== null;
  const relation = !inner ? 'What failed' : exception.innerOf === index - 1 ? 'Caused by' : `Caused by, inside ${all[exception.innerOf].type.split('.').at(-1)}`;
  return el('section', { class: 'panel', 'aria-labelledby': `exception-${index}` },
    el('header', {}, el('h2', { id: `exception-${index}` }, relation)),
    el('div', { class: 'body' },
      el('p', { class: 'cause' }, el('span', { class: 'type' }, exception.type), ': ', exception.message),
      exception.properties.length ? el('dl', { class: 'facts' }, exception.properties.flatMap((property) => [
        el('dt', { class: 'mono', title: property.type }, property.name), el('dd', { class: 'mono' }, property.value)])) : null),
    exception.frames.length
      ? [el('h3', { class: 'unseen' }, 'Frames, where it was thrown first'), el('ol', { class: 'frames' }, frameItems(exception.frames))]
      : el('p', { class: 'empty' }, 'It was never thrown, so it has no frames.'));
}

const bytes = (number) => (number >= 2 ** 30 ? `${(number / 2 ** 30).toFixed(1)} GB` : `${Math.round(number / 2 ** 20)} MB`);
const facts = (place, pairs) => place.append(...pairs.filter(([, value]) => value).flatMap(([name, value]) => [el('dt', {}, name), el('dd', {}, value)]));

function draw({ report, showsValues }) {
  const first = report.exceptions[0];
  const short = first.type.split('.').at(-1);
  find('#parts').hidden = false;
  find('#title').textContent = report.domain.host ? `${report.domain.host}: ${short}` : short;
  find('#crumb').textContent = report.id;
  document.title = `${find('#title').textContent} · Mayhem`;
  find('#state').append(kindTag(report.kind), ` ${report.class}, ${clockTime(new Date(report.at))}. `,
    report.unreported ? `${count(report.unreported)} more of this kind since the last report of it. ` : '',
    el('a', { href: address('/reports', { fingerprint: report.fingerprint }) }, 'Same cause'));
  if (!showsValues) find('#parts').prepend(el('p', { class: 'notice' }, 'Production mode: the values of variables are hidden. They are in the report itself, on the machine that keeps it.'));
  find('#exceptions').append(...report.exceptions.map(exceptionPanel));
  facts(find('#domain'), [
    ...Object.entries(report.domain).map(([name, value]) => [name, name === 'host' ? el('a', { href: address('/reports', { host: value }) }, value) : value]),
    ['fingerprint', report.fingerprint], ['operation', report.operationId]]);
  fillTable(find('#history'), report.history, (failure) => el('tr', {},
    el('td', {}, moment(failure.at)),
    el('td', { class: 'break' }, typeName(failure.type)),
    el('td', {}, failure.delaySeconds === undefined ? '–' : span(failure.delaySeconds * 1000))), 'None: this was the first.');
  const process = report.process;
  if (process) {
    facts(find('#process'), [
      ['Instance', process.instance], ['Version', process.version], ['Platform', process.platform], ['Up', span(process.uptimeSeconds * 1000)],
      ['Memory', `${bytes(process.workingSetBytes)} of ${bytes(process.memoryLimitBytes)}, heap ${bytes(process.heapBytes)}`],
      ['Threads', `${count(process.poolThreads)} in the pool, ${count(process.poolQueue)} waiting`], ['In flight', count(process.inFlight)]]);
  }
  fillTable(find('#log'), report.breadcrumbs, (line) => el('tr', {},
    el('td', {}, moment(line.at)), el('td', {}, line.level), el('td', { class: 'break' }, line.category.split('.').at(-1)), el('td', { class: 'wide' }, line.text)), 'No line was logged before.');
}

ask(`/api/reports/${encodeURIComponent(id)}`).then(draw, showProblem);
