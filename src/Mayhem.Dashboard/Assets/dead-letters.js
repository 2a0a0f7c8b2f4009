import { openBench, picked, tellMeant } from './bench.js';
import { address, ask, count, el, fillTable, find, isFiltered, moment, openFilters, pager, query, repeat, show, typeName } from './page.js';

const filters = find('#filters');
const wanted = query();
const here = (changes) => address('/dead-letters', { ...wanted, page: '', ...changes });

function drawFilters(reasons) {
  show(filters.elements.reason, reasons, () => [
    el('option', { value: '' }, 'all'),
    ...reasons.map((reason) => el('option', { value: reason.name, selected: reason.name === wanted.reason }, `${reason.name} (${count(reason.count)})`)),
    ...(wanted.reason && !reasons.some((reason) => reason.name === wanted.reason) ? [el('option', { value: wanted.reason, selected: true }, wanted.reason)] : []),
  ]);
}

const report = (id) => (id ? el('a', { href: `/reports/${id}`, 'aria-label': `report ${id.slice(0, 8)}` }, 'report') : el('span', { class: 'faint' }, '–'));

function drawGroups(answer) {
  const panel = find('#groups');
  panel.querySelector('[data-count]').textContent = answer.groupCount > answer.groups.length ? `the largest ${answer.groups.length} of ${count(answer.groupCount)}` : '';
  fillTable(panel, answer.groups, (group) => el('tr', {},
    el('th', { scope: 'row' }, el('a', { href: here({ reason: group.reason, fingerprint: group.fingerprint ?? '' }) }, group.reason)),
    el('td', { class: 'break' }, typeName(group.last.type) || '–'),
    el('td', { class: 'mono' }, group.fingerprint ?? '–'),
    el('td', { class: 'number' }, count(group.count)),
    el('td', { class: 'number' }, count(group.hosts)),
    el('td', {}, moment(group.first)),
    el('td', {}, moment(group.last.at)),
    el('td', {}, report(group.last.reportId))), 'No dead letter is like that.');
}

function drawList(page) {
  fillTable(find('#list'), page.rows, (row) => el('tr', {},
    el('td', { class: 'pick' }, el('input', { type: 'checkbox', 'data-number': row.number, checked: picked.has(row.number), 'aria-label': `message ${row.messageId}` })),
    el('th', { scope: 'row', class: 'mono break' }, el('a', { href: `/dead-letters/${row.number}` }, row.messageId)),
    el('td', { class: 'break' }, row.host ? el('a', { href: here({ host: row.host }) }, row.host) : '–'),
    el('td', {}, row.reason),
    el('td', { class: 'break' }, typeName(row.type) || '–'),
    el('td', { class: 'number' }, row.attempt ? String(row.attempt) : '–'),
    el('td', {}, moment(row.at)),
    el('td', {}, report(row.reportId))), 'No dead letter is like that.');
  pager(find('#list .pager'), page, (number) => address('/dead-letters', { ...wanted, page: number }));
}

async function refresh() {
  const answer = await ask(address('/api/dead-letters', wanted));
  const all = answer.reasons.reduce((sum, reason) => sum + reason.count, 0);
  const filtered = isFiltered(wanted);
  find('#summary').textContent = `${filtered ? `${count(answer.page.total)} of ` : ''}${count(all)} ${all === 1 ? 'message' : 'messages'}`
    + `${answer.isComplete ? '' : '; there are more than the dashboard reads'}${answer.page.error ? `; may be old: ${answer.page.error}` : ''}`;
  find('#clear').hidden = !filtered;
  drawFilters(answer.reasons);
  drawGroups(answer);
  drawList(answer.page);
  tellMeant(answer.page.total);
}

openFilters(filters, '/dead-letters', wanted);
openBench(wanted, refresh);
repeat(refresh, 3000);
