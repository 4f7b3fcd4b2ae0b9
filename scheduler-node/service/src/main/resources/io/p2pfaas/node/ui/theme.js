// Light, dark, or as the system has it.

import { byId, text } from './dom.js';

const KEY = 'p2pfaas-theme';
const NEXT = { auto: 'light', light: 'dark', dark: 'auto' };
const WORDS = { auto: '◑ auto', light: '○ light', dark: '● dark' };

export function makeTheme() {
  const button = byId('theme');
  let theme = stored();
  const apply = () => {
    if (theme === 'auto') {
      delete document.documentElement.dataset.theme;
    } else {
      document.documentElement.dataset.theme = theme;
    }
    text(button, WORDS[theme]);
    button.setAttribute('aria-label', `Colours: ${theme}. Switch to ${NEXT[theme]}.`);
  };
  button.addEventListener('click', () => {
    theme = NEXT[theme];
    apply();
    try {
      localStorage.setItem(KEY, theme);
    } catch {
      // A browser that stores nothing still shows what was chosen, until the page goes.
    }
  });
  apply();
  button.hidden = false;
}

function stored() {
  try {
    const theme = localStorage.getItem(KEY);
    return theme in NEXT ? theme : 'auto';
  } catch {
    return 'auto'; // storage is forbidden here
  }
}
