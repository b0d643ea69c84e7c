// The anti-replay window (RFC 4303, 3.4.3): the twin of vpnedu/network/replay.py and of `receive` in
// vpnedu/widgets/windows.py, held equal by tests. `seen` has 64 bits, hence a BigInt.

export const fresh = (size) => ({ size, highest: 0, seen: 0n });

export const wasSeen = ({ highest, seen }, number) => ((seen >> BigInt(highest - number)) & 1n) === 1n;

// Why `number` is refused, in words; null if it may pass.
export const check = (window, number) => {
  const { size, highest } = window;
  if (number === 0) return "sequence number 0 is never sent";
  if (number > highest) return null;
  if (highest - number >= size) return `${number} is too old: the window holds ${highest - size + 1} and up`;
  return wasSeen(window, number) ? `${number} was received before` : null;
};

// The window after the packet with `number` proved genuine.
export const commit = ({ size, highest, seen }, number) => {
  const ahead = number - highest;
  if (ahead <= 0) return { size, highest, seen: seen | (1n << BigInt(-ahead)) };
  const kept = ahead < size ? seen << BigInt(ahead) : 0n;
  return { size, highest: number, seen: (kept & ((1n << BigInt(size)) - 1n)) | 1n };
};

// The window after a packet has come, and what became of it.
export const receive = (window, number, genuine) => {
  const reason = check(window, number);
  if (reason) return [window, `refused: ${reason}`];
  if (!genuine) return [window, `dropped: ${number} has a wrong ICV, and the window did not move`];
  const after = commit(window, number);
  if (number < window.highest) return [after, `accepted: ${number} is late, but in time`];
  const forgot = window.highest && number - window.highest >= window.size;
  return [after, `accepted: the window now ends at ${number}${forgot ? "; all marks before it are forgotten" : ""}`];
};

// Packets `first` to `last` arrive one after another: the window after them, and a line of the log.
export const arrive = (window, [first, last, genuine]) => {
  const answers = [];
  let after = window;
  for (let number = first; number <= last; number += 1) {
    const [next, answer] = receive(after, number, genuine);
    answers.push(answer);
    after = next;
  }
  const forged = genuine ? "" : ", forged";
  if (answers.length === 1) return [after, `${first}${forged}: ${answers[0]}`];
  const passed = answers.filter((answer) => answer.startsWith("accepted")).length;
  return [after, `${first} to ${last}${forged}: ${passed} of ${answers.length} accepted`];
};

// Numbers as people list them: "95 to 97, 100".
export const listed = (numbers) => {
  const runs = numbers.reduce((made, number) => {
    const last = made.at(-1);
    if (last && last[1] === number - 1) last[1] = number;
    else made.push([number, number]);
    return made;
  }, []);
  return runs.map(([first, last]) => (first === last ? `${first}` : `${first} to ${last}`)).join(", ");
};
