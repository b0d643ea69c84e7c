// The buttons that save a figure: as it stands now (SVG, PNG), or its whole run (GIF).

import { filmed, framesOf } from "./filming.js";
import { h } from "./kit.js";
import { pictureOf } from "./picture.js";

const SHARP = 2; // pixels of a PNG for each of the page's

const handOver = (blob, name) => {
  const link = h("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
};

const painted = async ({ text, width, height }, scale) => {
  const image = new Image(width, height);
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = h("canvas", { width: width * scale, height: height * scale });
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.scale(scale, scale);
  context.drawImage(image, 0, 0);
  return { canvas, context };
};

export const makeSaving = (name, pictured, film) => {
  const title = pictured().closest("[ready], vpn-figure, .instrument")?.querySelector(".figure-title")?.textContent ?? "";
  const book = document.querySelector('meta[property="og:site_name"]')?.content ?? "Virtual Private Networks";
  const drawn = (more = {}) => pictureOf(pictured(), { heading: title, note: `${book} · CC BY 4.0`, ...more });

  const asSvg = async () => handOver(new Blob([drawn().text], { type: "image/svg+xml" }), `${name}.svg`);
  const asPng = async () => {
    const { canvas } = await painted(drawn(), SHARP);
    handOver(await new Promise((done) => canvas.toBlob(done, "image/png")), `${name}.png`);
  };

  let filming = false;
  const asGif = async () => {
    if (filming) { filming = false; return; }
    filming = true;
    const now = film.position();
    // Words of different length must not make the picture jump.
    const tall = Array.from({ length: film.length() + 1 }, (_, moment) => { film.go(moment); return pictured().getBoundingClientRect().height; });
    const pixels = async (position) => {
      // A turn for the page: otherwise nothing is painted, and nobody can press Stop.
      await new Promise((done) => setTimeout(done));
      film.go(position);
      const picture = drawn({ height: Math.max(...tall) });
      const { context } = await painted(picture, 1);
      return { ...picture, data: context.getImageData(0, 0, picture.width, picture.height).data };
    };
    const frames = framesOf({ length: film.length(), timing: film.timing });
    try {
      const bytes = await filmed(frames, pixels, (done, all) => { gif.textContent = `Stop (${done} of ${all} pictures)`; return filming && pictured().isConnected; });
      if (bytes) handOver(new Blob([bytes], { type: "image/gif" }), `${name}.gif`);
    } finally {
      filming = false;
      gif.textContent = "GIF of the whole run";
      film.go(now);
    }
  };

  const wrong = h("p", { class: "wrong", role: "alert" });
  const button = (words, act) => h("button", { type: "button", click: async () => {
    wrong.textContent = "";
    try { await act(); } catch (error) { wrong.textContent = `It can’t be saved: ${error.message}`; }
  } }, words);
  const gif = film ? button("GIF of the whole run", asGif) : null;
  return h("div", { class: "saving" }, button("SVG of this moment", asSvg), button("PNG of this moment", asPng), gif, wrong);
};

globalThis.vpneduSaving = makeSaving;
