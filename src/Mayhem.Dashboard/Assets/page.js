// What every page needs: making elements, asking the server, writing numbers and times.

/** Makes an element. Text is always text; nothing that a message holds becomes markup. */
export function el(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ''));
  return element;
}

export const find = (selector) => document.querySelector(selector);

/** Asks the server; throws an error with a sentence for the reader. */
export async function ask(path, options = {}) {
  let answer;
  try {
    answer = await fetch(path, { ...options, headers: { Accept: 'application/json', ...options.headers } });
  } catch {
    throw new Error('The dashboard does not answer. The run may have ended.');
  }
  const content = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(content.error ?? `The dashboard answers ${answer.status}.`);
  return content;
}

/** Asks the server to change something, with the token that this page was given. */
export const act = (path, content) => ask(path, {
  method: 'POST',
  headers: { 'Content-Type': 'application/json', 'X-Mayhem-Token': find('meta[name="mayhem-token"]').content },
  body: JSON.stringify(content ?? {}),
});

/** Puts new content in place of the old if it differs, and keeps the focus where it was. */
const shown = new WeakMap();
export function show(container, key, make) {
  const signature = JSON.stringify(key);
  if (shown.get(container) === signature) return;
  shown.set(container, signature);
  const focused = container.contains(document.activeElement) ? document.activeElement.getAttribute('href') : null;
  container.replaceChildren(...[make()].flat());
  if (focused) container.querySelector(`[href="${CSS.escape(focused)}"]`)?.focus();
}

/** Fills the body of a table; where there are no rows, a sentence stands in its place. */
export function fillTable(panel, rows, makeRow, nothing) {
  const table = panel.querySelector('table');
  let empty = panel.querySelector('.empty');
  if (!empty) {
    empty = el('p', { class: 'empty' });
    (table.closest('.scroll') ?? table).after(empty);
  }
  empty.textContent = rows.length ? '' : nothing;
  empty.hidden = rows.length > 0;
  (table.closest('.scroll') ?? table).hidden = rows.length === 0;
  show(table.tBodies[0], rows, () => rows.map(makeRow));
}

/** Repeats something while the page is visible, and at once when it becomes visible again. Resolves after the first time. */
export function repeat(work, milliseconds) {
  let timer;
  const run = async () => {
    clearTimeout(timer);
    if (document.visibilityState === 'visible') await work().then(clearProblem, showProblem);
    timer = setTimeout(run, milliseconds);
  };
  document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'visible') run(); });
  return run();
}

/** Tells what does not work, once, at the top of the page and to screen readers. */
export function showProblem(problem) {
  let notice = find('#problem');
  if (!notice) {
    notice = el('p', { id: 'problem', class: 'notice bad', role: 'alert' });
    find('main').prepend(notice);
  }
  if (notice.textContent !== problem.message) notice.textContent = problem.message;
}

export const clearProblem = () => find('#problem')?.remove();

const whole = new Intl.NumberFormat('en');
export const count = (number) => (number === null || number === undefined ? '–' : whole.format(number));

export function rate(number) {
  if (number === null || number === undefined) return '–';
  return number >= 100 ? whole.format(Math.round(number)) : number >= 10 ? number.toFixed(1) : number.toFixed(number > 0 && number < 0.1 ? 2 : 1);
}

/** A time span in milliseconds, short. */
export function span(milliseconds) {
  if (milliseconds === null || milliseconds === undefined) return '–';
  if (milliseconds === 0) return '0';
  const seconds = milliseconds / 1000;
  if (seconds < 0.001) return `${milliseconds.toFixed(1)} ms`;
  if (seconds < 1) return `${milliseconds < 10 ? milliseconds.toFixed(1) : Math.round(milliseconds)} ms`;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 120) return `${Math.round(seconds)} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  if (seconds < 172800) return `${Math.round(seconds / 3600)} h`;
  return `${Math.round(seconds / 86400)} d`;
}

const pad = (number, length = 2) => String(number).padStart(length, '0');

/** A time of day, and the date unless it is today. */
export function clockTime(date) {
  const time = `${pad(date.getHours())}:${pad(date.getMinutes())}:${pad(date.getSeconds())}`;
  return date.toDateString() === new Date().toDateString() ? time : `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())} ${time}`;
}

/** A moment as an element; the exact time is its title. */
export function moment(text) {
  if (!text) return el('span', { class: 'faint' }, '–');
  const date = new Date(text);
  return el('time', { datetime: text, title: date.toISOString(), class: 'nowrap' }, clockTime(date));
}

/** The name of a type without its namespace; the whole is its title. */
export function typeName(type) {
  if (!type) return '';
  return el('span', { title: type }, type.slice(type.lastIndexOf('.') + 1));
}

/** The query of a page as an object, and an address with another one. */
export const query = () => Object.fromEntries(new URLSearchParams(location.search));
export function address(path, parameters) {
  const kept = Object.entries(parameters).filter(([, value]) => value !== null && value !== undefined && value !== '');
  return kept.length ? `${path}?${new URLSearchParams(kept)}` : path;
}

/** Shows in a form what a list is filtered by, and goes to the list with other filters when the form says so. */
export function openFilters(form, path, wanted) {
  for (const [name, value] of Object.entries(wanted)) if (form.elements[name]) form.elements[name].value = value;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    location.assign(address(path, Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, value.trim()]))));
  });
}
export const isFiltered = (wanted) => Object.entries(wanted).some(([name, value]) => name !== 'page' && value);

/** Turns the pages of a list: where one is, and links to the one before and after. */
export function pager(container, page, link) {
  const last = Math.max(1, Math.ceil(page.total / page.size));
  const from = page.total === 0 ? 0 : (page.number - 1) * page.size + 1;
  const to = Math.min(page.total, page.number * page.size);
  show(container, [page.number, page.size, page.total, location.search], () => [
    el('span', {}, `${count(from)} to ${count(to)} of ${count(page.total)}`),
    el('span', { class: 'turn' },
      page.number > 1 ? el('a', { class: 'button', href: link(page.number - 1), rel: 'prev' }, 'Newer') : null,
      page.number < last ? el('a', { class: 'button', href: link(page.number + 1), rel: 'next' }, 'Older') : null),
  ]);
}

/** Makes wide tables reachable for the keyboard where they have to be scrolled. */
for (const area of document.querySelectorAll('.scroll')) {
  new ResizeObserver(() => {
    if (area.scrollWidth > area.clientWidth) area.setAttribute('tabindex', '0');
    else area.removeAttribute('tabindex');
  }).observe(area);
}
