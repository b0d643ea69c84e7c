// What a tunnel adds, to the byte: the twin of vpnedu/network/encapsulation.py and of `fate` in
// vpnedu/widgets/fitting.py, held equal by tests.

const HEADER = { 4: 20, 6: 40 };
const LEAST_IPV6 = 1280;

// The packet on the wire around `inner` bytes, outermost first: name, length, whether sealed. A
// suite is its name, IV, block and ICV; `outside` is {suite, natT, version, mtu}.
export const parts = (inner, { suite: [, iv, block, icv], natT, version }) => [
  [`outer IPv${version} header`, HEADER[version], false],
  ...(natT ? [["UDP header", 8, false]] : []),
  ["ESP header", 8, false],
  ["IV", iv, false],
  ["inner packet", inner, true],
  ["padding", (block - ((inner + 2) % block)) % block, true],
  ["ESP trailer", 2, true],
  ["ICV", icv, false],
];

export const sealedLength = (inner, outside) => parts(inner, outside).reduce((sum, [, length]) => sum + length, 0);

// The largest inner packet that crosses in one piece.
export const largestInner = (outside) => {
  const around = parts(0, outside).reduce((sum, [, length, sealed]) => sum + (sealed ? 0 : length), 0);
  const block = outside.suite[2];
  return Math.floor((outside.mtu - around) / block) * block - 2;
};

export const fragments = (length, mtu, version) => {
  if (length <= mtu) return 1;
  const room = mtu - HEADER[version] - (version === 6 ? 8 : 0);
  return 1 + Math.ceil((length - HEADER[version] - room) / (room - (room % 8)));
};

export const tcpMss = (inner, version) => inner - HEADER[version] - 20;

// What becomes of a packet: "fits", "cut" or "dropped", and why in words.
export const fate = (outside, inner, kind) => {
  const { mtu, version } = outside;
  const grown = sealedLength(inner, outside);
  if (grown <= mtu) return ["fits", `It fits: sealed it has ${grown} bytes, and the path takes ${mtu}.`];
  const room = largestInner(outside);
  const dropped = `Dropped. Sealed it would have ${grown} bytes, and the path takes ${mtu}.`;
  if (kind === "4df") return ["dropped", `${dropped} ICMP tells the sender: fragmentation needed, mtu = ${room}.`];
  if (kind === "6" && inner > LEAST_IPV6) return ["dropped", `${dropped} ICMPv6 tells the sender: Packet Too Big, mtu = ${Math.max(room, LEAST_IPV6)}.`];
  const least = kind === "6" ? ` A tunnel has to carry IPv6 packets of ${LEAST_IPV6} bytes (RFC 8200, 5).` : "";
  return ["cut", `Cut. Sealed it has ${grown} bytes, and the path takes ${mtu}: it leaves in ${fragments(grown, mtu, version)} fragments, which the far gateway puts together before it opens the packet.${least}`];
};
