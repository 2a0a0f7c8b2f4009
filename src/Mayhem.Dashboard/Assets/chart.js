// Line charts, drawn as SVG. Their last values stand beside them as text, which is what a screen reader gets.
import { clockTime, el } from './page.js';

const namespace = 'http://www.w3.org/2000/svg';
const height = 150;
const margin = { left: 44, right: 4, top: 8, bottom: 18 };

function svg(tag, attributes, text) {
  const element = document.createElementNS(namespace, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  if (text !== undefined) element.textContent = text;
  return element;
}

/** The next round number above: 1, 2 or 5 times a power of ten. */
export function roundUp(value) {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].map((step) => step * power).find((step) => step >= value * 0.9999);
}

/** A chart of some series of samples, the newest on the right. */
export class Chart {
  #area;
  #series;
  #format;
  #tick;
  #least;
  #seconds;
  #samples = [];
  #picture = svg('svg', { 'aria-hidden': 'true' });
  #values;
  #pointer = null;

  /**
   * @param {HTMLElement} area where to draw
   * @param {{key: string, label: string}[]} series what to draw of each sample
   * @param {{format: (value: number) => string, tick?: (value: number) => string, least?: number, seconds?: number}} options how to write values, those on the scale, the least top of the scale, and how far back to look
   */
  constructor(area, series, { format, tick = format, least = 1, seconds = 300 }) {
    this.#area = area;
    this.#series = series;
    this.#format = format;
    this.#tick = tick;
    this.#least = least;
    this.#seconds = seconds;
    this.#values = series.map(() => el('dd', {}, '–'));
    area.append(this.#picture, el('dl', { class: 'legend' },
      series.map((one, index) => el('div', {}, el('dt', { class: `k${index + 1}` }, one.label), this.#values[index]))));
    new ResizeObserver(() => this.#draw()).observe(area);
    this.#picture.addEventListener('pointermove', (event) => { this.#pointer = event.offsetX; this.#draw(); });
    this.#picture.addEventListener('pointerleave', () => { this.#pointer = null; this.#draw(); });
  }

  /** Draws these samples. */
  update(samples) {
    this.#samples = samples;
    this.#draw();
  }

  #draw() {
    const samples = this.#samples;
    const width = this.#picture.clientWidth;
    if (!samples.length || width < 80) return;
    const end = samples.at(-1).at;
    const begin = Math.max(end - this.#seconds * 1000, Math.min(samples[0].at, end - 60000));
    const visible = samples.filter((sample) => sample.at >= begin);
    const top = roundUp(Math.max(this.#least, ...visible.flatMap((sample) => this.#series.map((one) => sample[one.key] ?? 0))));
    const x = (at) => margin.left + ((at - begin) / (end - begin)) * (width - margin.left - margin.right);
    const y = (value) => height - margin.bottom - (value / top) * (height - margin.top - margin.bottom);

    this.#picture.replaceChildren(
      ...this.#scale(top, width, y, begin, end, x),
      ...this.#series.flatMap((one, index) => this.#lines(visible, one.key, index + 1, x, y)),
      ...this.#cross(visible, x));
  }

  #scale(top, width, y, begin, end, x) {
    const rules = [0, top / 2, top].flatMap((value) => [
      svg('line', { class: 'rule', x1: margin.left, x2: width - margin.right, y1: y(value), y2: y(value) }),
      svg('text', { class: 'tick', x: margin.left - 6, y: y(value) + 4, 'text-anchor': 'end' }, this.#tick(value)),
    ]);
    const times = [begin, (begin + end) / 2, end].map((at, index) => svg('text', {
      class: 'tick', x: x(at), y: height - 3, 'text-anchor': ['start', 'middle', 'end'][index],
    }, clockTime(new Date(at)).slice(-8)));
    return [...rules, ...times];
  }

  #lines(samples, key, number, x, y) {
    const pieces = [];
    let piece = [];
    for (const sample of samples) {
      const value = sample[key];
      if (value === null || value === undefined) {
        if (piece.length) pieces.push(piece);
        piece = [];
      } else {
        piece.push([x(sample.at).toFixed(1), y(value).toFixed(1)]);
      }
    }
    if (piece.length) pieces.push(piece);
    return pieces.flatMap((points) => {
      const line = points.map((point) => point.join(',')).join(' L');
      return [
        ...(number === 1 ? [svg('path', { class: `under s${number}`, d: `M${points[0][0]},${y(0)} L${line} L${points.at(-1)[0]},${y(0)}Z` })] : []),
        svg('path', { class: `series s${number}`, d: `M${line}` }),
      ];
    });
  }

  #cross(samples, x) {
    const nearest = this.#pointer === null ? samples.at(-1)
      : samples.reduce((best, sample) => (Math.abs(x(sample.at) - this.#pointer) < Math.abs(x(best.at) - this.#pointer) ? sample : best));
    this.#series.forEach((one, index) => {
      const value = nearest[one.key];
      const text = value === null || value === undefined ? '–' : this.#format(value);
      if (this.#values[index].textContent !== text) this.#values[index].textContent = text;
    });
    if (this.#pointer === null) return [];
    const at = x(nearest.at);
    return [
      svg('line', { class: 'cross', x1: at, x2: at, y1: margin.top, y2: height - margin.bottom }),
      svg('text', { class: 'tick', x: Math.min(Math.max(at, margin.left + 26), this.#picture.clientWidth - 30), y: margin.top + 2, 'text-anchor': 'middle' }, clockTime(new Date(nearest.at)).slice(-8)),
    ];
  }
}
