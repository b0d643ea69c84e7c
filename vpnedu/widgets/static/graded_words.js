// What a form says of times, numbers and files.

export const many = (count, one) => `${count} ${one}${count === 1 ? "" : "s"}`;

const FORMAT = { weekday: "long", day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZoneName: "longOffset" };

// A moment such as 2026-12-01T22:59:00Z on the clocks of `zone`, with its distance from UTC.
export const localTime = (moment, zone) => {
  const parts = new Intl.DateTimeFormat("en-GB", { ...FORMAT, timeZone: zone || "UTC" }).formatToParts(new Date(moment));
  const { weekday, day, month, year, hour, minute, timeZoneName } = Object.fromEntries(parts.map(({ type, value }) => [type, value]));
  const offset = timeZoneName.replace(/^GMT$/, "GMT+00:00").replace("GMT", "UTC");
  // Midnight belongs to the day that begins, which is not how everybody reads it.
  const midnight = `${hour}${minute}` === "0000" ? ", as that day begins" : "";
  return `${weekday} ${day} ${month} ${year}, ${hour}:${minute}${midnight} (${offset}${zone ? `, ${zone}` : ""})`;
};

// The first part of the names of files; some systems refuse other signs.
export const fileName = ({ quiz, learner, attempt }) => [quiz, learner, attempt].map((part) => String(part).replace(/[^A-Za-z0-9._@+-]+/g, "-")).join(".");
