// A plan of prefixes, checked: the twin of vpnedu/network/planning.py. The rules in words come with
// the data; here is only the arithmetic. Vectors and a differential test hold the two equal.

const bare = (text) => text.replace(/^[ \t\u00a0]+|[ \t\u00a0]+$/g, "");
const folded = (name) => name.replace(/[ _-]|\t|\u00a0/g, "").toLowerCase();
const WRITTEN = /^((?:0|[1-9]\d{0,2})(?:\.(?:0|[1-9]\d{0,2})){3})[ \t\u00a0]*\/[ \t\u00a0]*(\d\d?)$/;

const block = (first, length) => ({ first, length, last: first + 2 ** (32 - length) - 1 });

// The block that a text names, `exact` where no bit behind its length was set; undefined where it
// names none.
export const meant = (text) => {
  const [, address, length] = WRITTEN.exec(bare(text)) ?? [];
  const octets = address?.split(".");
  if (!octets || length > 32 || octets.some((octet) => octet > 255)) return undefined;
  const number = octets.reduce((sum, octet) => sum * 256 + Number(octet), 0);
  const first = number - (number % 2 ** (32 - length));
  return { ...block(first, Number(length)), exact: number === first };
};

const address = (number) => [24, 16, 8, 0].map((bits) => Math.floor(number / 2 ** bits) % 256).join(".");
export const told = ({ first, length }) => `${address(first)}/${length}`;

// What both hold, which is the longer one of them.
export const overlap = (one, two) => (one.first <= two.last && two.first <= one.last ? (one.length >= two.length ? one : two) : undefined);
const within = (net, wide) => wide.length <= net.length && overlap(net, wide);

export const nextFree = (space, taken, length) => {
  const size = 2 ** (32 - length);
  for (let { first } = space; length >= space.length && first <= space.last; ) {
    const free = block(first, length);
    const hit = taken.find((each) => overlap(free, each));
    if (!hit) return free;
    first = Math.max(first + size, Math.ceil((hit.last + 1) / size) * size);
  }
  return undefined;
};

const PRIVATE = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].map(meant);
const SHARED = meant("100.64.0.0/10");
const WEIGHTS = ["error", "warning", "note"];

// All that is wrong with rows of {kind, name, prefix}, the gravest first, as {rule, at, values}, and
// as `nets` what each row names.
export const check = (rows, { rules, pairs, kinds }, { gateway, longest, subnet, kept, refused }) => {
  const nets = rows.map((row) => meant(row.prefix));
  const known = nets.map((net) => (net?.length ? net : undefined));
  const spaces = known.filter((net, at) => net && rows[at].kind === "space");
  const like = (at) => rows[at].kind === "subnet" && folded(rows[at].name) === folded(gateway);
  const called = (at) => bare(rows[at].name) === gateway;
  const free = (but) => {
    const taken = known.filter((net, at) => net && at !== but && rows[at].kind !== "space");
    const found = spaces.map((space) => nextFree(space, taken, longest)).find(Boolean);
    return found && told(found);
  };
  const findings = [];
  const add = (rule, at, values, both) => {
    const [a, b] = at.map((row) => {
      const prefix = known[row] ? told(known[row]) : bare(rows[row].prefix);
      const name = bare(rows[row].name);
      return name ? `${name} (${prefix})` : prefix;
    });
    const ends = both && { overlap: told(both), first: address(both.first), last: address(both.last) };
    const [winner, loser] = known[at[1]]?.length === both?.length ? [b, a] : [a, b];
    findings.push({ rule, at, values: { a, b, winner, loser, gateway, limit: longest, ...ends, ...values } });
  };

  rows.forEach(({ kind, prefix }, at) => {
    const net = nets[at];
    if (!bare(prefix)) return;
    if (!net) return add(prefix.includes(":") ? "v6" : "unreadable", [at]);
    if (!net.length) return add("everything", [at]);
    if (!net.exact) add("host-bits", [at], { meant: told(net), typed: bare(prefix) });
    const held = refused.map(([range, what]) => [overlap(net, meant(range)), what]).filter(([both]) => both);
    held.forEach(([both, what]) => add("refused", [at], { what }, both));
    if (kind === "subnet") {
      if (!spaces.some((space) => within(net, space))) add("outside", [at]);
      if (called(at)) {
        if (net.length > longest) add("gateway-small", [at], { free: free(at) ?? "in an address space with more room" });
      } else if (like(at)) add("gateway-name", [at]);
      else if (net.length > subnet) add("subnet-small", [at], { limit: subnet, kept });
    } else if (held.length === 0) {
      if (overlap(net, SHARED)) add("shared", [at]);
      else if (!PRIVATE.some((wide) => within(net, wide))) add("public", [at]);
    }
  });

  const order = Object.keys(kinds);
  known.forEach((_, one) => known.forEach((net, two) => {
    if (two <= one || !known[one] || !net) return;
    const [a, b] = [one, two].sort((x, y) => order.indexOf(rows[x].kind) - order.indexOf(rows[y].kind));
    const both = overlap(known[a], known[b]);
    const broken = both && pairs[`${rows[a].kind} ${rows[b].kind}`];
    if (!broken) return;
    const rule = broken[known[a].length === known[b].length ? 0 : both === known[b] ? 1 : 2];
    add(rule === "subnets-overlap" && (called(a) || called(b)) ? "gateway-shared" : rule, [a, b], {}, both);
  }));

  if (!spaces.length) add("no-space", []);
  else if (!rows.some((_, at) => like(at))) add(free() ? "no-gateway" : "no-room", [], { free: free() });
  const rank = ({ rule }) => WEIGHTS.indexOf(rules[rule][0]);
  return { nets, findings: findings.sort((one, other) => rank(one) - rank(other)) };
};

// What is drawn on one scale: all networks of one /8, then each space with its subnets, as
// {axis, bars}; a bar is the place of its row, and an axis the smallest block that holds its bars.
export const scales = (rows, nets) => {
  const here = rows.map((_, at) => at).filter((at) => nets[at]?.length);
  const homes = here.filter((at) => rows[at].kind === "space");
  const inside = (home) => here.filter((at) => rows[at].kind === "subnet" && within(nets[at], nets[home]));
  const cut = homes.map((home) => ({ axis: nets[home], bars: inside(home) }));
  const groups = new Map();
  for (const at of here.filter((each) => !cut.some(({ bars }) => bars.includes(each)))) {
    const home = Math.floor(nets[at].first / 2 ** 24);
    const group = groups.get(home) ?? { axis: nets[at], bars: [] };
    groups.set(home, group);
    group.bars.push(at);
    while (!within(nets[at], group.axis)) {
      const length = group.axis.length - 1;
      group.axis = block(group.axis.first - (group.axis.first % 2 ** (32 - length)), length);
    }
  }
  return [...groups.values(), ...cut.filter(({ bars }) => bars.length)];
};

// Says, why and how to mend it, with the finding's values in them.
export const words = ({ rule, values }, rules) => rules[rule].slice(1).map((text) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]));
