// edwards25519 by its definition in RFC 8032, section 5.1, slow and plain, to compute what tenancy/edwardsPoint.ts lists.

/** The prime of the field. */
export const p = 2n ** 255n - 19n;

/** The prime order of the subgroup; the curve has 8 times as many points. */
const subgroupOrder = 2n ** 252n + 27742317777372353535851937790883648493n;

type Point = readonly [x: bigint, y: bigint];

const neutral: Point = [0n, 1n];

/** A y with the sign bit of its x as an ed25519 key holds it. */
export function encoded(y: bigint, sign: number): Buffer {
  const bytes = Buffer.from((y | (BigInt(sign) << 255n)).toString(16).padStart(64, "0"), "hex");
  return bytes.reverse();
}

/** Each way to write a point whose order divides 8: with either sign, also for x = 0, and with y + p where that fits. */
export function smallOrderEncodings(): Buffer[] {
  const ys = new Set<bigint>();
  for (let y = 2n; ys.size < 5; y += 1n) {
    const point = pointAt(y);
    const small = point && multiplied(point, subgroupOrder);
    for (let k = 0n; small !== undefined && k < 8n; k += 1n) {
      ys.add(multiplied(small, k)[1]);
    }
  }
  return [...ys]
    .flatMap((y) => [y, y + p])
    .filter((y) => y < 2n ** 255n)
    .flatMap((y) => [encoded(y, 0), encoded(y, 1)]);
}

/** One of the two points with that y, if there are any. */
function pointAt(y: bigint): Point | undefined {
  const square = modulo((y * y - 1n) * inverse(d * y * y + 1n));
  const root = power(square, (p + 3n) / 8n);
  return [root, modulo(root * power(2n, (p - 1n) / 4n))]
    .filter((x) => modulo(x * x) === square)
    .map((x): Point => [x, y])[0];
}

function multiplied(point: Point, factor: bigint): Point {
  let sum = neutral;
  for (const bit of factor.toString(2)) {
    sum = added(sum, sum);
    sum = bit === "1" ? added(sum, point) : sum;
  }
  return sum;
}

function added([x1, y1]: Point, [x2, y2]: Point): Point {
  const product = modulo(d * x1 * x2 * y1 * y2);
  return [modulo((x1 * y2 + x2 * y1) * inverse(1n + product)), modulo((y1 * y2 + x1 * x2) * inverse(1n - product))];
}

function modulo(number: bigint): bigint {
  return ((number % p) + p) % p;
}

function inverse(number: bigint): bigint {
  return power(number, p - 2n);
}

function power(base: bigint, exponent: bigint): bigint {
  let product = 1n;
  for (const bit of exponent.toString(2)) {
    product = modulo(product * product);
    product = bit === "1" ? modulo(product * base) : product;
  }
  return product;
}

const d = modulo(-121665n * inverse(121666n));
