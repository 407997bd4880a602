// What a browser can say of a page that it shows: run in the page around the frames, it writes a line for
// everything that is wrong in any of them, and at last how many frames and texts it has looked at.
'use strict';

const wrong = [];
let texts = 0;

function colour(text) {
  const parts = text.match(/[\d.]+/g).map(Number);
  return {rgb: parts.slice(0, 3), alpha: parts.length > 3 ? parts[3] : 1};
}

// WCAG 2.1, relative luminance and contrast ratio.
function luminance(rgb) {
  const [r, g, b] = rgb.map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(a, b) {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

function background(view, element) {
  const back = element.ownerSVGElement && element.ownerSVGElement.querySelector('.back');
  if (back) return colour(view.getComputedStyle(back).fill).rgb;
  for (let at = element; at; at = at.parentElement) {
    const found = colour(view.getComputedStyle(at).backgroundColor);
    if (found.alpha === 1) return found.rgb;
  }
  return [255, 255, 255];
}

function checkContrast(view, say) {
  const walker = view.document.createTreeWalker(view.document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || /^(title|desc|style|script)$/i.test(element.tagName)) continue;
    const style = view.getComputedStyle(element);
    const ink = colour(element.ownerSVGElement ? style.fill : style.color).rgb;
    const ratio = contrast(ink, background(view, element));
    ++texts;
    if (ratio < 4.5) say(`contrast ${ratio.toFixed(2)} of "${node.data.trim()}"`);
  }
  for (const line of view.document.querySelectorAll('.chart .line')) {
    const ratio = contrast(colour(view.getComputedStyle(line).stroke).rgb, background(view, line));
    if (ratio < 3) say(`contrast ${ratio.toFixed(2)} of a line ${line.getAttribute('class')}`);
  }
}

function overlap(a, b) {
  const slack = 0.5;
  return a.left < b.right - slack && b.left < a.right - slack && a.top < b.bottom - slack && b.top < a.bottom - slack;
}

function checkCharts(view, say) {
  for (const svg of view.document.querySelectorAll('svg')) {
    const scale = svg.getScreenCTM().a;
    const frame = svg.getBoundingClientRect();
    const boxes = [...svg.querySelectorAll('text')].map(text => {
      const size = parseFloat(view.getComputedStyle(text).fontSize) * scale;
      const box = text.getBoundingClientRect();
      if (size < 9 || size > 18) say(`"${text.textContent}" is ${size.toFixed(1)} px high`);
      if (box.left < frame.left - 0.5 || box.right > frame.right + 0.5 || box.top < frame.top - 0.5 ||
          box.bottom > frame.bottom + 0.5) say(`"${text.textContent}" is cut off`);
      return {box, words: text.textContent};
    });
    boxes.forEach((a, i) => boxes.slice(i + 1).forEach(b => {
      if (overlap(a.box, b.box)) say(`"${a.words}" and "${b.words}" overlap`);
    }));
  }
}

// What is wider than its box may scroll in there, but the page may not.
function checkWidth(view, width, say) {
  const root = view.document.documentElement;
  if (view.innerWidth !== width) say(`the frame is ${view.innerWidth} px wide`);
  if (root.scrollWidth > root.clientWidth) say(`the page scrolls: ${root.scrollWidth} of ${root.clientWidth} px`);
  for (const element of view.document.querySelectorAll('body *')) {
    if (element.parentElement.closest('.box') || element.ownerSVGElement) continue;
    const right = element.getBoundingClientRect().right;
    if (right > width + 0.5) say(`${element.tagName} ends at ${right.toFixed(0)} px`);
  }
}

window.addEventListener('load', () => {
  const frames = [...document.querySelectorAll('iframe')];
  for (const frame of frames) {
    const view = frame.contentWindow;
    const say = words => wrong.push(`${frame.name}: ${words}`);
    if (view.matchMedia('(prefers-color-scheme: dark)').matches !== (document.body.dataset.scheme === 'dark')) {
      say('another colour scheme');
    }
    checkWidth(view, parseInt(frame.style.width), say);
    checkCharts(view, say);
    checkContrast(view, say);
    for (const each of view.performance.getEntriesByType('resource')) say(`it loads ${each.name}`);
  }
  document.getElementById('found').textContent =
      `${wrong.join('\n')}\nlooked at ${frames.length} frames, ${texts > 100 ? 'many' : 'few'} texts\n`;
});
