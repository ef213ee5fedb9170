// Figures and times for people. Times are UTC: people on call may be in any time zone.

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

export function count(value) {
  return whole.format(value);
}

export function figure(value) {
  if (typeof value !== 'number' || !Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  if (size >= 1e6) return `${(value / 1e6).toFixed(1)} M`;
  if (size >= 100 || Number.isInteger(value)) return whole.format(value);
  return value.toFixed(size >= 10 ? 1 : 2).replace(/\.?0+$/, '');
}

export function rate(value) {
  if (!value) return '0';
  if (value < 0.1) return '<0.1';
  return value < 100 ? value.toFixed(1) : whole.format(value);
}

export function bytes(value) {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) { value /= 1000; unit++; }
  return `${unit === 0 || value >= 100 ? whole.format(value) : value.toFixed(1)} ${units[unit]}`;
}

export function measured(value, unit) {
  if (typeof value !== 'number') return '–';
  if (unit === 'seconds') return lasting(value * 1000);
  if (unit === 'ratio') return value !== 0 && Math.abs(value) < 0.01 ? value.toPrecision(1) : value.toFixed(2);
  return `${figure(value)} ${unit}`;
}

/** A value before another one of the same unit, which shows the unit. */
export function bare(value, unit) {
  return unit === 'seconds' || unit === 'ratio' ? measured(value, unit) : figure(value);
}

export function lasting(ms) {
  if (!Number.isFinite(ms)) return '–';
  const s = Math.max(0, Math.round(ms / 1000));
  if (s < 60) return `${s} s`;
  const m = Math.floor(s / 60);
  if (m < 60) return `${m} m ${String(s % 60).padStart(2, '0')} s`;
  const hours = Math.floor(m / 60);
  if (hours < 48) return `${hours} h ${String(m % 60).padStart(2, '0')} m`;
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

export function clock(ms) {
  return new Date(ms).toISOString().slice(11, 19);
}

export function clockMicros(micros) {
  const at = new Date(Math.floor(micros / 1000));
  return `${at.toISOString().slice(11, 23)}${String(micros % 1000).padStart(3, '0')}`;
}

export function moment(ms) {
  const at = new Date(ms).toISOString();
  return `${at.slice(0, 10)} ${at.slice(11, 19)}`;
}

export function shortHash(hash) {
  return hash.length > 16 ? `…${hash.slice(-12)}` : hash;
}

export function plural(n, one, many) {
  return `${count(n)} ${n === 1 ? one : many}`;
}
