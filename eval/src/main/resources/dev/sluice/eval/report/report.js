'use strict';
// What a page of sluice does beyond what it shows: sorts tables, filters sentences and turns pages. It is small, asks for nothing, and all is readable without it.

/** The number in a cell such as "1,234", "−0.50", "12.5 %" or "n/a", which is none. */
function numberIn(text) {
  const number = parseFloat(text.replace(/,/g, '').replace('−', '-'));
  return Number.isNaN(number) ? null : number;
}

/** Sorts the rows of a table's body by a column; cells without a number stay last. */
function sort(table, column, down, numeric) {
  const body = table.tBodies[0];
  const rows = Array.from(body.rows).map(row => {
    const text = row.cells[column].textContent;
    return {row, key: numeric ? numberIn(text) : text};
  });
  rows.sort((a, b) => {
    if (a.key === null || b.key === null) return (a.key === null) - (b.key === null);
    const order = numeric ? a.key - b.key : a.key.localeCompare(b.key, 'en', {numeric: true});
    return down ? -order : order;
  });
  body.append(...rows.map(each => each.row));
}

/** Turns the heads of a table into buttons that sort. */
function makeSortable(table) {
  Array.from(table.tHead.rows[0].cells).forEach((head, column) => {
    if (head.hasAttribute('data-plain')) return;
    const numeric = head.classList.contains('n');
    const button = document.createElement('button');
    button.type = 'button';
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener('click', () => {
      const before = head.getAttribute('aria-sort');
      const down = before === null ? numeric : before === 'ascending';
      for (const other of table.tHead.rows[0].cells) other.removeAttribute('aria-sort');
      head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
      sort(table, column, down, numeric);
    });
  });
}

/** Says above a matrix that is cut off how the rest comes into view. */
function hint(region, wide) {
  let text = region.previousElementSibling;
  if (text === null || !text.classList.contains('hint')) {
    if (!wide) return;
    text = document.createElement('p');
    text.className = 'hint note';
    text.textContent = 'Wider than the page: it scrolls sideways →';
    region.before(text);
  }
  text.hidden = !wide;
}

/** Regions that need no scrolling are no stop for the keyboard; those that do fade out where they go on. */
function watch(regions) {
  const look = region => {
    const wide = region.scrollWidth > region.clientWidth;
    if (wide) region.setAttribute('tabindex', '0');
    else region.removeAttribute('tabindex');
    region.classList.toggle('more', region.scrollWidth - region.clientWidth - region.scrollLeft > 1);
    if (region.querySelector('.heat') !== null) hint(region, wide);
  };
  const observer = new ResizeObserver(entries => entries.forEach(entry => look(entry.target)));
  regions.forEach(region => {
    observer.observe(region);
    region.addEventListener('scroll', () => look(region), {passive: true});
  });
}

/** Puts a button behind the place of a sentence that copies it; where that is not allowed, it selects it. */
function makeCopyable(place) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'copy';
  const say = word => {
    button.textContent = word;
    button.setAttribute('aria-label', word + ' ' + place.textContent);
  };
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(place.textContent);
      say('Copied');
    } catch (refused) {
      getSelection().selectAllChildren(place);
      say('Selected');
    }
    setTimeout(say, 2000, 'Copy');
  });
  say('Copy');
  place.after(' ', button);
}

/** The words of a sentence without its labels, which stand in other rows. */
function wordsOf(item) {
  const words = item.querySelector('.words').cloneNode(true);
  words.querySelectorAll('tr:not(:nth-child(2))').forEach(row => row.remove());
  words.querySelectorAll('td').forEach(cell => cell.append(' '));
  return words.textContent.replace(/\s+/g, ' ').toLowerCase();
}

/** Filters sentences and shows a page of those that are left. */
function browse(form, items, pages) {
  const size = 20;
  const value = name => { const field = form.querySelector('#f-' + name); return field ? field.value : ''; };
  const numbers = (item, key) => (item.dataset[key] || '').split(' ');
  const texts = new Map();
  let left = items;
  let page = 0;

  function matches(item) {
    const type = value('type');
    const code = value('code');
    const bucket = value('bucket');
    const right = value('right');
    const most = numberIn(value('confidence'));
    const text = value('text').replace(/\s+/g, ' ').trim().toLowerCase();
    if (type !== '' && !numbers(item, 't').includes(type)) return false;
    if (code !== '' && !numbers(item, 'k').some(k => code.split(' ').includes(k))) return false;
    if (bucket !== '' && !numbers(item, 'b').includes(bucket)) return false;
    if (right !== '' && item.dataset.r !== right) return false;
    if (most !== null && !(item.dataset.c !== undefined && most >= Number(item.dataset.c))) return false;
    if (text === '') return true;
    if (!texts.has(item)) texts.set(item, wordsOf(item));
    return texts.get(item).includes(text);
  }

  function show() {
    const from = page * size;
    const shown = new Set(left.slice(from, from + size));
    items.forEach(item => { item.hidden = !shown.has(item); });
    const last = Math.ceil(left.length / size) - 1;
    const [previous, next] = pages.querySelectorAll('button');
    previous.disabled = page === 0;
    next.disabled = page >= last;
    pages.hidden = !(last > 0);
    form.querySelector('.count').textContent = left.length === 0
      ? 'No sentence is like that.'
      : `Sentences ${from + 1} to ${from + shown.size} of ${left.length}`;
  }

  function filter() {
    left = items.filter(matches);
    page = 0;
    show();
  }

  function follow() {
    const target = document.getElementById(location.hash.slice(1));
    if (!items.includes(target)) return;
    if (!left.includes(target)) {
      form.reset();
      left = items;
    }
    page = Math.floor(left.indexOf(target) / size);
    show();
    target.scrollIntoView();
  }

  form.addEventListener('input', filter);
  form.addEventListener('submit', event => event.preventDefault());
  pages.addEventListener('click', event => {
    if (!event.target.dataset.turn) return;
    page += Number(event.target.dataset.turn);
    show();
    form.scrollIntoView();
    if (event.target.disabled) pages.querySelector('button:enabled').focus();
  });
  addEventListener('hashchange', follow);
  form.hidden = false;
  filter();
  follow();
}

document.querySelectorAll('table.sorts').forEach(makeSortable);
document.querySelectorAll('.place').forEach(makeCopyable);
watch(document.querySelectorAll('.scroll'));
const filters = document.querySelector('.filters');
if (filters) browse(filters, Array.from(document.querySelector('.sentences').children), document.querySelector('.pages'));
