// What stands on the page as one SVG: boxes, lines and words where the browser put them, with the
// colours it gave them. Slides and printers read it; no style sheet and no font comes along.

const SKIPPED = "select, input, textarea, form, details, script, .unseen, .lanes-view button";
const PAINT = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "stroke-linejoin",
  "stroke-opacity", "opacity", "paint-order", "font-family", "font-size", "font-weight", "letter-spacing", "text-anchor",
  "dominant-baseline", "visibility", "rx"];
const SIDES = { top: [0, 0, 1, 0], right: [1, 0, 1, 1], bottom: [0, 1, 1, 1], left: [0, 0, 0, 1] };

export const escaped = (text) => text.replace(/[&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign]);

const n = (value) => String(Math.round(value * 100) / 100);

const pen = () => document.createElement("canvas").getContext("2d", { willReadFrequently: true });

// Colours as every program reads them: browsers also compute oklab() and color-mix().
const makePlain = () => {
  const known = new Map();
  const context = pen();
  return (color) => {
    if (!known.has(color)) {
      context.clearRect(0, 0, 1, 1);
      context.fillStyle = color;
      context.fillRect(0, 0, 1, 1);
      const [red, green, blue, alpha] = context.getImageData(0, 0, 1, 1).data;
      known.set(color, alpha ? { fill: `rgb(${red},${green},${blue})`, alpha: alpha / 255 } : null);
    }
    return known.get(color);
  };
};

const seen = (element, style) => style.display !== "none" && style.visibility !== "hidden" && !element.matches(SKIPPED);

// A copy of a drawing that keeps its look without the page's style sheets.
const drawingOf = (drawing, at, plain) => {
  const copy = drawing.cloneNode(true);
  const copies = [copy, ...copy.querySelectorAll("*")];
  const gone = [];
  [drawing, ...drawing.querySelectorAll("*")].forEach((element, index) => {
    const style = getComputedStyle(element);
    const twin = copies[index];
    if (style.display === "none") { gone.push(twin); return; }
    for (const name of PAINT) {
      const value = style.getPropertyValue(name);
      const color = /^(fill|stroke)$/.test(name) && !/^(none|url)/.test(value) ? plain(value)?.fill ?? "none" : value;
      if (color && color !== "auto" && color !== "normal") twin.setAttribute(name, color);
    }
    for (const { name } of [...twin.attributes]) if (/^(class|style|role|tabindex|aria-|data-)/.test(name)) twin.removeAttribute(name);
  });
  gone.forEach((twin) => twin.remove());
  const box = drawing.getBoundingClientRect();
  for (const [name, value] of Object.entries({ x: box.x - at.x, y: box.y - at.y, width: box.width, height: box.height })) copy.setAttribute(name, n(value));
  return new XMLSerializer().serializeToString(copy);
};

const boxesOf = (element, style, at, plain) => [...(style.display === "inline" ? element.getClientRects() : [element.getBoundingClientRect()])].flatMap((box) => {
  const [x, y] = [box.x - at.x, box.y - at.y];
  const ground = plain(style.backgroundColor);
  const sides = Object.keys(SIDES).filter((side) => style.getPropertyValue(`border-${side}-style`) !== "none" && parseFloat(style.getPropertyValue(`border-${side}-width`)) > 0);
  const whole = sides.length === 4;
  const line = (side) => plain(style.getPropertyValue(`border-${side}-color`));
  const dashes = (side) => ({ dotted: ' stroke-dasharray="1 2"', dashed: ' stroke-dasharray="5 3"' })[style.getPropertyValue(`border-${side}-style`)] ?? "";
  const wide = (side) => parseFloat(style.getPropertyValue(`border-${side}-width`));
  const round = `rx="${n(parseFloat(style.borderTopLeftRadius) || 0)}"`;
  const size = `x="${n(x)}" y="${n(y)}" width="${n(box.width)}" height="${n(box.height)}" ${round}`;
  const fill = ground ? `fill="${ground.fill}" fill-opacity="${n(ground.alpha)}"` : 'fill="none"';
  if (whole && line("top")) return [`<rect ${size} ${fill} stroke="${line("top").fill}" stroke-width="${wide("top")}"${dashes("top")}/>`];
  // Cells side by side must not leave a hair's breadth between them.
  return [...(ground ? [`<rect ${size} ${fill} shape-rendering="crispEdges"/>`] : []), ...sides.filter(line).map((side) => {
    const [x1, y1, x2, y2] = SIDES[side];
    return `<path d="M${n(x + x1 * box.width)} ${n(y + y1 * box.height)}L${n(x + x2 * box.width)} ${n(y + y2 * box.height)}" stroke="${line(side).fill}" stroke-width="${wide(side)}"${dashes(side)}/>`;
  })];
});

// The words of a text as the lines into which the browser broke them: [{text, box}].
const linesOf = (node) => {
  const range = document.createRange();
  const boxes = (from, to) => { range.setStart(node, from); range.setEnd(node, to); return [...range.getClientRects()].filter((box) => box.width); };
  const pieces = [...node.data.matchAll(/\S+/g)].flatMap(({ 0: word, index }) => {
    const found = boxes(index, index + word.length);
    if (found.length < 2) return found.map((box) => ({ text: word, box }));
    // A long word that is broken: letter by letter.
    return [...word].flatMap((text, place) => boxes(index + place, index + place + 1).map((box) => ({ text, box, joined: place > 0 })));
  });
  return pieces.reduce((lines, { text, box, joined }) => {
    const line = lines.at(-1);
    if (line && Math.abs(line.box.y - box.y) < 2) line.text += (joined ? "" : " ") + text;
    else lines.push({ text, box });
    return lines;
  }, []);
};

const textOf = (node, style, at, plain, context) => {
  const color = plain(style.color);
  if (!color) return [];
  context.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  const font = `font-family="${escaped(style.fontFamily)}" font-size="${style.fontSize}" font-weight="${style.fontWeight}" fill="${color.fill}"`;
  const capital = getComputedStyle(node.parentElement, "::first-letter").textTransform === "uppercase";
  return linesOf(node).map(({ text, box }, index) => {
    const words = capital && !index ? text[0].toUpperCase() + text.slice(1) : text;
    const { fontBoundingBoxAscent: up, fontBoundingBoxDescent: down } = context.measureText(words);
    const base = box.y - at.y + (box.height - up - down) / 2 + up;
    return `<text x="${n(box.x - at.x)}" y="${n(base)}" ${font}>${escaped(words)}</text>`;
  });
};

// What shines through from behind: the first ground that is none of glass.
const groundOf = (element, plain) => (element ? plain(getComputedStyle(element).backgroundColor) ?? groundOf(element.parentElement, plain) : plain("#fff"));

// `element` as the text of an SVG file, and its size in pixels. `heading` stands above it, `note` below.
export const pictureOf = (element, { heading = "", note = "", height = 0 } = {}) => {
  const plain = makePlain();
  const context = pen();
  const frame = element.getBoundingClientRect();
  const margin = { top: heading ? 44 : 12, side: 12, bottom: note ? 30 : 12 };
  const at = { x: frame.x - margin.side, y: frame.y - margin.top };
  const walk = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return node.data.trim() ? textOf(node, getComputedStyle(node.parentElement), at, plain, context) : [];
    if (node.nodeType !== Node.ELEMENT_NODE) return [];
    const style = getComputedStyle(node);
    if (!seen(node, style)) return [];
    if (node instanceof SVGElement) return [drawingOf(node, at, plain)];
    return [...boxesOf(node, style, at, plain), ...[...node.childNodes].flatMap(walk)];
  };
  const style = getComputedStyle(element);
  const paper = groundOf(element, plain);
  const size = { width: Math.ceil(frame.width + 2 * margin.side), height: Math.ceil(Math.max(frame.height, height) + margin.top + margin.bottom) };
  const words = (text, y, weight, px) => (text ? [`<text x="${margin.side}" y="${y}" font-family="${escaped(style.fontFamily)}" font-size="${px}" font-weight="${weight}" fill="${plain(style.color).fill}">${escaped(text)}</text>`] : []);
  const parts = [
    `<rect width="${size.width}" height="${size.height}" fill="${paper.fill}"/>`,
    ...words(heading, 28, 600, 17), ...walk(element), ...words(note, size.height - 12, 400, 11.5)];
  return { ...size, text: `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${size.height}" viewBox="0 0 ${size.width} ${size.height}">${parts.join("\n")}</svg>` };
};
