// Prints measurements.

/** @param {string} text */
export function title(text) {
  console.log(`\n${text}`)
}

/** @param {string} what @param {string} value @param {string} [bar] */
export function row(what, value, bar = '') {
  console.log(`  ${what.padEnd(36)} ${value.padEnd(40)} ${bar && `wanted ${bar}`}`.trimEnd())
}

/** @param {number[]} values */
export function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN
}
