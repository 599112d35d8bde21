/** How long the agent thinks before each frame: 1 to 15 ms, varied, but the same for the same seed. */
export function thinkingTimes(seed) {
  let state = 0
  for (const character of seed) state = (Math.imul(state, 31) + character.codePointAt(0)) >>> 0
  return () => {
    // A linear congruential generator with the constants of Numerical Recipes. Only its high bits are random enough.
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return 1 + ((state >>> 16) % 15)
  }
}
