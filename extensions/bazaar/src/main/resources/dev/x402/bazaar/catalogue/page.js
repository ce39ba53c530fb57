'use strict';
// Whatever comes from the catalogue is a stranger's: it becomes text and nothing else.
const MOST_TEXT = 300, MOST_LINE = 120, MOST_OFFERS = 4, MOST_TAGS = 8;
const at = id => document.getElementById(id);
let assets = [], shown = 0, turn = 0;

function clip(text, most) {
  const plain = String(text ?? '').replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\s]+/gu, ' ').trim();
  const points = Array.from(plain.slice(0, most * 2 + 2));
  return points.length > most || plain.length > most * 2 + 2 ? points.slice(0, most).join('') + '…' : plain;
}

function element(kind, name, text) {
  const made = document.createElement(kind);
  made.className = name;
  made.dir = 'auto';
  made.textContent = text;
  return made;
}

function units(amount, decimals) {
  const digits = String(amount).padStart(decimals + 1, '0');
  const fraction = decimals === 0 ? '' : digits.slice(-decimals).replace(/0+$/, '');
  return digits.slice(0, digits.length - decimals) + (fraction === '' ? '' : '.' + fraction);
}

function atomic(text, decimals) {
  const parts = /^([0-9]{1,40})(?:[.]([0-9]{1,36}))?$/.exec(text.trim());
  const fraction = parts === null ? '' : (parts[2] ?? '').replace(/0+$/, '');
  if (parts === null || fraction.length > decimals) {
    throw new RangeError('At most: expected an amount with up to ' + decimals + ' decimals, such as 0.01.');
  }
  return (parts[1] + fraction.padEnd(decimals, '0')).replace(/^0+(?=[0-9])/, '');
}

function price(offer) {
  const known = assets.find(each => each.network === offer.network
    && each.asset.toLowerCase() === String(offer.asset).toLowerCase());
  return known === undefined
    ? clip(offer.amount, 80) + ' of ' + clip(offer.asset, 50) + ' on ' + clip(offer.network, 41)
    : units(offer.amount, known.decimals) + ' ' + known.symbol + ' on ' + (known.networkName ?? known.network);
}

function item(resource) {
  const metadata = resource.metadata ?? {};
  const made = document.createElement('li');
  made.append(
    element('div', 'name', clip(resource.serviceName, MOST_LINE) || 'Without a name'),
    element('div', 'address', clip(metadata.tool ?? metadata.method, 40) + ' ' + clip(resource.resource, 200)),
    element('p', 'text', clip(resource.description, MOST_TEXT)));
  const facts = document.createElement('ul');
  facts.className = 'facts';
  for (const offer of (resource.accepts ?? []).slice(0, MOST_OFFERS)) {
    facts.append(element('li', 'offer', price(offer)));
  }
  for (const tag of (resource.tags ?? []).slice(0, MOST_TAGS)) {
    facts.append(element('li', 'tag', clip(tag, 40)));
  }
  const failing = metadata.health === 'failing';
  facts.append(element('li', failing ? 'failing' : 'seen',
    (failing ? 'not answering; last seen ' : 'seen ') + clip(resource.lastUpdated, 30).slice(0, 16).replace('T', ' ')));
  made.append(facts);
  return made;
}

function asked() {
  const parameters = new URLSearchParams({ limit: '20' });
  for (const name of ['query', 'type', 'method', 'tags']) {
    if (at(name).value.trim() !== '') {
      parameters.set(name, at(name).value.trim());
    }
  }
  const asset = assets[Number(at('asset').value)];
  if (at('asset').value !== '' && asset !== undefined) {
    parameters.set('network', asset.network);
    parameters.set('asset', asset.asset);
    parameters.set('sort', at('sort').value);
    if (at('most').value.trim() !== '') {
      parameters.set('maxAmount', atomic(at('most').value, asset.decimals));
    }
  }
  return parameters;
}

async function show(cursor) {
  const mine = ++turn;
  try {
    const parameters = asked();
    if (cursor !== undefined) {
      parameters.set('cursor', cursor);
    }
    const answer = await fetch('discovery/search?' + parameters, { credentials: 'omit', cache: 'no-cache' });
    const found = await answer.json();
    if (mine !== turn) {
      return;
    }
    if (!answer.ok) {
      throw new RangeError(clip(found.message, 200));
    }
    const begin = cursor === undefined ? 0 : shown;
    shown = begin + found.resources.length;
    at('results').replaceChildren(...found.resources.map(item));
    at('status').textContent = shown === 0
      ? 'Nothing is listed that fits. Take a word or a filter away.'
      : (begin + 1) + ' to ' + shown + ' of ' + found.pagination.total;
    const next = found.pagination.cursor;
    at('next').hidden = next === null;
    at('next').onclick = () => show(next);
    at('first').hidden = begin === 0;
  } catch (failure) {
    if (mine !== turn) {
      return;
    }
    at('results').replaceChildren();
    at('next').hidden = true;
    at('first').hidden = true;
    at('status').textContent = failure instanceof RangeError ? failure.message : 'The catalogue does not answer.';
  }
  document.body.dataset.turn = String(mine);
}

function priced() {
  const none = at('asset').value === '';
  at('most').disabled = none;
  at('sort').options[1].disabled = none;
  if (none) {
    at('sort').value = 'listed';
  }
}

async function begin() {
  at('search').addEventListener('submit', event => {
    event.preventDefault();
    show();
  });
  at('first').addEventListener('click', () => show());
  at('asset').addEventListener('change', priced);
  try {
    assets = (await (await fetch('discovery/assets', { credentials: 'omit' })).json()).assets;
  } catch (failure) {
    assets = [];
  }
  assets.forEach((asset, place) => {
    const option = document.createElement('option');
    option.value = String(place);
    option.textContent = asset.symbol + ' on ' + (asset.networkName ?? asset.network);
    at('asset').append(option);
  });
  await show();
}

begin();
