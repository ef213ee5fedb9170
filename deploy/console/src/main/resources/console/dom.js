// Views are functions that build a tree. morph() updates the page to that tree in place, so focus, selection and scrolling
// survive. A peer's text can't become markup: text becomes text nodes only, and links lead to this page or to http(s).

const SVG = 'http://www.w3.org/2000/svg';
const SVG_TAGS = new Set(['svg', 'path', 'line', 'rect', 'circle', 'g', 'title']);

/** An element. Props are attributes; `key` tells it from its siblings, `draw` paints a canvas. False and null are left out. */
export function h(tag, props, ...children) {
  const element = SVG_TAGS.has(tag) ? document.createElementNS(SVG, tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name === 'key') element.wdKey = String(value);
    else if (name === 'draw') element.wdDraw = value;
    else if (name === 'value') { element.setAttribute('value', value); element.value = value; }
    else if (name.startsWith('on') || name === 'style' || name === 'srcdoc') throw new TypeError(`${name} is not for views`);
    else if (name === 'href' && !/^(#|https?:\/\/)/.test(value)) continue;
    else element.setAttribute(name, value === true ? '' : value);
  }
  append(element, children);
  return element;
}

function append(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
}

/** Updates the children of a place to these. */
export function show(place, ...children) {
  const focused = document.activeElement;
  const wanted = document.createElement('div');
  append(wanted, children);
  morphChildren(place, wanted);
  if (focused && focused !== document.activeElement && focused.isConnected) focused.focus({ preventScroll: true });
  place.querySelectorAll('canvas').forEach((canvas) => canvas.wdDraw?.(canvas));
}

function alike(one, other) {
  return one.nodeType === other.nodeType && one.nodeName === other.nodeName && one.wdKey === other.wdKey;
}

function morph(from, to) {
  if (from.nodeType === Node.TEXT_NODE) {
    if (from.data !== to.data) from.data = to.data;
    return;
  }
  from.wdDraw = to.wdDraw;
  for (const { name } of [...from.attributes]) {
    if (!to.hasAttribute(name) && name !== 'open') from.removeAttribute(name);
  }
  for (const { name, value } of to.attributes) {
    if (from.getAttribute(name) !== value) from.setAttribute(name, value);
  }
  // Keep what the user is typing.
  if (from.nodeName !== 'TEXTAREA') morphChildren(from, to);
}

function morphChildren(from, to) {
  const keyed = new Map();
  for (const child of from.childNodes) if (child.wdKey !== undefined) keyed.set(child.wdKey, child);
  let at = from.firstChild;
  for (const next of [...to.childNodes]) {
    const found = next.wdKey !== undefined ? keyed.get(next.wdKey) : at?.wdKey === undefined ? at : null;
    if (found && alike(found, next)) {
      keyed.delete(next.wdKey);
      if (found === at) at = at.nextSibling;
      else from.insertBefore(found, at);
      morph(found, next);
    } else {
      from.insertBefore(next, at);
    }
  }
  while (at) {
    const after = at.nextSibling;
    at.remove();
    at = after;
  }
}
