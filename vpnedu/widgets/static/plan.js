// Plan a network: a table of prefixes to type into; what they come to is drawn to scale and checked.
import { defineInstrument } from "./instrument.js";
import { h, say, svg, unseen } from "./kit.js";
import { check, overlap, scales, told, words } from "./planning.js";

const SIGNS = { error: "✕", warning: "!", note: "·", fine: "✓" };
const signed = (state) => [h("span", { "aria-hidden": "true" }, SIGNS[state]), unseen(`${state}: `)];
const counted = (count, word) => `${count.toLocaleString("en")} ${word}${count === 1 ? "" : word.endsWith("s") ? "es" : "s"}`;

const make = (data, element) => {
  const { examples, kinds, rules, limits } = data;
  const frame = element.querySelector("template").content.firstElementChild.cloneNode(true);
  const [, list, more, sum, , bars, found] = frame.children;
  const [start, gateway] = frame.querySelectorAll(".tools select");
  const blank = list.firstElementChild;
  let rows = [];
  let made = 0;

  const bar = (read, nets, at, { axis, bars: drawn }) => {
    const { kind, name } = read[at];
    const size = 2 ** (32 - nets[at].length);
    const part = (type, { first, length }) => {
      const percent = (number) => `${(number / 2 ** (32 - axis.length)) * 100}%`;
      return svg("rect", { class: type, x: percent(first - axis.first), width: percent(2 ** (32 - length)), height: "100%" });
    };
    const both = drawn.filter((other) => other !== at).map((other) => overlap(nets[at], nets[other])).filter(Boolean);
    return h("li", {}, h("b", {}, name || kinds[kind]), " ", h("code", {}, told(nets[at])), ` ${kinds[kind]}, ${counted(size, "address")}`,
      kind === "subnet" ? `, ${Math.max(0, size - limits.kept).toLocaleString("en")} to use` : "",
      both.length ? h("strong", {}, ` ✕ overlaps ${both.map(told).join(", ")}`) : "",
      svg("svg", { "aria-hidden": "true" }, part("axis", axis), part(name === limits.gateway ? "gateway" : kind, nets[at]), ...both.map((each) => part("both", each))));
  };

  const draw = () => {
    const read = rows.map(([line]) => {
      const [kind, name, prefix] = [...line.children].map((field) => field.value);
      return { kind, name, prefix };
    });
    const { nets, findings } = check(read, data, { ...limits, longest: Number(gateway.value) });
    const grave = (at) => findings.find((each) => each.at.includes(at) && rules[each.rule][0] !== "note");
    rows.forEach(([line], at) => {
      const [, , typed, sign, , wrong] = line.children;
      const own = findings.find((each) => each.at[0] === at && ["unreadable", "host-bits"].includes(each.rule));
      const state = grave(at) ? rules[grave(at).rule][0] : "fine";
      sign.replaceChildren(...signed(state));
      sign.className = `sign ${state}`;
      say(wrong, own ? words(own, rules).filter((_, part) => part !== 1).join(" ") : "");
      typed.setAttribute("aria-invalid", Boolean(own));
    });
    const [errors, warnings] = ["error", "warning"].map((weight) => findings.filter(({ rule }) => rules[rule][0] === weight).length);
    say(sum, errors + warnings ? `${counted(errors, "error")}, ${counted(warnings, "warning")}` : "✓ Nothing to mend");
    found.replaceChildren(...findings.map((each) => {
      const [says, why, mend] = words(each, rules);
      return h("li", { class: rules[each.rule][0] }, ...signed(rules[each.rule][0]), h("b", {}, says), ` ${why} `, h("em", {}, mend));
    }));
    bars.replaceChildren(...scales(read, nets).flatMap((scale) => [
      h("p", {}, "On the scale of ", h("code", {}, told(scale.axis))),
      h("ul", {}, ...scale.bars.map((at) => bar(read, nets, at, scale))),
    ]));
  };

  const add = (values) => {
    const line = blank.cloneNode(true);
    values.forEach((value, at) => { line.children[at].value = value; });
    const row = [line];
    const [, , typed, , remove, wrong] = line.children;
    wrong.id = `${element.id}-row-${made += 1}`;
    typed.setAttribute("aria-describedby", wrong.id);
    remove.addEventListener("click", () => {
      const at = rows.indexOf(row);
      rows = rows.filter((each) => each !== row);
      line.remove();
      draw();
      ((rows[at] ?? rows.at(-1))?.[0].children[4] ?? more).focus();
    });
    rows.push(row);
    list.append(line);
    return line;
  };

  const begin = () => {
    const { rows: given, gateway: at } = examples[start.selectedIndex];
    rows = [];
    list.replaceChildren();
    given.forEach(add);
    gateway.selectedIndex = at;
    draw();
  };
  more.addEventListener("click", () => { add(["subnet", "", ""]).children[1].focus(); draw(); });
  frame.addEventListener("input", (event) => (event.target === start ? begin() : draw()));
  begin();
  return [frame];
};

defineInstrument("plan", make);
