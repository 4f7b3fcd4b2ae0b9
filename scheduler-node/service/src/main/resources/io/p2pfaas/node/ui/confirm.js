// Asks before something is done, in words that say what will happen.

import { byId, el, text } from './dom.js';

const silenced = new Set();

/**
 * @param kind if given, the reader may choose not to be asked again for this kind while the page is open
 * @returns whether to do it
 */
export function confirmed({ title, lines, yes, kind = null, danger = false }) {
  if (kind && silenced.has(kind)) return Promise.resolve(true);
  const dialog = byId('confirm');
  text(byId('confirm-title'), title);
  byId('confirm-words').replaceChildren(...lines.map((line) => el('p', {}, line)));
  text(byId('confirm-yes'), yes);
  byId('confirm-yes').classList.toggle('danger', danger);
  byId('confirm-again').hidden = kind === null;
  byId('confirm-no-more').checked = false;
  dialog.returnValue = 'no';
  dialog.showModal();
  byId(danger ? 'confirm-no' : 'confirm-yes').focus();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      const agreed = dialog.returnValue === 'yes';
      if (agreed && kind && byId('confirm-no-more').checked) silenced.add(kind);
      resolve(agreed);
    }, { once: true });
  });
}
