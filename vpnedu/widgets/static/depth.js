// How deep what comes from anybody may be nested. A browser cannot send much deeper data to its worker,
// nor Python read it; what a document holds lies at most ten levels below a request.

const MOST = 16;

export const isShallow = (value) => {
  let level = [value];
  for (let depth = 0; depth <= MOST; depth += 1) {
    level = level.flatMap((each) => (typeof each === "object" && each !== null ? Object.values(each) : []));
    if (!level.length) return true;
  }
  return false;
};
