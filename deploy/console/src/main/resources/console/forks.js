// The chain of each network: forks as small trees, how blocks signal, and witnesses.

import { h } from './dom.js';
import { count, lasting, plural, shortHash } from './format.js';
import { nodeLink, stateOf } from './fleet.js';

const CELL = 18;
const HEAD = 8;
const TAIL = 3;
const MOST_NAMES = 6;

/** Nothing without a fork, a deployment, an unknown bit or a witness. */
export function forksPanel(state) {
  const { nodes, networks } = state.fleet;
  const witnesses = nodes.filter((node) => node.witness);
  if (!networks.length && !witnesses.length) return false;
  const names = [...new Set([...networks.map((chain) => chain.network), ...witnesses.map((node) => node.network)])].sort();
  return h('section', { class: 'panel', 'aria-labelledby': 'forks' },
    h('header', {}, h('h2', { id: 'forks' }, 'Chain')),
    h('ul', { class: 'list flush' }, names.map((name) => h('li', { key: name },
      network(name, networks.find((chain) => chain.network === name), nodes, witnesses.filter((node) => node.network === name))))));
}

function network(name, chain, nodes, witnesses) {
  return h('div', { class: 'chain' }, h('strong', {}, name),
    chain && chain.forks.map((fork) => forkTree(fork, nodes)),
    chain && (chain.deployments.length > 0 || chain.unknownBits.length > 0) && h('div', { class: 'part' }, h('h3', {}, 'Signalling'),
      h('ul', { class: 'signals' }, chain.deployments.map(deployment), chain.unknownBits.map(unknownBit))),
    witnesses.length > 0 && h('div', { class: 'part' }, h('h3', {}, 'Witnesses'), h('ul', { class: 'signals' }, witnesses.map(witness))));
}

function forkTree(fork, nodes) {
  const longest = Math.max(...fork.sides.map((side) => side.blocks));
  const most = Math.max(...fork.sides.map((side) => side.work));
  return h('div', { class: 'part', key: fork.hash },
    h('h3', {}, `Fork after block ${count(fork.height)} `, h('span', { class: 'mono', title: fork.hash }, shortHash(fork.hash)),
      `, ${lasting(fork.agoMs)} ago`),
    h('ul', { class: 'tree' }, fork.sides.map((side) => h('li', { class: 'fork-side', key: side.firstHash }, blocks(side, fork.height, longest),
      h('div', {}, sideText(side, fork.height, most), onIt(side.nodes, nodes))))),
    fork.at.length > 0 && h('p', { class: 'row-of' }, 'On the last common block: ', links(fork.at, nodes)));
}

function sideText(side, height, most) {
  const share = most > 0 && side.work < most ? ` (${Math.round((100 * side.work) / most)} % of the most work)` : '';
  return h('p', { class: 'row-of' }, side.label && h('span', { class: 'pill info' }, side.label),
    h('strong', {}, plural(side.blocks, 'block', 'blocks'), share && h('span', { class: 'faint' }, share)),
    h('span', {}, `to ${count(height + side.blocks)} `, h('span', { class: 'mono', title: side.tipHash }, shortHash(side.tipHash))),
    h('span', { class: 'faint' }, `last block ${lasting(side.extendedMs)} ago`),
    Object.entries(side.bits).filter(([, signalling]) => signalling > 0).map(([bit, signalling]) =>
      h('span', { class: 'faint' }, `bit ${bit}: ${plural(signalling, 'block', 'blocks')}`)),
    side.announcedBy.length > 0 && h('span', { class: 'faint' }, `announced by ${side.announcedBy.join(', ')}`));
}

function onIt(names, nodes) {
  return h('p', { class: 'row-of' }, names.length ? links(names, nodes) : h('span', { class: 'faint' }, 'no watched node'));
}

function links(names, nodes) {
  return [names.slice(0, MOST_NAMES).map((name) => {
    const node = nodes.find((each) => each.name === name);
    return h('a', { class: 'state', href: nodeLink(name) }, node && h('i', { class: `dot ${node.state}` }), name, node?.witness && h('span', { class: 'faint' }, 'witness'));
  }), names.length > MOST_NAMES && h('span', { class: 'faint', title: names.join(', ') }, `and ${count(names.length - MOST_NAMES)} more`)];
}

/** A square for each block, in the column of its height. The middle of a long branch is a dashed line. */
function blocks(side, height, longest) {
  const short = longest <= HEAD + 1 + TAIL;
  const columns = short ? longest : HEAD + 1 + TAIL;
  const column = (block) => (short || block <= HEAD ? block : block > longest - TAIL ? columns - (longest - block) : HEAD + 1);
  const shown = Array.from({ length: Math.min(side.blocks, HEAD) }, (_, i) => i + 1);
  for (let block = Math.max(HEAD, short ? 0 : longest - TAIL) + 1; block <= side.blocks; block++) shown.push(block);
  const end = column(side.blocks) * CELL;
  return h('svg', { class: 'branch', width: (columns + 1) * CELL, height: CELL, role: 'img', 'aria-label': `${side.blocks} blocks after the fork` },
    h('line', { class: 'link-line', x1: 0, x2: end, y1: CELL / 2, y2: CELL / 2, 'stroke-dasharray': !short && side.blocks > HEAD && '4 3' }),
    shown.map((block) => h('rect', { class: 'block', x: column(block) * CELL - 6, y: 3, width: 12, height: 12, rx: 2 },
      h('title', {}, titleOf(block, side, height)))));
}

function titleOf(block, side, height) {
  const hash = block === side.blocks ? side.tipHash : block === 1 ? side.firstHash : '';
  return `${count(height + block)}${hash ? ` ${hash}` : ''}`;
}

function deployment(of) {
  const share = (blocksOf) => `${((100 * blocksOf) / (of.periodBlocks || 1)).toFixed(1)} %`;
  const reachable = of.possible >= of.threshold;
  const left = of.mandatoryHeight - of.tipHeight;
  return h('li', { class: 'row-of', key: `${of.name} ${of.node}` }, h('strong', {}, of.name), h('span', { class: 'faint' }, `bit ${of.bit}`),
    of.sides.length > 0 && h('span', { class: 'pill info' }, `on ${of.sides.join(', ')}`),
    h('span', {}, `${count(of.signalling)} of ${count(of.known)} blocks (${of.known ? ((100 * of.signalling) / of.known).toFixed(1) : '0'} %)`),
    h('span', { class: reachable ? '' : 'faint' }, `${count(of.possible)} possible (${share(of.possible)})`),
    h('span', {}, `${count(of.threshold)} needed (${share(of.threshold)})${reachable ? '' : ', not in this period'}`),
    of.mandatoryHeight > 0 && h('span', { class: left > 0 && left <= 2016 ? 'worry' : 'faint' },
      left > 0 ? `mandatory from ${count(of.mandatoryHeight)}, in ${plural(left, 'block', 'blocks')}` : `mandatory since ${count(of.mandatoryHeight)}`),
    of.mandatoryIgnored && h('span', { class: 'worry' }, 'this chain does not enforce it'),
    h('span', { class: 'faint' }, `period from ${count(of.periodStart)}, as ${of.node} shows it`));
}

function unknownBit(of) {
  return h('li', { class: 'row-of', key: of.bit }, h('strong', {}, `bit ${of.bit}`), h('span', { class: 'worry' }, 'unknown'),
    h('span', {}, `${count(of.signalling)} of the last ${count(of.known)} blocks`), h('span', { class: 'faint' }, `as ${of.node} shows it`));
}

function witness(node) {
  return h('li', { class: 'row-of', key: node.name }, h('a', { class: 'name', href: nodeLink(node.name) }, node.name), stateOf(node),
    node.tip ? [h('span', {}, `block ${count(node.tip.height)}`), h('span', { class: 'mono faint', title: node.tip.hash }, shortHash(node.tip.hash)),
      node.behind > 0 && h('span', { class: node.behind > 1 ? 'bad' : 'worry' }, `${count(node.behind)} behind`),
      h('span', { class: 'faint' }, `${lasting(node.clockMs - node.tip.connectedMs)} ago`)] : h('span', { class: 'faint' }, 'no block yet'));
}
