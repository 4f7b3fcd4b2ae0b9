// Numbers and times as they are read here: few digits, a unit, and a dash for what is not known.

export const NONE = '–';

const GROUPED = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** Three significant digits at most, and columns that line up: 0.04, 1.0, 12.5, 125, 12,500. */
export function number(value) {
  if (value === null || value === undefined || !Number.isFinite(value)) return NONE;
  const size = Math.abs(value);
  if (size >= 1000) return GROUPED.format(value);
  if (size >= 100) return value.toFixed(0);
  if (size >= 1) return value.toFixed(1);
  if (size === 0) return '0';
  return size < 0.005 ? '0.00' : value.toFixed(2);
}

export function count(value) {
  if (value === null || value === undefined || !Number.isFinite(value)) return NONE;
  return value < 1000 ? String(Math.round(value)) : GROUPED.format(value);
}

/** A count where nothing is the usual case, and should not catch the eye. */
export const countOrDot = (value) => (value === 0 ? '·' : count(value));

/** Milliseconds with their unit, seconds from one second on. */
export function millis(value) {
  if (value === null || value === undefined || !Number.isFinite(value)) return NONE;
  if (value >= 10000) return `${(value / 1000).toFixed(0)} s`;
  if (value >= 1000) return `${(value / 1000).toFixed(1)} s`;
  return `${number(value)} ms`;
}

/** How old something is: tenths below ten seconds, then seconds, minutes, hours. */
export function age(value) {
  if (value === null || value === undefined || !Number.isFinite(value)) return NONE;
  const seconds = Math.max(0, value) / 1000;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  return span(seconds);
}

/** The same in whole seconds, for sentences. */
export const wholeAge = (value) => span(Math.max(0, Math.round(value / 1000)));

export function span(seconds) {
  if (seconds === null || seconds === undefined || !Number.isFinite(seconds)) return NONE;
  if (seconds < 100) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 100) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} d`;
}

/** A share as percentage; what is not quite all never reads 100 %. */
export function percent(share) {
  if (share === null || share === undefined || !Number.isFinite(share)) return NONE;
  const value = share * 100;
  if (value === 100 || value === 0) return `${value} %`;
  if (value > 99.9) return value > 99.99 ? '> 99.99 %' : `${Math.floor(value * 100) / 100} %`;
  return `${value.toFixed(1)} %`;
}

/** The time of day, in the reader's time zone. */
export function clock(epochMillis) {
  const at = new Date(epochMillis);
  const two = (part) => String(part).padStart(2, '0');
  return `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
}

/** "n1", "n1 and n2", "n1, n2 and 3 more". */
export function list(names, most = 4) {
  if (names.length <= 1) return names.join('');
  if (names.length <= most) return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
  return `${names.slice(0, most - 1).join(', ')} and ${names.length - most + 1} more`;
}

export const plural = (amount, one, many = `${one}s`) => `${count(amount)} ${amount === 1 ? one : many}`;

export function bytes(size) {
  if (size < 1024) return plural(size, 'byte');
  return size < 1024 * 1024 ? `${number(size / 1024)} KiB` : `${number(size / 1024 / 1024)} MiB`;
}
