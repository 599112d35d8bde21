/** The tables of ITU-T G.722 (09/2012), by their names there. */

/** Of both filters (table 11), each half mirrored by the other. */
export const qmf = Int32Array.of(3, -11, 12, 32, -210, 951, 3876, -805, 362, -156, 53, -11)

/** Decision levels of the lower band, for 6 bits. */
export const q6 = numbersIn(`
  0 35 72 110 150 190 233 276 323 370 422 473 530 587 650 714
  786 858 940 1023 1121 1219 1339 1458 1612 1765 1980 2195 2557 2919 0 0
`)

/** Codes of the lower band by decision level, below and above zero. */
export const iln = numbersIn(`
  0 63 62 31 30 29 28 27 26 25 24 23 22 21 20 19
  18 17 16 15 14 13 12 11 10 9 8 7 6 5 4 0
`)
export const ilp = numbersIn(`
  0 61 60 59 58 57 56 55 54 53 52 51 50 49 48 47
  46 45 44 43 42 41 40 39 38 37 36 35 34 33 32 0
`)

/** How a code of the lower band changes its logarithmic scale factor. */
export const wl = Int32Array.of(-60, -30, 58, 172, 334, 538, 1198, 3042)
export const rl42 = Int32Array.of(0, 7, 6, 5, 4, 3, 2, 1, 7, 6, 5, 4, 3, 2, 1, 0)

/** Powers of two in steps of 1/32. */
export const ilb = numbersIn(`
  2048 2093 2139 2186 2233 2282 2332 2383 2435 2489 2543 2599 2656 2714 2774 2834
  2896 2960 3025 3091 3158 3228 3298 3371 3444 3520 3597 3676 3756 3838 3922 4008
`)

/** Output levels of the quantizers: of the lower band with 4 and 6 bits, of the higher band with 2. */
export const qm4 = numbersIn(`
  0 -20456 -12896 -8968 -6288 -4240 -2584 -1200 20456 12896 8968 6288 4240 2584 1200 0
`)
export const qm6 = numbersIn(`
  -136 -136 -136 -136 -24808 -21904 -19008 -16704 -14984 -13512 -12280 -11192 -10232 -9360 -8576 -7856
  -7192 -6576 -6000 -5456 -4944 -4464 -4008 -3576 -3168 -2776 -2400 -2032 -1688 -1360 -1040 -728
  24808 21904 19008 16704 14984 13512 12280 11192 10232 9360 8576 7856 7192 6576 6000 5456
  4944 4464 4008 3576 3168 2776 2400 2032 1688 1360 1040 728 432 136 -432 -136
`)
export const qm2 = Int32Array.of(-7408, -1616, 7408, 1616)

/** Codes of the higher band, below and above zero, and how they change its scale factor. */
export const ihn = Int32Array.of(0, 1, 0)
export const ihp = Int32Array.of(0, 3, 2)
export const wh = Int32Array.of(0, -214, 798)
export const rh2 = Int32Array.of(2, 1, 2, 1)

function numbersIn(text: string): Int32Array {
  return Int32Array.from(text.trim().split(/\s+/), Number)
}
