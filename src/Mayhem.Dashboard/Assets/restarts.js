import { address, ask, count, el, fillTable, find, isFiltered, moment, openFilters, pager, query, repeat, span } from './page.js';

const filters = find('#filters');
const wanted = query();
const here = (changes) => address('/restarts', { ...wanted, page: '', ...changes });

const states = {
  Restarted: ['restarted', 'good'], WouldRestart: ['would restart', 'good'], Failed: ['failed', 'bad'],
  Issued: ['issued', 'warn'], Intent: ['about to be issued', 'warn'], Interrupted: ['interrupted', 'warn'],
};

const tag = (state) => el('span', { class: `tag ${states[state][1]}` }, states[state][0]);
const number = (value, alarming) => el('td', { class: 'number' }, value ? (alarming ? el('strong', {}, count(value)) : count(value)) : el('span', { class: 'faint' }, '0'));

function drawTallies(panel, tallies, name, nothing) {
  fillTable(panel, tallies, (tally) => el('tr', {},
    el('th', { scope: 'row', class: 'break' }, el('a', { href: here({ [name]: tally.name }) }, tally.name)),
    number(tally.restarted + tally.wouldRestart), number(tally.failed, true), number(tally.underWay),
    el('td', {}, tag(tally.lastState), ' ', moment(tally.lastAt))), nothing);
}

function drawList(page) {
  fillTable(find('#list'), page.rows, (row) => el('tr', {},
    el('th', { scope: 'row', class: 'break' }, row.host),
    el('td', { class: 'mono break' }, row.requestId),
    el('td', {}, tag(row.state)),
    el('td', { class: 'number' }, count(row.attempts)),
    el('td', { class: 'number' }, row.tookSeconds === undefined ? '–' : span(row.tookSeconds * 1000)),
    el('td', {}, moment(row.at)),
    el('td', { class: 'wide' },
      row.error ? el('span', { class: 'clamp' }, row.error) : null,
      el('span', { class: 'muted' }, [row.requester, row.reason].filter(Boolean).join(': ')))), 'No request is like that.');
  pager(find('#list .pager'), page, (page) => address('/restarts', { ...wanted, page }));
}

async function refresh() {
  const answer = await ask(address('/api/restarts', wanted));
  find('#summary').textContent = answer.isKnown
    ? `${count(answer.page.total)} ${answer.page.total === 1 ? 'request' : 'requests'}${answer.page.error ? `; may be old: ${answer.page.error}` : ''}`
    : 'Not known from here: the ledger of this app is elsewhere.';
  find('#hosts [data-count]').textContent = answer.hostCount > answer.hosts.length ? `the first ${count(answer.hosts.length)} of ${count(answer.hostCount)}` : '';
  find('#clear').hidden = !isFiltered(wanted);
  drawTallies(find('#hosts'), answer.hosts, 'host', 'No host was restarted yet.');
  drawTallies(find('#groups'), answer.groups, 'group', 'No request named a group.');
  drawList(answer.page);
}

openFilters(filters, '/restarts', wanted);
repeat(refresh, 3000);
