// What became of a failure, in words and with a colour.
import { el } from './page.js';

const kinds = {
  Final: ['dead-lettered', 'bad'],
  Retry: ['tried again', 'warn'],
  Tolerated: ['tolerated', ''],
  ProcessFatal: ['the process ended', 'bad'],
  Unhandled: ['nobody caught it', 'bad'],
};

export function kindTag(kind) {
  const [text, colour] = kinds[kind] ?? [kind, ''];
  return el('span', { class: `tag ${colour}` }, text);
}
