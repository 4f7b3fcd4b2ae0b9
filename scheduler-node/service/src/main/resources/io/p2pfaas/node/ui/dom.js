// Small helpers for a page that is changed in place: what is equal is not touched, so focus, scroll and selections stay.

/** Makes an element; properties of `attributes` become attributes, children are nodes or texts. */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) attr(element, name, value);
  element.append(...children);
  return element;
}

const SVG = 'http://www.w3.org/2000/svg';

export function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) attr(element, name, value);
  element.append(...children);
  return element;
}

/** Sets an attribute if it differs; null, undefined and false remove it, true sets it empty. */
export function attr(element, name, value) {
  if (value === null || value === undefined || value === false) {
    if (element.hasAttribute(name)) element.removeAttribute(name);
    return;
  }
  const wanted = value === true ? '' : String(value);
  if (element.getAttribute(name) !== wanted) element.setAttribute(name, wanted);
}

/** Texts come from outside (names of functions, reasons, topics): they only ever go through textContent. */
export function text(element, value) {
  const wanted = value === null || value === undefined ? '' : String(value);
  const only = element.firstChild;
  if (only && only === element.lastChild && only.nodeType === Node.TEXT_NODE) {
    if (only.data !== wanted) only.data = wanted;
  } else if (only || wanted !== '') {
    element.textContent = wanted;
  }
}

/** A custom property of CSS; through the CSSOM, which the content security policy allows. */
export function cssVar(element, name, value) {
  const wanted = String(value);
  if (element.style.getPropertyValue(name) !== wanted) element.style.setProperty(name, wanted);
}

/**
 * Makes the children of `parent` those of `items`: known keys are updated where they are, new ones made, others
 * removed. Elements move only if the order changed.
 */
export function keyed(parent, items, keyOf, make, update) {
  const known = parent.keyedChildren ?? (parent.keyedChildren = new Map());
  const wanted = new Map();
  for (const item of items) {
    let key = String(keyOf(item));
    while (wanted.has(key)) key += '+';
    wanted.set(key, item);
  }
  for (const [key, element] of known) {
    if (!wanted.has(key)) {
      element.remove();
      known.delete(key);
    }
  }
  let place = parent.firstElementChild;
  for (const [key, item] of wanted) {
    let element = known.get(key);
    if (!element) {
      element = make(item);
      known.set(key, element);
    }
    update(element, item);
    if (element === place) {
      place = place.nextElementSibling;
    } else {
      parent.insertBefore(element, place);
    }
  }
}

/** Text for those who do not see the page. */
export function spoken(value = '') {
  return el('span', { class: 'spoken' }, value);
}

export const byId = (id) => document.getElementById(id);
